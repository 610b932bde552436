using System.Runtime.CompilerServices;

namespace SoftBoN.Kernels.Ops.Numerics;

/// <summary>log and log(1 + x). One polynomial serves them all. docs/numerics.md has the measured errors.</summary>
/// <remarks>
/// The argument is 2^k (1 - y) with y in [-1/2, 1/4], and -log of it is y + y^2 (1/2 + y R(y)) - k ln2 with R of seven
/// coefficients, a minimax fit. Everything is computed as the negative of the logarithm, which is what noise needs.
/// </remarks>
internal static partial class Logarithm
{
    internal const float R0 = 0.3333347142f;
    internal const float R1 = 0.2499636114f;
    internal const float R2 = 0.1998232007f;
    internal const float R3 = 0.1678881794f;
    internal const float R4 = 0.1490443796f;
    internal const float R5 = 0.121141322f;
    internal const float R6 = 0.05559725314f;

    /// <summary>ln2 / 2^23: what one unit of -k 2^23 counts for.</summary>
    internal const float Ln2Scaled = 8.2629583e-8f;

    /// <summary>From here on 1 + x has lost so little of x's tail that log(1 + x) is log(x), to the bit or nearly.</summary>
    internal const float Log1pIsLog = 33554432f;

    private const uint OneBits = 0x3f800000;
    private const uint OneAndAHalfBits = 0x3fc00000;
    private const uint ExponentMask = 0xff800000;
    private const float SmallestNormal = 1.17549435e-38f;

    /// <summary>log(x): -infinity at 0 (and at subnormal numbers, which count as 0), NaN below 0 and at NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Log(float x)
    {
        float log = -NegLog(x);
        log = x < SmallestNormal ? (x > -SmallestNormal ? float.NegativeInfinity : float.NaN) : log;
        return x <= float.MaxValue ? log : x;
    }

    /// <summary>log(1 + x): -infinity at -1, NaN below and at NaN, x itself where it is tiny.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Log1p(float x)
    {
        float log = x < Log1pIsLog ? -NegLog1m(-x) : -NegLog(x);
        log = x <= -1f ? (x == -1f ? float.NegativeInfinity : float.NaN) : log;
        return x <= float.MaxValue ? log : x;
    }

    /// <summary>-log(x).</summary>
    /// <param name="x">Positive, normal and finite.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float NegLog(float x)
    {
        uint n = NegatedExponent(x);
        float y = 1f - Bits.ToFloat(Bits.Of(x) + n);
        return Finish(y, n);
    }

    /// <summary>-log(1 - v), the standard exponential variable of the uniform v.</summary>
    /// <param name="v">-2^25 to 1 - 2^-24.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float NegLog1m(float v)
    {
        uint n = NegatedExponent(1f - v);
        float s = Bits.ToFloat(OneBits + n);
        float y = Arith.Fma(v, s, 1f - s);
        return Finish(y, n);
    }

    /// <summary>-k 2^23, where t is 2^k times a number in [3/4, 3/2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint NegatedExponent(float t) => ~(Bits.Of(t) - OneAndAHalfBits) & ExponentMask;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Finish(float y, uint n)
    {
        float r = Arith.Fma(y, R6, R5);
        r = Arith.Fma(y, r, R4);
        r = Arith.Fma(y, r, R3);
        r = Arith.Fma(y, r, R2);
        r = Arith.Fma(y, r, R1);
        r = Arith.Fma(y, r, R0);
        r = Arith.Fma(y, r, 0.5f);
        float p = Arith.Fma(Arith.Mul(y, y), r, y);
        return Arith.Fma((int)n, Ln2Scaled, p);
    }
}
