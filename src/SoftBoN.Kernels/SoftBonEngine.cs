using System.Numerics.Tensors;

namespace SoftBoN.Kernels;

/// <summary>
/// Runs soft best-of-n operations over batches of rows. The same inputs and seeds give the same bits on every backend, at
/// any batch size, in any row position, with any number of threads.
/// </summary>
/// <remarks>
/// Thread-safe: any number of threads may call one engine at once. A call allocates nothing once the engine has served
/// a call as large. The contents of outputs are unspecified after a call that threw.
/// </remarks>
public sealed partial class SoftBonEngine : IDisposable
{
    private SoftBonEngine(SoftBonDevice device, SoftBonOptions options)
    {
        Device = device;
        _ = options;
    }

    /// <summary>What this engine runs on, and why.</summary>
    public SoftBonDevice Device { get; }

    /// <summary>Makes an engine on the backend that the options name.</summary>
    /// <param name="options">Options; null means <see cref="SoftBonBackend.Auto"/> on all processors.</param>
    /// <returns>The engine; dispose it when done.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static SoftBonEngine Create(SoftBonOptions? options = null) => CreateHost(options);

    /// <summary>
    /// Makes an engine that runs on the processor alone and touches no code that is generated at run time, so that it can
    /// be trimmed and compiled ahead of time.
    /// </summary>
    /// <param name="options">Options; null means <see cref="SoftBonBackend.Auto"/> on all processors.</param>
    /// <returns>The engine; dispose it when done.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static SoftBonEngine CreateHost(SoftBonOptions? options = null) =>
        new(new SoftBonDevice(SoftBonBackend.Reference, "", ""), options ?? new SoftBonOptions());

    /// <summary>Soft weights and their diagnostics: p_i = exp(r_i / lambda) / sum_j exp(r_j / lambda).</summary>
    public void SoftWeights(
        ReadOnlySpan<float> rewards,
        Rows rows,
        Lambda lambda,
        SoftWeightsOutputs outputs,
        CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Soft weights over a tensor [rows, candidates] (or [candidates]).</summary>
    public void SoftWeights(
        ReadOnlyTensorSpan<float> rewards,
        Lambda lambda,
        TensorSpan<float> weights,
        SoftWeightsOutputs outputs,
        CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Picks candidates: argmax of reward / lambda + offset + noise.</summary>
    public void Select(
        ReadOnlySpan<float> rewards,
        Rows rows,
        SelectionOptions options,
        SelectionOutputs outputs,
        CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Picks candidates' indices.</summary>
    public void Select(
        ReadOnlySpan<float> rewards,
        Rows rows,
        SelectionOptions options,
        Span<int> index,
        CancellationToken cancellationToken = default) =>
        Select(rewards, rows, options, new SelectionOutputs { Index = index }, cancellationToken);

    /// <summary>Picks candidates from a tensor [rows, candidates] (or [candidates]).</summary>
    public void Select(
        ReadOnlyTensorSpan<float> rewards,
        SelectionOptions options,
        SelectionOutputs outputs,
        CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Weighted majority: the answer with the largest sum of soft weights.</summary>
    /// <remarks>Answers are packed, one per candidate: the answer's number, at least 0; a negative one abstains.</remarks>
    public void Majority(
        ReadOnlySpan<float> rewards,
        Rows rows,
        Lambda lambda,
        ReadOnlySpan<int> answers,
        MajorityOutputs outputs,
        CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Ends the engine; calls after it throw <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
    }
}
