using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

/// <summary>
/// How a row of rewards becomes one: of tokens, of steps, or of the members of an ensemble. Default: their sum.
/// </summary>
public readonly record struct RewardPooling
{
    private RewardPooling(RewardPoolingKind kind, float parameter = 0f) => (Kind, Parameter) = (kind, parameter);

    /// <summary>The sum.</summary>
    public static RewardPooling Sum => new(RewardPoolingKind.Sum);

    /// <summary>The mean.</summary>
    public static RewardPooling Mean => new(RewardPoolingKind.Mean);

    /// <summary>The last one.</summary>
    public static RewardPooling Last => new(RewardPoolingKind.Last);

    /// <summary>The smallest: the weakest step, the worst case of an ensemble.</summary>
    public static RewardPooling Min => new(RewardPoolingKind.Min);

    /// <summary>The largest.</summary>
    public static RewardPooling Max => new(RewardPoolingKind.Max);

    /// <summary>The product; neither overflows nor underflows on the way.</summary>
    public static RewardPooling Product => new(RewardPoolingKind.Product);

    /// <summary>
    /// The natural logarithm of the product of rewards of at least 0, which neither overflows nor underflows;
    /// -infinity where
    /// one is 0.
    /// </summary>
    public static RewardPooling LogProduct => new(RewardPoolingKind.LogProduct);

    internal RewardPoolingKind Kind { get; }

    internal float Parameter { get; }

    /// <summary>The sum of discount^t times reward t; the first has t = 0.</summary>
    /// <param name="discount">0 to 1.</param>
    /// <returns>The pooling.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="discount"/> is out of range.</exception>
    public static RewardPooling DiscountedSum(float discount)
    {
        if (!(discount is >= 0f and <= 1f))
        {
            Throw.OutOfRange(nameof(discount), discount, "Must be 0 to 1.");
        }

        return new(RewardPoolingKind.DiscountedSum, discount);
    }

    /// <summary>
    /// The mean less weight times the population's variance: an ensemble that distrusts what it disagrees on.
    /// </summary>
    /// <param name="weight">In units of 1 / reward; finite.</param>
    /// <returns>The pooling.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="weight"/> is not finite.</exception>
    public static RewardPooling MeanLessVariance(float weight)
    {
        if (!float.IsFinite(weight))
        {
            Throw.OutOfRange(nameof(weight), weight, "Must be finite.");
        }

        return new(RewardPoolingKind.MeanLessVariance, weight);
    }

    /// <summary>What rewards are multiplied by; none of most poolings.</summary>
    internal float[] Discounts(int count) => RewardDiscounts.Of(Kind, Parameter, count);
}
