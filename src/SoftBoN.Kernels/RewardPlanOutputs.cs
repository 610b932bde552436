namespace SoftBoN.Kernels;

/// <summary>The caller's memory for what a plan returns; an output left empty is not computed.</summary>
public readonly ref struct RewardPlanOutputs
{
    /// <summary>Plans from a head: [candidates, heads], the scores.</summary>
    public Span<float> Scores { get; init; }

    /// <summary>One per candidate: the reward after the last step; NaN where there is none.</summary>
    public Span<float> Reward { get; init; }

    /// <summary>
    /// One per candidate: the status of the first step that had no reward for it. A calibration has none for any of a
    /// prompt's candidates where one of them has none. Rewards that are given are looked at by the first step.
    /// </summary>
    public Span<RowStatus> Status { get; init; }

    /// <summary>Soft weights of each prompt at the selection's lambda, and their diagnostics.</summary>
    public SoftWeightsOutputs Weights { get; init; }

    /// <summary>The picks of each prompt.</summary>
    public SelectionOutputs Selection { get; init; }
}
