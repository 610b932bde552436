namespace SoftBoN.Kernels;

/// <summary>Looks at all arguments of rewards in device memory that the host can look at.</summary>
internal static class DeviceRewardCheck
{
    /// <summary>Throws where the arguments of reward heads do not fit.</summary>
    /// <returns>The number of rows of the batch.</returns>
    public static int Run(
        DeviceTokenMatrix hidden,
        DeviceRewardHead head,
        DeviceRewardScoringOptions options,
        DeviceRewardScoringOutputs outputs)
    {
        if (!hidden.IsGiven || !head.Weights.IsGiven)
        {
            Throw.Argument(
                "There are no hidden values or no weights; pass DeviceTokenMatrix.Of(values, rows, columns) for both.",
                hidden.IsGiven ? nameof(head.Weights) : nameof(hidden));
        }

        if (hidden.Columns != head.Weights.Columns || hidden.Columns == 0 || head.Weights.Rows == 0)
        {
            Throw.Argument(
                $"The weights have {head.Weights.Rows} rows of {head.Weights.Columns} and the hidden values {hidden.Columns} "
                + "columns; pass a head or more, and as many columns, at least 1.",
                nameof(head.Weights));
        }

        long rows = options.RowMap.IsEmpty ? hidden.Rows : options.RowMap.Length;
        if (rows > int.MaxValue || (rows > 0 && hidden.Rows == 0))
        {
            Throw.Argument(
                $"RowMap has {rows} rows and the hidden values {hidden.Rows}; pass at most {int.MaxValue}, and hidden values for "
                + "them.",
                nameof(options.RowMap));
        }

        CheckShares(head.Weights.Rows, options, !outputs.Reward.IsEmpty && rows > 0);
        return (int)rows;
    }

    private static void CheckShares(int heads, DeviceRewardScoringOptions options, bool wantsReward)
    {
        if (!options.Mixture.IsEmpty && !options.Gating.IsEmpty)
        {
            Throw.Argument("There are a mixture and gating; pass one of them.", nameof(options.Gating));
        }

        if (wantsReward && heads > 1 && options.Mixture.IsEmpty && options.Gating.IsEmpty)
        {
            Throw.Argument(
                $"A reward of {heads} heads needs their shares; pass Mixture or Gating, or ask for Scores alone.",
                nameof(options.Mixture));
        }
    }
}
