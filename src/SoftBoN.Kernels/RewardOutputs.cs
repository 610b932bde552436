namespace SoftBoN.Kernels;

/// <summary>The caller's memory for rewards; an output left empty is not computed.</summary>
public readonly ref struct RewardOutputs
{
    /// <summary>
    /// The rewards: one per row where rows are pooled, one per candidate, packed, where they are calibrated or
    /// penalized; NaN where there is no result.
    /// </summary>
    public Span<float> Reward { get; init; }

    /// <summary>What became of each row; where rewards are penalized, of each candidate.</summary>
    public Span<RowStatus> Status { get; init; }
}
