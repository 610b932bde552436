using System.Runtime.CompilerServices;

namespace SoftBoN.Kernels.Ops.Numerics;

/// <summary>
/// 2^x, exp and exp - 1 for arguments that a maximum was subtracted from: x &lt;= 0. docs/numerics.md has the measured
/// errors.
/// </summary>
/// <remarks>
/// Powers of two split exactly, x = k + f with |f| &lt;= 1/2, and 2^f is a minimax polynomial; rows are tilted by them,
/// because the division by ln2 is free inside the division by lambda. The others have x = k ln2 + r with |r| &lt;= ln2 / 2, k from adding and subtracting 1.5 * 2^23, ln2 in two parts of which the first has
/// so few bits that k times it is exact; then 2^k (1 + r P(r)), the polynomial a minimax fit.
/// </remarks>
internal static partial class Exponential
{
    internal const float Log2E = 1.44269504f;
    internal const float RoundingMagic = 12582912f;
    internal const float Ln2High = 0.693359375f;
    internal const float Ln2Low = -2.12194440e-4f;

    internal const float P0 = 0.4999999404f;
    internal const float P1 = 0.1666651964f;
    internal const float P2 = 0.04166837409f;
    internal const float P3 = 0.008368812501f;
    internal const float P4 = 0.001381610287f;

    /// <summary>Below this exp(x) would leave the normal floats, so the result is 0.</summary>
    internal const float UnderflowBelow = -87.33654f;

    /// <summary>Below this exp(x) - 1 rounds to -1.</summary>
    internal const float Expm1Saturates = -25f;

    internal const float Q1 = 0.6931471825f;
    internal const float Q2 = 0.2402264476f;
    internal const float Q3 = 0.05550320446f;
    internal const float Q4 = 0.009618172422f;
    internal const float Q5 = 0.001340535004f;
    internal const float Q6 = 0.0001546900021f;

    /// <summary>
    /// Below this a power of two counts as 0: small enough to be no weight at all, and large enough that no weight of up
    /// to 2^31 candidates is subnormal.
    /// </summary>
    internal const float Exp2UnderflowBelow = -94f;

    private const int OneBits = 0x3f800000;

    /// <summary>2^x: 1 at 0, +0 below -94 and at -infinity. NaN has no defined result: rows with one end before this.</summary>
    /// <param name="x">At most 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Exp2(float x)
    {
        float z = x + RoundingMagic;
        float f = x - (z - RoundingMagic);
        float p = Arith.Fma(f, Q6, Q5);
        p = Arith.Fma(f, p, Q4);
        p = Arith.Fma(f, p, Q3);
        p = Arith.Fma(f, p, Q2);
        p = Arith.Fma(f, p, Q1);
        p = Arith.Fma(f, p, 1f);
        return x < Exp2UnderflowBelow ? 0f : Bits.ToFloat(Bits.Of(p) + (Bits.Of(z) << 23));
    }

    /// <summary>exp(x): 1 at 0, +0 below -87.33654 and at -infinity, NaN at NaN; never subnormal.</summary>
    /// <param name="x">At most 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Exp(float x)
    {
        float z = Arith.Fma(x, Log2E, RoundingMagic);
        float r = Reduce(x, z - RoundingMagic);
        float p = Arith.Fma(r, TailPolynomial(r), 1f);
        float e = Arith.Mul(p, PowerOfTwo(z));
        return x < UnderflowBelow ? 0f : e;
    }

    /// <summary>exp(x) - 1 with full relative precision near 0; -1 at -infinity, NaN at NaN.</summary>
    /// <param name="x">At most 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Expm1(float x)
    {
        x = x < Expm1Saturates ? Expm1Saturates : x;
        float z = Arith.Fma(x, Log2E, RoundingMagic);
        float r = Reduce(x, z - RoundingMagic);
        float m = Arith.Fma(Arith.Mul(r, r), QuadraticTail(r), r);
        float s = PowerOfTwo(z);
        return Arith.Fma(s, m, s - 1f);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Reduce(float x, float k) => Arith.Fma(k, -Ln2Low, Arith.Fma(k, -Ln2High, x));

    /// <summary>The low bits of z hold k in two's complement: shifted up, they are what 2^k adds to the bits of 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float PowerOfTwo(float z) => Bits.ToFloat((Bits.Of(z) << 23) + OneBits);

    /// <summary>(exp(r) - 1) / r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float TailPolynomial(float r) => Arith.Fma(r, QuadraticTail(r), 1f);

    /// <summary>(exp(r) - 1 - r) / r^2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float QuadraticTail(float r)
    {
        float p = Arith.Fma(r, P4, P3);
        p = Arith.Fma(r, p, P2);
        p = Arith.Fma(r, p, P1);
        return Arith.Fma(r, p, P0);
    }
}
