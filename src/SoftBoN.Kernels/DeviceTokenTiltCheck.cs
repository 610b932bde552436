using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

/// <summary>
/// Looks at all arguments of a token tilt in device memory that the host can look at: what <see cref="TokenTiltCheck"/> says of
/// options whose values for rows are the device's.
/// </summary>
internal static class DeviceTokenTiltCheck
{
    /// <summary>Throws where something does not fit.</summary>
    /// <returns>The number of rows of the batch.</returns>
    public static int Run(DeviceTokenMatrix logits, DeviceTokenTiltOptions options, DeviceTokenTiltOutputs outputs)
    {
        if (!logits.IsGiven)
        {
            Throw.Argument("There are no logits; pass DeviceTokenMatrix.Of(values, rows, columns).", nameof(logits));
        }

        long rows = options.RowMap.IsEmpty ? logits.Rows : options.RowMap.Length;
        if (rows > int.MaxValue || (rows > 0 && logits.Rows == 0))
        {
            Throw.Argument(
                $"RowMap has {rows} rows and the logits {logits.Rows}; pass at most {int.MaxValue}, and logits for them.",
                nameof(options.RowMap));
        }

        if (!options.Mask.Words.IsEmpty)
        {
            TokenTiltCheck.CheckMask(logits.Rows, logits.Columns, options.Mask.Words.Length, options.Mask.RowStride);
        }

        CheckRewards(logits, options, rows);
        TokenTiltCheck.CheckScalars(ScalarsOf(options), WantsDraws(outputs));
        CheckTokens(outputs.TiltedLogits, logits, rows, nameof(outputs.TiltedLogits));
        CheckTokens(outputs.Probabilities, logits, rows, nameof(outputs.Probabilities));
        return (int)rows;
    }

    private static void CheckRewards(DeviceTokenMatrix logits, DeviceTokenTiltOptions options, long rows)
    {
        bool isDense = options.Rewards.IsGiven;
        bool isSparse = !options.SparseRewards.Offsets.IsEmpty;
        TokenTiltCheck.CheckRewardKinds(isSparse, isDense ? options.Rewards.Columns : null, logits.Columns);
        bool fits = options.RewardMap.IsEmpty
            ? !isDense || options.Rewards.Rows == rows
            : isDense && options.RewardMap.Length >= rows && (options.Rewards.Rows > 0 || rows == 0);
        if (!fits)
        {
            Throw.Argument(
                $"The rewards have {options.Rewards.Rows} rows, RewardMap {options.RewardMap.Length} and the batch {rows}; pass "
                + "as many rewards as rows, or a RewardMap of as many rows.",
                nameof(options.Rewards));
        }

        if (isSparse && options.SparseRewards.Offsets.Length < logits.Rows + 1L)
        {
            Throw.Argument(
                $"The sparse rewards have {options.SparseRewards.Offsets.Length} offsets and the logits {logits.Rows} "
                + "rows; pass one more than rows.",
                nameof(options.SparseRewards));
        }

        if (!isDense && !isSparse)
        {
            return;
        }

        if (options.Lambda.Kind == LambdaKind.NotGiven || options.Lambda.Values.Values.Buffer == null)
        {
            Throw.IfInvalid(options.Lambda.Scalar, rows);
        }

        TokenTiltCheck.CheckLambdaKind(options.Lambda.Kind);
    }

    /// <summary>The same options where values for rows are left out.</summary>
    private static TokenTiltOptions ScalarsOf(DeviceTokenTiltOptions options) => new()
    {
        Temperature = ScalarOf(options.Temperature, 1f),
        TopK = ScalarOf(options.TopK, 0),
        TopP = ScalarOf(options.TopP, 1f),
        MinP = ScalarOf(options.MinP, 0f),
        TopNSigma = ScalarOf(options.TopNSigma, float.PositiveInfinity),
        LeastLogit = ScalarOf(options.LeastLogit, float.NegativeInfinity),
        Mode = ScalarOf(options.Mode, TokenTiltMode.Tilt),
        Seed = options.Seed.IsGiven ? 0ul : default(PerRow<ulong>),
        Proposals = options.Proposals,
        Noise = options.Noise,
        Draws = options.Draws,
        Top = options.Top,
    };

    private static T ScalarOf<T>(DevicePerRow<T> values, T none)
        where T : unmanaged => values.IsGiven && values.Values.Buffer == null ? values.Scalar : none;

    private static bool WantsDraws(DeviceTokenTiltOutputs outputs) =>
        !outputs.Token.IsEmpty || !outputs.Rank.IsEmpty || !outputs.LogProbability.IsEmpty
        || !outputs.BaseLogProbability.IsEmpty || !outputs.ModelLogProbability.IsEmpty;

    private static void CheckTokens(DeviceTokenMatrix output, DeviceTokenMatrix logits, long rows, string name)
    {
        bool isTooNarrow = output.Rows > 1 && output.RowStride < output.Columns;
        if (output.IsGiven && (output.Rows < rows || output.Columns != logits.Columns || isTooNarrow))
        {
            Throw.Argument(
                $"{name} has {output.Rows} rows of {output.Columns} tokens, {output.RowStride} apart, and the batch {rows} rows "
                + $"of {logits.Columns}; pass memory of that shape, rows side by side, or none.",
                name);
        }
    }
}
