namespace SoftBoN.Kernels;

/// <summary>The caller's memory for scores and rewards; an output left empty is not computed.</summary>
public readonly ref struct RewardScoringOutputs
{
    /// <summary>[rows, heads], row after row: the scores; NaN in a row without a result.</summary>
    public Span<float> Scores { get; init; }

    /// <summary>
    /// Per row: the mixture of its scores, or the score of the only head; NaN in a row without a result.
    /// </summary>
    public Span<float> Reward { get; init; }

    /// <summary>Per row: what became of it.</summary>
    public Span<RowStatus> Status { get; init; }
}
