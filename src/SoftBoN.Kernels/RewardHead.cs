namespace SoftBoN.Kernels;

/// <summary>Linear reward heads: a row of weights for each, and what is added to their scores.</summary>
public readonly ref struct RewardHead
{
    /// <summary>
    /// [heads, dimension], one head or more, of any format, all finite. Weights below 2^-40 (9e-13) in magnitude count
    /// as 0.
    /// </summary>
    public TokenMatrix Weights { get; init; }

    /// <summary>[heads], finite; 0 where empty.</summary>
    public ReadOnlySpan<float> Bias { get; init; }
}
