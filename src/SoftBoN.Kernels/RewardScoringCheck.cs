using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

/// <summary>Looks at all arguments of a linear reward head before any work.</summary>
internal static class RewardScoringCheck
{
    /// <summary>Throws where something does not fit.</summary>
    /// <returns>The number of rows of the batch.</returns>
    public static long Run(
        TokenMatrix hidden, RewardHead head, RewardScoringOptions options, RewardScoringOutputs outputs)
    {
        if (!hidden.IsGiven || !head.Weights.IsGiven)
        {
            Throw.Argument(
                "There are no hidden values or no weights; pass TokenMatrix.Of(values, rows, columns) for both.",
                hidden.IsGiven ? nameof(head.Weights) : nameof(hidden));
        }

        IfColumnsDiffer(hidden, head.Weights.Columns);
        CheckHead(head);
        TokenTiltCheck.CheckMap(options.RowMap, hidden.Rows, nameof(options.RowMap), "hidden values");
        long rows = options.RowMap.IsEmpty ? hidden.Rows : options.RowMap.Length;
        CheckMixture(head.Weights.Rows, options.Mixture);
        CheckGating(head.Weights.Rows, options.Gating, rows);
        CheckShares(head.Weights.Rows, options, rows, !outputs.Reward.IsEmpty);
        Throw.IfTooShort<float>(outputs.Scores, rows * head.Weights.Rows, nameof(outputs.Scores));
        Throw.IfTooShort<float>(outputs.Reward, rows, nameof(outputs.Reward));
        Throw.IfTooShort<RowStatus>(outputs.Status, rows, nameof(outputs.Status));
        return rows;
    }

    /// <summary>Throws where there is no calibration.</summary>
    public static void IfNotGiven(RewardCalibration calibration)
    {
        if (calibration.Kind == RewardCalibrationKind.NotGiven)
        {
            Throw.Argument("There is no calibration; pass one such as RewardCalibration.ZScore.", nameof(calibration));
        }
    }

    /// <summary>Throws where a price is not finite.</summary>
    public static void IfNotFinite(float price, string name)
    {
        if (!float.IsFinite(price))
        {
            Throw.OutOfRange(name, price, "Must be finite.");
        }
    }

    /// <summary>Throws where a value is not finite.</summary>
    public static void IfNotFinite(ReadOnlySpan<float> values, string name)
    {
        int at = values.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        if (at >= 0)
        {
            Throw.Argument($"{name}[{at}] is {values[at]}; pass finite values.", name);
        }
    }

    /// <summary>Throws where a weight is not finite.</summary>
    public static unsafe void IfNotFinite(in RewardScoringArgs args)
    {
        for (int head = 0; head < args.Heads; head++)
        {
            TokenValues weights = args.Weights[head];
            if (weights.Element == TokenElement.Float32
                && !new ReadOnlySpan<float>(weights.Start, args.Dimension)
                    .ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
            {
                continue;
            }

            for (int i = 0; i < args.Dimension; i++)
            {
                if (!float.IsFinite(weights[i]))
                {
                    Throw.Argument(
                        $"Weights[{head}, {i}] is {weights[i]}; pass finite weights.", nameof(RewardHead.Weights));
                }
            }
        }
    }

    /// <summary>Throws where hidden values do not fit the weights.</summary>
    public static void IfColumnsDiffer(TokenMatrix hidden, int dimension)
    {
        if (hidden.Columns != dimension || dimension == 0)
        {
            Throw.Argument(
                $"The weights have {dimension} columns and the hidden values {hidden.Columns}; pass as many, at least 1.",
                nameof(RewardHead.Weights));
        }
    }

    /// <summary>Throws where there is no head, or its bias does not fit.</summary>
    public static void CheckHead(RewardHead head)
    {
        if (head.Weights.Rows is < 1 or > TokenSegments.MostTokens)
        {
            Throw.Argument(
                $"There are {head.Weights.Rows} heads; pass 1 to {TokenSegments.MostTokens}.", nameof(head.Weights));
        }

        if (!head.Bias.IsEmpty && head.Bias.Length != head.Weights.Rows)
        {
            Throw.Argument(
                $"The bias has {head.Bias.Length} values and there are {head.Weights.Rows} heads; pass one per head.",
                nameof(head.Bias));
        }

        IfNotFinite(head.Bias, nameof(head.Bias));
    }

    /// <summary>Throws where shares of heads do not fit them; there may be none.</summary>
    public static void CheckMixture(int heads, ReadOnlySpan<float> mixture)
    {
        if (!mixture.IsEmpty && mixture.Length != heads)
        {
            Throw.Argument(
                $"The mixture has {mixture.Length} shares and there are {heads} heads; pass one per head.",
                nameof(RewardScoringOptions.Mixture));
        }

        IfNotFinite(mixture, nameof(RewardScoringOptions.Mixture));
    }

    /// <summary>Throws where the shares of rows do not fit them; there may be none.</summary>
    public static void CheckGating(int heads, ReadOnlySpan<float> gating, long rows)
    {
        if (!gating.IsEmpty && gating.Length != rows * heads)
        {
            Throw.Argument(
                $"Gating has {gating.Length} shares, and {rows} rows of {heads} heads need {rows * heads}; pass one per row "
                + "and head.",
                nameof(RewardScoringOptions.Gating));
        }
    }

    private static void CheckShares(int heads, RewardScoringOptions options, long rows, bool wantsReward)
    {
        if (!options.Mixture.IsEmpty && !options.Gating.IsEmpty)
        {
            Throw.Argument("There are a mixture and gating; pass one of them.", nameof(options.Gating));
        }

        if (wantsReward && heads > 1 && options.Mixture.IsEmpty && options.Gating.IsEmpty && rows > 0)
        {
            Throw.Argument(
                $"A reward of {heads} heads needs their shares; pass Mixture or Gating, or ask for Scores alone.",
                nameof(options.Mixture));
        }
    }
}
