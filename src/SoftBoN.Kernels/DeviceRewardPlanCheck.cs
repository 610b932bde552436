using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

/// <summary>Looks at what a plan in device memory is given, as far as the host can, before anything is queued.</summary>
internal static class DeviceRewardPlanCheck
{
    /// <summary>Throws where something does not fit the plan or the prompts.</summary>
    public static void Run(
        RewardPlan plan, DeviceRewardPlanInputs inputs, DeviceRows prompts, DeviceRewardPlanOutputs outputs)
    {
        RewardPlanCheck.IfNotOne(plan.Members, nameof(plan));
        CheckPrompts(prompts);
        RewardPlanCheck.CheckUnused(plan, new PlanUse
        {
            Hidden = inputs.Hidden.IsGiven,
            RowMap = !inputs.RowMap.IsEmpty,
            Gating = !inputs.Gating.IsEmpty,
            Rewards = !inputs.Rewards.IsEmpty,
            TokenRows = inputs.TokenRows.Count > 0,
            LogProbability = !inputs.LogProbability.IsEmpty,
            ReferenceLogProbability = !inputs.ReferenceLogProbability.IsEmpty,
            Length = !inputs.Length.IsEmpty,
            Scores = !outputs.Scores.IsEmpty,
        });
        CheckSource(plan.Source, inputs, prompts.Candidates);
        CheckPenalty(plan.UsesLogProbabilities, inputs.LogProbability, prompts, nameof(inputs.LogProbability));
        CheckPenalty(
            plan.UsesLogProbabilities, inputs.ReferenceLogProbability, prompts, nameof(inputs.ReferenceLogProbability));
        CheckPenalty(plan.UsesLengths, inputs.Length, prompts, nameof(inputs.Length));
        RewardPlanCheck.CheckQuantiles(plan, prompts.LongestRow, nameof(prompts));
    }

    private static void CheckPrompts(DeviceRows prompts)
    {
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
    }

    private static void CheckSource(RewardSource source, DeviceRewardPlanInputs inputs, long candidates)
    {
        switch (source.Kind)
        {
            case RewardSourceKind.Head:
                if (!inputs.Hidden.IsGiven)
                {
                    Throw.Argument(
                        "The plan scores hidden values and there are none; pass DeviceTokenMatrix.Of(values, rows, columns).",
                        nameof(inputs.Hidden));
                }

                if (source.IsGated && inputs.Gating.IsEmpty && candidates > 0)
                {
                    Throw.Argument(
                        "The plan mixes heads by gating and there is none; pass [candidates, heads].",
                        nameof(inputs.Gating));
                }

                IfOthers(inputs.RowMap.IsEmpty ? inputs.Hidden.Rows : inputs.RowMap.Length, candidates);
                break;
            case RewardSourceKind.Tokens:
                IfOthers(inputs.TokenRows.Count, candidates);
                CheckTokens(inputs);
                break;
            default:
                if (inputs.Rewards.Length != candidates * source.Members)
                {
                    Throw.Argument(
                        $"The prompts have {candidates} candidates and there are {inputs.Rewards.Length} rewards; pass "
                        + $"[members, candidates], {source.Members} for each candidate.",
                        nameof(inputs.Rewards));
                }

                break;
        }
    }

    private static void CheckTokens(DeviceRewardPlanInputs inputs)
    {
        DeviceRows rows = inputs.TokenRows;
        SoftBonEngine.IfTooLongToPool(rows.LongestRow, nameof(inputs.TokenRows));
        if (rows.Layout == RowLayout.Strided)
        {
            RowsBinding.Of(
                Rows.Strided(rows.Count, rows.LongestRow, rows.RowStride, rows.ColumnStride),
                inputs.Rewards.Length).Dispose();
        }
    }

    private static void IfOthers(long given, long candidates)
    {
        if (given != candidates)
        {
            Throw.Argument(
                $"The prompts have {candidates} candidates and the inputs {given}; pass inputs for each candidate.",
                "prompts");
        }
    }

    private static void CheckPenalty<T>(bool isUsed, DeviceSpan<T> amounts, DeviceRows prompts, string name)
        where T : unmanaged
    {
        if (isUsed && amounts.Length < prompts.Candidates)
        {
            Throw.Argument(
                $"{name} has {amounts.Length} values and there are {prompts.Candidates} candidates; the plan's penalty needs "
                + "one per candidate.",
                name);
        }
    }
}
