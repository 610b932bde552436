using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Cuda;

/// <summary>
/// From features to picks: rewards come from heads, from tokens or as they are given, steps change them, and weights and picks
/// are made of what comes out. Candidates are numbered through, prompt after prompt.
/// </summary>
public readonly record struct CudaRewardPlan
{
    /// <summary>
    /// Heads on hidden values, a row a candidate, null where rewards come from elsewhere. Several heads without shares are
    /// members of an ensemble. Rewards and statuses are the plan's.
    /// </summary>
    public CudaRewardScoring? Head { get; init; }

    /// <summary>
    /// Rewards of tokens or steps, a row of them a candidate, null where rewards come from elsewhere. Rewards and statuses are
    /// the plan's.
    /// </summary>
    public CudaRewardPooling? Tokens { get; init; }

    /// <summary>Float32, [members, candidates]: rewards that are given, 0 where they come from elsewhere.</summary>
    public nuint Rewards { get; init; }

    /// <summary>Calibrations, ensembles and penalties, null for none.</summary>
    public CudaRewardSteps? Steps { get; init; }

    /// <inheritdoc cref="CudaRewardPenalty.LogProbability"/>
    public nuint LogProbability { get; init; }

    /// <inheritdoc cref="CudaRewardPenalty.ReferenceLogProbability"/>
    public nuint ReferenceLogProbability { get; init; }

    /// <inheritdoc cref="CudaRewardPenalty.Length"/>
    public nuint Length { get; init; }

    /// <summary>
    /// Which candidates each prompt has, one prompt after the other: dense, or ragged with offsets from 0 on.
    /// </summary>
    public CudaRows Prompts { get; init; }

    /// <summary>Soft weights of each prompt's candidates, null for none; rewards and rows are the plan's.</summary>
    public CudaSoftWeights? Weights { get; init; }

    /// <summary>Picks among each prompt's candidates, null for none; rewards and rows are the plan's.</summary>
    public CudaSelection? Selection { get; init; }

    /// <summary>Float32, one per candidate, after the last step; where 0, rewards are kept in the workspace.</summary>
    public nuint Reward { get; init; }

    /// <summary>A byte per candidate: the number of its RowStatus, why it has no reward.</summary>
    public nuint Status { get; init; }

    /// <summary>Rewards per candidate before the first step.</summary>
    internal int Members => Head is { } head
        ? head.HasShares ? 1 : head.Weights.Rows
        : Steps?.Members ?? 1;

    internal void Check(SoftBonCuda cuda)
    {
        Prompts.Check();
        CheckPrompts();
        CheckSource();
        Steps?.Check(cuda, Prompts.Columns);
        CheckMembers();
        IfMissing(Steps?.UsesLogProbabilities == true, LogProbability, nameof(LogProbability));
        IfMissing(Steps?.UsesLogProbabilities == true, ReferenceLogProbability, nameof(ReferenceLogProbability));
        IfMissing(Steps?.UsesLengths == true, Length, nameof(Length));
        bool hasScores = Head is { Scores: not 0 };
        if (!hasScores && Reward == 0 && Status == 0 && Weights == null && Selection == null)
        {
            Throw.Argument("The plan has no output; ask for picks, weights or rewards.", nameof(Selection));
        }
    }

    private void CheckPrompts()
    {
        bool isDense = Prompts.Layout == RowLayout.Strided && (Prompts.RowStride == Prompts.Columns || Prompts.Rows < 2)
            && (Prompts.ColumnStride == 1 || Prompts.Columns < 2);
        if (!isDense && Prompts.Layout != RowLayout.Ragged)
        {
            Throw.Argument(
                "The prompts' candidates have to follow each other; pass CudaRows.Dense or CudaRows.Ragged.", nameof(Prompts));
        }
    }

    private void CheckSource()
    {
        int sources = (Head == null ? 0 : 1) + (Tokens == null ? 0 : 1) + (Rewards == 0 ? 0 : 1);
        if (sources > 1 || (sources == 0 && Prompts.Packed > 0))
        {
            Throw.Argument($"The plan has {sources} sources of rewards; pass one of Head, Tokens and Rewards.", nameof(Head));
        }

        if (Head is { Reward: not 0 } or { Status: not 0 } || Tokens is { Reward: not 0 } or { Status: not 0 })
        {
            Throw.Argument("A part of the plan has a reward or a status; pass the plan's.", nameof(Reward));
        }

        long rows = Head is { } head ? head.Rows : Tokens is { } tokens ? tokens.Rows.Rows : Prompts.Packed;
        if (rows != Prompts.Packed)
        {
            Throw.Argument(
                $"The prompts have {Prompts.Packed} candidates and the source {rows} rows; pass a row for each candidate.",
                nameof(Prompts));
        }
    }

    private void CheckMembers()
    {
        if (Steps != null && Steps.Members != Members)
        {
            Throw.Argument(
                $"Candidates have {Members} rewards and the steps are for {Steps.Members}; prepare them for as many.", nameof(Steps));
        }

        int after = Steps?.MembersAfter ?? Members;
        if (after != 1)
        {
            Throw.Argument(
                $"The plan ends with {after} rewards per candidate; add an ensemble, or mix the heads.", nameof(Steps));
        }
    }

    private void IfMissing(bool isUsed, nuint amounts, string name)
    {
        if (isUsed && amounts == 0 && Prompts.Packed > 0)
        {
            Throw.Argument($"{name} is 0 and the plan has a penalty for it; pass a device pointer.", name);
        }
    }
}
