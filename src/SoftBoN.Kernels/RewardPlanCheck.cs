using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

/// <summary>Looks at what a plan is given before any work.</summary>
internal static class RewardPlanCheck
{
    /// <summary>Throws where something does not fit the plan or the prompts.</summary>
    /// <returns>The prompts, checked.</returns>
    public static RowsBinding Run(RewardPlan plan, RewardPlanInputs inputs, Rows prompts, RewardPlanOutputs outputs)
    {
        if (plan.Members != 1)
        {
            Throw.Argument(
                $"The plan ends with {plan.Members} rewards per candidate; add Ensemble, or mix the heads.", nameof(plan));
        }

        long candidates = CandidatesOf(plan.Source, inputs);
        RowsBinding binding = BindingOf(prompts, candidates);
        CheckUnused(plan, inputs, outputs);
        CheckPenalty(plan.UsesLogProbabilities, inputs.LogProbability, candidates, nameof(inputs.LogProbability));
        CheckPenalty(
            plan.UsesLogProbabilities, inputs.ReferenceLogProbability, candidates, nameof(inputs.ReferenceLogProbability));
        CheckPenalty(plan.UsesLengths, inputs.Length, candidates, nameof(inputs.Length));
        CheckQuantiles(plan, prompts);
        Throw.IfTooShort<float>(outputs.Scores, candidates * plan.Source.Heads, nameof(outputs.Scores));
        Throw.IfTooShort<float>(outputs.Reward, candidates, nameof(outputs.Reward));
        Throw.IfTooShort<RowStatus>(outputs.Status, candidates, nameof(outputs.Status));
        return binding;
    }

    public static bool IsWanted(SelectionOutputs outputs) =>
        !outputs.Index.IsEmpty || !outputs.Reward.IsEmpty || !outputs.LogProbability.IsEmpty || !outputs.Margin.IsEmpty
        || !outputs.Lambda.IsEmpty || !outputs.Status.IsEmpty;

    public static bool IsWanted(SoftWeightsOutputs outputs) =>
        !outputs.Weights.IsEmpty || !outputs.LogWeights.IsEmpty || !outputs.LogMeanExp.IsEmpty
        || !outputs.EffectiveSampleSize.IsEmpty || !outputs.Entropy.IsEmpty || !outputs.KlToUniform.IsEmpty
        || !outputs.ExpectedReward.IsEmpty || !outputs.ChiSquare.IsEmpty || !outputs.KlFromTiltBound.IsEmpty
        || !outputs.KlFromModelBound.IsEmpty || !outputs.Lambda.IsEmpty || !outputs.Status.IsEmpty;

    private static long CandidatesOf(RewardSource source, RewardPlanInputs inputs)
    {
        switch (source.Kind)
        {
            case RewardSourceKind.Head:
                return CandidatesOfHead(source, inputs);
            case RewardSourceKind.Tokens:
                return inputs.TokenRows.Count;
            default:
                if (inputs.Rewards.Length % source.Members != 0)
                {
                    Throw.Argument(
                        $"There are {inputs.Rewards.Length} rewards, which {source.Members} members cannot share; pass "
                        + "[members, candidates].",
                        nameof(inputs.Rewards));
                }

                return inputs.Rewards.Length / source.Members;
        }
    }

    private static long CandidatesOfHead(RewardSource source, RewardPlanInputs inputs)
    {
        if (!inputs.Hidden.IsGiven)
        {
            Throw.Argument(
                "The plan scores hidden values and there are none; pass TokenMatrix.Of(values, rows, columns).",
                nameof(inputs.Hidden));
        }

        RewardScoringCheck.IfColumnsDiffer(inputs.Hidden, source.Dimension);
        TokenTiltCheck.CheckMap(inputs.RowMap, inputs.Hidden.Rows, nameof(inputs.RowMap), "hidden values");
        long rows = inputs.RowMap.IsEmpty ? inputs.Hidden.Rows : inputs.RowMap.Length;
        if (source.IsGated && inputs.Gating.IsEmpty && rows > 0)
        {
            Throw.Argument("The plan mixes heads by gating and there is none; pass [candidates, heads].", "Gating");
        }

        RewardScoringCheck.CheckGating(source.Heads, inputs.Gating, rows);
        return rows;
    }

    private static RowsBinding BindingOf(Rows prompts, long candidates)
    {
        bool isDense = prompts.Layout == RowLayout.Strided
            && ((prompts.RowStride == prompts.Columns && prompts.ColumnStride == 1) || prompts.Columns == 0);
        bool isRagged = prompts.Layout == RowLayout.Ragged && prompts.Starts[0] == 0;
        if (!isDense && !isRagged)
        {
            Throw.Argument(
                "The prompts' candidates have to follow each other; pass Rows.Dense(prompts, candidates), or "
                + "Rows.Ragged(offsets) with offsets from 0 on.",
                nameof(prompts));
        }

        var binding = RowsBinding.Of(prompts, long.MaxValue);
        if (binding.Packed != candidates)
        {
            Throw.Argument(
                $"The prompts have {binding.Packed} candidates and the inputs {candidates}; pass inputs for each candidate.",
                nameof(prompts));
        }

        return binding;
    }

    /// <summary>What a plan would not look at is a mistake.</summary>
    private static void CheckUnused(RewardPlan plan, RewardPlanInputs inputs, RewardPlanOutputs outputs)
    {
        bool isHead = plan.Source.Kind == RewardSourceKind.Head;
        IfUnused(isHead, inputs.Hidden.IsGiven, nameof(inputs.Hidden), "FromHead");
        IfUnused(isHead, !inputs.RowMap.IsEmpty, nameof(inputs.RowMap), "FromHead");
        IfUnused(isHead, !outputs.Scores.IsEmpty, nameof(outputs.Scores), "FromHead");
        IfUnused(plan.Source.IsGated, !inputs.Gating.IsEmpty, nameof(inputs.Gating), "FromGatedHead");
        IfUnused(!isHead, !inputs.Rewards.IsEmpty, nameof(inputs.Rewards), "FromRewards or FromTokens");
        IfUnused(
            plan.Source.Kind == RewardSourceKind.Tokens,
            inputs.TokenRows.Count > 0,
            nameof(inputs.TokenRows),
            "FromTokens");
        IfUnused(
            plan.UsesLogProbabilities, !inputs.LogProbability.IsEmpty, nameof(inputs.LogProbability), "Penalize(beta)");
        IfUnused(
            plan.UsesLogProbabilities,
            !inputs.ReferenceLogProbability.IsEmpty,
            nameof(inputs.ReferenceLogProbability),
            "Penalize(beta)");
        IfUnused(plan.UsesLengths, !inputs.Length.IsEmpty, nameof(inputs.Length), "Penalize(0, gamma)");
    }

    private static void IfUnused(bool isUsed, bool isGiven, string name, string cure)
    {
        if (isGiven && !isUsed)
        {
            Throw.Argument($"The plan does not use {name}; leave it empty, or make the plan with {cure}.", name);
        }
    }

    private static void CheckPenalty<T>(bool isUsed, ReadOnlySpan<T> amounts, long candidates, string name)
    {
        if (isUsed && amounts.Length != candidates)
        {
            Throw.Argument(
                $"{name} has {amounts.Length} values and there are {candidates} candidates; the plan's penalty needs one per "
                + "candidate.",
                name);
        }
    }

    private static void CheckQuantiles(RewardPlan plan, Rows prompts)
    {
        foreach (RewardStep step in plan.Steps)
        {
            if (step is { Kind: RewardStepKind.Calibrate, Calibration.Kind: RewardCalibrationKind.Quantile })
            {
                SoftBonEngine.IfTooLongForQuantiles(prompts);
            }
        }
    }
}
