using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// How a reward becomes nats: d = reward * Unit - max * Unit, then x = d * Inverse, Unit a power of two and Inverse
/// 1 / (lambda Unit).
/// </summary>
/// <remarks>
/// Unit = 1/2 keeps the difference of any two finite rewards finite, at no cost: scaling by a power of two is exact inside
/// the fused multiply-add. From lambda = 2^90 on even sums of differences could overflow, and Unit is 2^-40. Rewards below
/// <see cref="ZeroBelow"/> in magnitude count as 0, so that no difference of two rewards is subnormal.
/// </remarks>
internal readonly struct TiltScale
{
    private const float WideFrom = 1.2379400392853803e27f;

    private TiltScale(float unit, float inverseUnit, float inverse, float zeroBelow)
    {
        Unit = unit;
        InverseUnit = inverseUnit;
        Inverse = inverse;
        ZeroBelow = zeroBelow;
    }

    public float Unit { get; }

    public float InverseUnit { get; }

    public float Inverse { get; }

    public float ZeroBelow { get; }

    /// <summary>The scale of a row in the given mode.</summary>
    /// <param name="mode">The mode.</param>
    /// <param name="lambda">The row's |lambda|; read where the mode is <see cref="TiltMode.Tilted"/>.</param>
    public static TiltScale For(TiltMode mode, float lambda)
    {
        if (mode == TiltMode.Flat || (mode == TiltMode.Tilted && lambda >= WideFrom))
        {
            float inverse = mode == TiltMode.Flat ? 0f : Arith.Mul(Division.Rcp(lambda), 1099511627776f);
            return new TiltScale(9.094947017729282e-13f, 1099511627776f, inverse, 8.673617379884035e-19f);
        }

        float inverseOfHalf = mode == TiltMode.Hard ? 0f : Arith.Mul(Division.Rcp(lambda), 2f);
        return new TiltScale(0.5f, 2f, inverseOfHalf, Bits.TinyProduct);
    }
}
