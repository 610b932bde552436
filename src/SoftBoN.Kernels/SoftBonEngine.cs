namespace SoftBoN.Kernels;

/// <summary>
/// Runs soft best-of-n operations over batches of rows. The same inputs and seeds give the same bits on every backend, at
/// any batch size, in any row position, with any number of threads.
/// </summary>
/// <remarks>
/// Thread-safe: any number of threads may call one engine at once. A call allocates nothing once the engine has served one
/// as large. After a call that threw, the contents of its outputs are unspecified.
/// </remarks>
public sealed partial class SoftBonEngine : IDisposable
{
    private readonly WorkerTeam team;
    private readonly bool isReference;

    private SoftBonEngine(SoftBonDevice device, int degree)
    {
        Device = device;
        isReference = device.Backend == SoftBonBackend.Reference;
        team = new WorkerTeam(degree);
    }

    /// <summary>What this engine runs on, and why.</summary>
    public SoftBonDevice Device { get; }

    /// <summary>Makes an engine on the backend that the options name.</summary>
    /// <param name="options">Options; null means <see cref="SoftBonBackend.Auto"/> on all processors.</param>
    /// <returns>The engine; dispose it when done.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static SoftBonEngine Create(SoftBonOptions? options = null) => CreateHost(options);

    /// <summary>
    /// Makes an engine that runs on the processor alone and uses no code that is generated at run time, so that it can be
    /// trimmed and compiled ahead of time.
    /// </summary>
    /// <param name="options">Options; null means <see cref="SoftBonBackend.Auto"/> on all processors.</param>
    /// <returns>The engine; dispose it when done.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static SoftBonEngine CreateHost(SoftBonOptions? options = null)
    {
        options ??= new SoftBonOptions();
        int degree = options.MaxDegreeOfParallelism;
        if (degree is < -1 or 0)
        {
            Throw.OutOfRange(
                nameof(options.MaxDegreeOfParallelism), degree, "Must be at least 1, or -1 for all processors.");
        }

        return new SoftBonEngine(HostBackends.Choose(options.Backend), degree == -1 ? Environment.ProcessorCount : degree);
    }

    /// <summary>Ends the engine. Calls that are under way finish; later ones throw.</summary>
    public void Dispose() => team.Dispose();
}
