using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// How a reward becomes nats: d = reward * Unit - max * Unit, then x = d * Inverse, Unit a power of two and Inverse
/// 1 / (lambda Unit). Exponentials take their argument in powers of two instead: d * Inverse2, log2(e) / (lambda Unit).
/// </summary>
/// <remarks>
/// Unit = 1/2 keeps the difference of any two finite rewards finite, at no cost: scaling by a power of two is exact inside
/// the fused multiply-add. From lambda = 2^90 on even sums of differences could overflow, and Unit is 2^-40. Rewards below
/// <see cref="ZeroBelow"/> in magnitude count as 0, so that no difference of two rewards is subnormal.
/// </remarks>
internal readonly struct TiltScale
{
    /// <summary>2^90.</summary>
    private const float WideFrom = 1.2379400392853803e27f;

    /// <summary>2^-40 and 2^40.</summary>
    private const float WideUnit = 9.094947017729282e-13f;
    private const float InverseWideUnit = 1099511627776f;

    /// <summary>2^-60.</summary>
    private const float WideZeroBelow = 8.673617379884035e-19f;

    private TiltScale(float unit, float inverseUnit, float inverse, float inverse2, float zeroBelow)
    {
        Unit = unit;
        InverseUnit = inverseUnit;
        Inverse = inverse;
        Inverse2 = inverse2;
        ZeroBelow = zeroBelow;
    }

    public float Unit { get; }

    public float InverseUnit { get; }

    public float Inverse { get; }

    public float Inverse2 { get; }

    public float ZeroBelow { get; }

    /// <summary>The scale of a row in the given mode.</summary>
    /// <param name="mode">The mode.</param>
    /// <param name="lambda">The row's |lambda|; read where the mode is <see cref="TiltMode.Tilted"/>.</param>
    public static TiltScale For(TiltMode mode, float lambda)
    {
        bool wide = mode == TiltMode.Flat || (mode == TiltMode.Tilted && lambda >= WideFrom);
        float unit = wide ? WideUnit : 0.5f;
        float inverseUnit = wide ? InverseWideUnit : 2f;
        bool tilted = mode == TiltMode.Tilted;
        float inverse = tilted ? Arith.Mul(Division.Rcp(lambda), inverseUnit) : 0f;
        float inverse2 = tilted ? Arith.Mul(Division.Div(Exponential.Log2E, lambda), inverseUnit) : 0f;
        return new TiltScale(unit, inverseUnit, inverse, inverse2, wide ? WideZeroBelow : Bits.TinyProduct);
    }
}
