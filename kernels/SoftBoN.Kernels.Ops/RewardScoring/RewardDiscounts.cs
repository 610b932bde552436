using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>What a row's rewards are multiplied by in a discounted sum.</summary>
internal static class RewardDiscounts
{
    /// <summary>1, discount, its square and so on, each by one multiplication, down to what counts as 0.</summary>
    /// <param name="kind">The pooling; all but the discounted sum have none.</param>
    /// <param name="discount">0 to 1.</param>
    /// <param name="count">How many at most.</param>
    public static float[] Of(RewardPoolingKind kind, float discount, int count)
    {
        var powers = new List<float>();
        bool isDiscounted = kind == RewardPoolingKind.DiscountedSum;
        for (float power = 1f; isDiscounted && powers.Count < count && power >= Bits.TinyProduct; power *= discount)
        {
            powers.Add(power);
        }

        return [.. powers];
    }
}
