using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

public sealed unsafe partial class SoftBonEngine
{
    /// <summary>Maps the rewards of each row to a scale of the row's own, or to one of a reference.</summary>
    /// <remarks>
    /// Order: sums in the one canonical order; equal rewards map to equal values, larger ones never to smaller ones.
    /// NaN: a row that is empty, all excluded, or has a NaN or +infinity, gets a status and NaN; -infinity excludes a
    /// candidate and stays -infinity. Reproducibility: a row's results depend on its rewards and the calibration alone.
    /// Source of the formulas: RewardScoring.md.
    /// </remarks>
    /// <param name="rewards">The memory that <paramref name="rows"/> lays out.</param>
    /// <param name="rows">Where rows, one per prompt, lie.</param>
    /// <param name="calibration">What rewards are mapped to.</param>
    /// <param name="outputs">The caller's memory for the results: packed rewards, a status per row.</param>
    /// <param name="cancellationToken">Looked at between chunks of rows.</param>
    /// <exception cref="ArgumentException">An argument does not fit the others; the message says which and
    /// how.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    /// <exception cref="DeviceExecutionException">The device ran out of memory or failed.</exception>
    public void CalibrateRewards(
        ReadOnlySpan<float> rewards,
        Rows rows,
        RewardCalibration calibration,
        RewardOutputs outputs,
        CancellationToken cancellationToken = default)
    {
        core.ThrowIfUnusable();
        using RowsBinding binding = RowsBinding.Of(rows, rewards.Length);
        Throw.IfTooShort<float>(outputs.Reward, binding.Packed, nameof(outputs.Reward));
        Throw.IfTooShort<RowStatus>(outputs.Status, binding.Count, nameof(outputs.Status));
        RewardScoringCheck.IfNotGiven(calibration);
        if (calibration.Kind == RewardCalibrationKind.Quantile)
        {
            IfTooLongForQuantiles(LongestOf(rows), nameof(rows));
        }

        fixed (float* values = rewards, table = calibration.Table, reward = outputs.Reward)
        fixed (long* starts = rows.Starts, packedStarts = binding.PackedStarts)
        fixed (int* lengths = rows.Lengths)
        fixed (RowStatus* status = outputs.Status)
        {
            var args = new RewardCalibrationArgs
            {
                Rows = Source(rows, in binding, values, starts, lengths, packedStarts),
                Kind = calibration.Kind,
                Table = table,
                TableLength = calibration.Table.Length,
                Low = calibration.Low,
                High = calibration.High,
                Reward = reward,
                Status = status,
            };
            CallMemory memory = default;
            memory.Reads(values, binding.Extent, "the rewards");
            memory.Reads(table, args.TableLength, "the table");
            memory.Writes(reward, binding.Packed, nameof(RewardOutputs.Reward));
            memory.Writes(status, binding.Count, nameof(RewardOutputs.Status));
            using Telemetry.Call call = Telemetry.Start(nameof(CalibrateRewards), Device.Backend, binding.Count);
            core.Run(in args, new CallSize(binding.Packed, binding.Packed), cancellationToken);
        }
    }

    internal static void IfTooLongForQuantiles(int longest, string name)
    {
        if (longest > RewardCalibrationOp.LongestRow)
        {
            Throw.Argument(
                $"A row has {longest} candidates; the most for quantiles is {RewardCalibrationOp.LongestRow}.", name);
        }
    }
}
