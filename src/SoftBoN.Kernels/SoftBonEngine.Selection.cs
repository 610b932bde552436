using System.Numerics.Tensors;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

public sealed unsafe partial class SoftBonEngine
{
    /// <summary>Picks candidates of each row: argmax of reward / lambda + offset + noise.</summary>
    /// <remarks>
    /// Order: log-probabilities sum in the one canonical order; among equal keys the lowest element wins. NaN: a row
    /// with
    /// a NaN or +infinity gets a status, index -1 and NaN outputs; -infinity excludes a candidate, which is never
    /// picked.
    /// Reproducibility: a row's results depend on its rewards, lambda, seed, position, offsets and elements alone.
    /// </remarks>
    /// <param name="rewards">The memory that <paramref name="rows"/> lays out.</param>
    /// <param name="rows">Where rows lie.</param>
    /// <param name="options">Temperature, seed and the rest.</param>
    /// <param name="outputs">The caller's memory for the results.</param>
    /// <param name="cancellationToken">Looked at between chunks of rows.</param>
    /// <exception cref="ArgumentException">An argument does not fit the others; the message says which and
    /// how.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    public void Select(
        ReadOnlySpan<float> rewards,
        Rows rows,
        SelectionOptions options,
        SelectionOutputs outputs,
        CancellationToken cancellationToken = default)
    {
        core.ThrowIfUnusable();
        using RowsBinding binding = RowsBinding.Of(rows, rewards.Length);
        Check(options, outputs, binding.Count, binding.Packed);
        fixed (float* values = rewards)
        fixed (long* starts = rows.Starts, packedStarts = binding.PackedStarts)
        fixed (int* lengths = rows.Lengths)
        {
            RowSource source = Source(rows, in binding, values, starts, lengths, packedStarts);
            CallMemory memory = default;
            Run(source, in binding, options, outputs, null, ref memory, cancellationToken);
        }
    }

    /// <summary>Picks the index of a candidate of each row; -1 where a row has none to pick.</summary>
    /// <param name="rewards">The memory that <paramref name="rows"/> lays out.</param>
    /// <param name="rows">Where rows lie.</param>
    /// <param name="options">Temperature, seed and the rest.</param>
    /// <param name="index">[rows, draws]: the picked candidates' places in their rows.</param>
    /// <param name="cancellationToken">Looked at between chunks of rows.</param>
    /// <exception cref="ArgumentException">An argument does not fit the others; the message says which and
    /// how.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    public void Select(
        ReadOnlySpan<float> rewards,
        Rows rows,
        SelectionOptions options,
        Span<int> index,
        CancellationToken cancellationToken = default) =>
        Select(rewards, rows, options, new SelectionOutputs { Index = index }, cancellationToken);

    /// <summary>Picks candidates of a tensor's rows, of any strides and with more than 2^31 elements.</summary>
    /// <param name="rewards">[rows, candidates], or [candidates] for one row.</param>
    /// <param name="options">Temperature, seed and the rest.</param>
    /// <param name="outputs">The caller's memory for the results.</param>
    /// <param name="cancellationToken">Looked at between chunks of rows.</param>
    /// <exception cref="ArgumentException">An argument does not fit the others; the message says which and
    /// how.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    public void Select(
        ReadOnlyTensorSpan<float> rewards,
        SelectionOptions options,
        SelectionOutputs outputs,
        CancellationToken cancellationToken = default)
    {
        core.ThrowIfUnusable();
        using RowsBinding binding = RowsBinding.Of(rewards);
        Check(options, outputs, binding.Count, binding.Packed);
        fixed (float* values = rewards)
        {
            RowSource source = Source(rewards, in binding, values);
            CallMemory memory = default;
            Run(source, in binding, options, outputs, null, ref memory, cancellationToken);
        }
    }

    private static void Check(SelectionOptions options, SelectionOutputs outputs, long rows, long packed)
    {
        Throw.IfInvalid(options.Lambda, rows);
        Throw.IfNotPerRow(options.Seed, rows, nameof(options.Seed));
        Throw.IfNotPerRow(options.Position, rows, nameof(options.Position));
        Throw.IfNotPacked(options.Offsets, packed, nameof(options.Offsets));
        Throw.IfNotPacked(options.Elements, packed, nameof(options.Elements));
        Throw.IfInvalid(options.Noise, options.Seed.IsGiven, options.Draws);
        long draws = rows * options.Draws;
        Throw.IfTooShort<int>(outputs.Index, draws, nameof(outputs.Index));
        Throw.IfTooShort<float>(outputs.Reward, draws, nameof(outputs.Reward));
        Throw.IfTooShort<float>(outputs.LogProbability, draws, nameof(outputs.LogProbability));
        Throw.IfTooShort<float>(outputs.Margin, draws, nameof(outputs.Margin));
        Throw.IfTooShort<float>(outputs.Lambda, rows, nameof(outputs.Lambda));
        Throw.IfTooShort<RowStatus>(outputs.Status, rows, nameof(outputs.Status));
    }

    /// <summary>Runs a selection, or the plan that ends with it.</summary>
    private void Run(
        RowSource source,
        in RowsBinding binding,
        SelectionOptions options,
        SelectionOutputs outputs,
        RewardPlanArgs* plan,
        ref CallMemory memory,
        CancellationToken cancellationToken)
    {
        fixed (float* lambdas = options.Lambda.Values.Values, offsets = options.Offsets)
        fixed (ulong* seeds = options.Seed.Values, positions = options.Position.Values)
        fixed (uint* elements = options.Elements)
        fixed (int* index = outputs.Index)
        fixed (float* reward = outputs.Reward, logProbability = outputs.LogProbability, margin = outputs.Margin)
        fixed (float* lambdaUsed = outputs.Lambda)
        fixed (RowStatus* status = outputs.Status)
        {
            var args = new SelectionArgs
            {
                Rows = source,
                Lambda = LambdaOf(options.Lambda, lambdas),
                Seed = new PerRowArg<ulong> { Values = seeds, Scalar = options.Seed.Scalar },
                Position = new PerRowArg<ulong> { Values = positions, Scalar = options.Position.Scalar },
                PositionIsRow = !options.Position.IsGiven,
                Noise = options.Noise,
                Draws = options.Draws,
                Distinct = options.Distinct,
                Offsets = offsets,
                Elements = elements,
                Index = index,
                Reward = reward,
                LogProbability = logProbability,
                Margin = margin,
                LambdaUsed = lambdaUsed,
                Status = status,
            };
            CheckMemory(in args, in binding, ref memory);
            if (plan != null)
            {
                plan->Selection = args;
                Run(plan, in binding, cancellationToken);
                return;
            }

            long work = binding.Packed * Math.Min(options.Draws, 1024) * WorkPerCandidate(options.Lambda);
            using Telemetry.Call call = Telemetry.Start(nameof(Select), Device.Backend, binding.Count);
            core.Run(in args, new CallSize(binding.Packed, work), cancellationToken);
        }
    }

    private static void CheckMemory(in SelectionArgs args, in RowsBinding binding, ref CallMemory memory)
    {
        long rows = binding.Count;
        long draws = rows * args.Draws;
        memory.Reads(args.Rows.Values, binding.Extent, "the rewards");
        memory.Reads(args.Lambda.Values.Values, rows, "the lambdas");
        memory.Reads(args.Seed.Values, rows, "the seeds");
        memory.Reads(args.Position.Values, rows, "the positions");
        memory.Reads(args.Offsets, binding.Packed, "the offsets");
        memory.Reads(args.Elements, binding.Packed, "the elements");
        memory.Writes(args.Index, draws, nameof(SelectionOutputs.Index));
        memory.Writes(args.Reward, draws, nameof(SelectionOutputs.Reward));
        memory.Writes(args.LogProbability, draws, nameof(SelectionOutputs.LogProbability));
        memory.Writes(args.Margin, draws, nameof(SelectionOutputs.Margin));
        memory.Writes(args.LambdaUsed, rows, nameof(SelectionOutputs.Lambda));
        memory.Writes(args.Status, rows, nameof(SelectionOutputs.Status));
    }
}
