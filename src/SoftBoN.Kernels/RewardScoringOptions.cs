namespace SoftBoN.Kernels;

/// <summary>What linear reward heads can be told; spans are read during the call only.</summary>
public readonly ref struct RewardScoringOptions
{
    /// <summary>
    /// Which row of the hidden values each row of the batch reads, such as the place of a candidate's last token among
    /// all tokens; the batch has as many rows as this. Where empty, row i reads row i.
    /// </summary>
    public ReadOnlySpan<int> RowMap { get; init; }

    /// <summary>
    /// [heads]: the reward is the sum of share times score; finite. Has to be set, or <see cref="Gating"/>, where a
    /// reward of several heads is wanted.
    /// </summary>
    public ReadOnlySpan<float> Mixture { get; init; }

    /// <summary>
    /// [rows, heads], row after row: shares of each row's own, in place of <see cref="Mixture"/>. A row whose shares
    /// are not finite gets a status.
    /// </summary>
    public ReadOnlySpan<float> Gating { get; init; }
}
