using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

/// <summary>Looks at what a plan is given before any work.</summary>
internal static class RewardPlanCheck
{
    /// <summary>Throws where something does not fit the plan or the prompts.</summary>
    /// <returns>The prompts, checked.</returns>
    public static RowsBinding Run(RewardPlan plan, RewardPlanInputs inputs, Rows prompts, RewardPlanOutputs outputs)
    {
        IfNotOne(plan.Members, nameof(plan));
        long candidates = CandidatesOf(plan.Source, inputs);
        RowsBinding binding = BindingOf(prompts, candidates);
        CheckUnused(plan, new PlanUse
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
        CheckPenalty(plan.UsesLogProbabilities, inputs.LogProbability, candidates, nameof(inputs.LogProbability));
        CheckPenalty(
            plan.UsesLogProbabilities, inputs.ReferenceLogProbability, candidates, nameof(inputs.ReferenceLogProbability));
        CheckPenalty(plan.UsesLengths, inputs.Length, candidates, nameof(inputs.Length));
        CheckQuantiles(plan, SoftBonEngine.LongestOf(prompts), nameof(prompts));
        Throw.IfTooShort<float>(outputs.Scores, candidates * plan.Source.Heads, nameof(outputs.Scores));
        Throw.IfTooShort<float>(outputs.Reward, candidates, nameof(outputs.Reward));
        Throw.IfTooShort<RowStatus>(outputs.Status, candidates, nameof(outputs.Status));
        return binding;
    }

    public static void IfNotOne(int members, string name)
    {
        if (members != 1)
        {
            Throw.Argument(
                $"The plan ends with {members} rewards per candidate; add Ensemble, or mix the heads.", name);
        }
    }

    /// <summary>What a plan would not look at is a mistake.</summary>
    public static void CheckUnused(RewardPlan plan, PlanUse given)
    {
        bool isHead = plan.Source.Kind == RewardSourceKind.Head;
        IfUnused(isHead, given.Hidden, nameof(given.Hidden), "FromHead");
        IfUnused(isHead, given.RowMap, nameof(given.RowMap), "FromHead");
        IfUnused(isHead, given.Scores, nameof(given.Scores), "FromHead");
        IfUnused(plan.Source.IsGated, given.Gating, nameof(given.Gating), "FromGatedHead");
        IfUnused(!isHead, given.Rewards, nameof(given.Rewards), "FromRewards or FromTokens");
        IfUnused(
            plan.Source.Kind == RewardSourceKind.Tokens, given.TokenRows, nameof(given.TokenRows), "FromTokens");
        IfUnused(plan.UsesLogProbabilities, given.LogProbability, nameof(given.LogProbability), "Penalize(beta)");
        IfUnused(
            plan.UsesLogProbabilities,
            given.ReferenceLogProbability,
            nameof(given.ReferenceLogProbability),
            "Penalize(beta)");
        IfUnused(plan.UsesLengths, given.Length, nameof(given.Length), "Penalize(0, gamma)");
    }

    public static void CheckQuantiles(RewardPlan plan, int longest, string name)
    {
        foreach (RewardStep step in plan.Steps)
        {
            if (step is { Kind: RewardStepKind.Calibrate, Calibration.Kind: RewardCalibrationKind.Quantile })
            {
                SoftBonEngine.IfTooLongForQuantiles(longest, name);
            }
        }
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
}

/// <summary>What a plan was given.</summary>
internal readonly record struct PlanUse
{
    public bool Hidden { get; init; }

    public bool RowMap { get; init; }

    public bool Gating { get; init; }

    public bool Rewards { get; init; }

    public bool TokenRows { get; init; }

    public bool LogProbability { get; init; }

    public bool ReferenceLogProbability { get; init; }

    public bool Length { get; init; }

    public bool Scores { get; init; }
}
