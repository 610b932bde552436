using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

public sealed unsafe partial class SoftBonEngine
{
    /// <summary>
    /// One reward from each row of rewards: a candidate's from those of its tokens or steps, or from those of an
    /// ensemble's members.
    /// </summary>
    /// <remarks>
    /// Order: sums and products in the one canonical order. NaN: an empty row, one with a NaN or +infinity, one whose
    /// result
    /// is beyond the largest float, get a status and NaN; a reward of -infinity excludes the row, whose result is
    /// -infinity.
    /// Reproducibility: a row's results depend on its rewards and the pooling alone.
    /// Source of the formulas: RewardScoring.md.
    /// </remarks>
    /// <param name="rewards">The memory that <paramref name="rows"/> lays out.</param>
    /// <param name="rows">
    /// A row for each candidate, of at most 2^24 rewards. Members [M, candidates], one after the other, are
    /// <c>Rows.Strided(candidates, M, 1, candidates)</c>.
    /// </param>
    /// <param name="pooling">How a row becomes one reward.</param>
    /// <param name="outputs">The caller's memory for the results, one per row.</param>
    /// <param name="cancellationToken">Looked at between chunks of rows.</param>
    /// <exception cref="ArgumentException">An argument does not fit the others; the message says which and
    /// how.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    /// <exception cref="DeviceExecutionException">The device ran out of memory or failed.</exception>
    public void PoolRewards(
        ReadOnlySpan<float> rewards,
        Rows rows,
        RewardPooling pooling,
        RewardOutputs outputs,
        CancellationToken cancellationToken = default)
    {
        core.ThrowIfUnusable();
        using RowsBinding binding = RowsBinding.Of(rows, rewards.Length);
        Throw.IfTooShort<float>(outputs.Reward, binding.Count, nameof(outputs.Reward));
        Throw.IfTooShort<RowStatus>(outputs.Status, binding.Count, nameof(outputs.Status));
        int longest = LongestToPool(rows);
        float[] discounts = pooling.Discounts(longest);
        fixed (float* values = rewards, powers = discounts, reward = outputs.Reward)
        fixed (long* starts = rows.Starts, packedStarts = binding.PackedStarts)
        fixed (int* lengths = rows.Lengths)
        fixed (RowStatus* status = outputs.Status)
        {
            var args = new RewardPoolingArgs
            {
                Rows = Source(rows, in binding, values, starts, lengths, packedStarts),
                Kind = pooling.Kind,
                VarianceWeight = pooling.Parameter,
                Powers = powers,
                PowerCount = discounts.Length,
                Reward = reward,
                Status = status,
            };
            CallMemory memory = default;
            memory.Reads(values, binding.Extent, "the rewards");
            memory.Writes(reward, binding.Count, nameof(RewardOutputs.Reward));
            memory.Writes(status, binding.Count, nameof(RewardOutputs.Status));
            using Telemetry.Call call = Telemetry.Start(nameof(PoolRewards), Device.Backend, binding.Count);
            core.Run(in args, new CallSize(binding.Packed, binding.Packed), cancellationToken);
        }
    }

    /// <summary>The length of the longest row, all of which pooling takes.</summary>
    private static int LongestToPool(Rows rows)
    {
        int longest = LongestOf(rows);
        IfTooLongToPool(longest, nameof(rows));
        return longest;
    }

    internal static void IfTooLongToPool(int longest, string name)
    {
        if (longest > RewardPoolingOp.LongestRow)
        {
            Throw.Argument($"A row has {longest} rewards; the most is {RewardPoolingOp.LongestRow}.", name);
        }
    }

    internal static int LongestOf(Rows rows)
    {
        long longest = rows.Columns;
        for (int i = 0; i < rows.Count && rows.Layout != RowLayout.Strided; i++)
        {
            long length = rows.Layout == RowLayout.Ragged ? rows.Starts[i + 1] - rows.Starts[i] : rows.Lengths[i];
            longest = Math.Max(longest, length);
        }

        return (int)longest;
    }
}
