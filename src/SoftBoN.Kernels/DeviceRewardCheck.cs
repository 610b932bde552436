using SoftBoN.Kernels.Ops;

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

    /// <summary>Throws where a queue cannot run a plan, or its arguments do not fit.</summary>
    public static void Run(RewardPlan plan, DeviceRewardPlanInputs inputs, DeviceRows prompts)
    {
        IfNotOnQueues(plan);
        if (!inputs.Hidden.IsGiven)
        {
            Throw.Argument(
                "The plan scores hidden values and there are none; pass DeviceTokenMatrix.Of(values, rows, columns).",
                nameof(inputs.Hidden));
        }

        if (inputs.Gating.IsEmpty == plan.Source.IsGated && prompts.Candidates > 0)
        {
            Throw.Argument(
                plan.Source.IsGated
                    ? "The plan mixes heads by gating and there is none; pass [candidates, heads]."
                    : "The plan does not use gating; leave it empty, or make the plan with FromGatedHead.",
                nameof(inputs.Gating));
        }

        bool isDense = prompts.Layout == RowLayout.Strided
            && (prompts.RowStride == prompts.LongestRow || prompts.Count < 2)
            && (prompts.ColumnStride == 1 || prompts.LongestRow < 2);
        if (!isDense && prompts.Layout != RowLayout.Ragged)
        {
            Throw.Argument(
                "The prompts' candidates have to follow each other; pass DeviceRows.Dense(prompts, candidates), or "
                + "DeviceRows.Ragged(offsets, longest, candidates).",
                nameof(prompts));
        }

        long candidates = inputs.RowMap.IsEmpty ? inputs.Hidden.Rows : inputs.RowMap.Length;
        if (candidates != prompts.Candidates)
        {
            Throw.Argument(
                $"The prompts have {prompts.Candidates} candidates and the inputs {candidates}; pass inputs for each candidate.",
                nameof(prompts));
        }
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

    /// <summary>Queues run what has kernels: heads, and nothing between them and the weights.</summary>
    private static void IfNotOnQueues(RewardPlan plan)
    {
        string? step = plan.Source.Kind switch
        {
            RewardSourceKind.Tokens => "FromTokens",
            RewardSourceKind.Given => "FromRewards",
            _ when plan.Steps.Length > 0 => plan.Steps[0].Kind.ToString(),
            _ when plan.Members > 1 => "FromHead with several heads and no mixture",
            _ => null,
        };
        if (step != null)
        {
            throw new NotSupportedException(
                $"A queue runs plans from a head, or heads with a mixture or gating, without steps; this one has {step}. Run it "
                + "with SoftBonEngine.Run on an engine with Backend = Simd, which returns the same bits, or mix the heads.");
        }
    }
}
