using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// Truncation keeps tokens from the largest logit down: each rule finds the least logit that it keeps, and ties at it
/// are all kept. The shared expressions of all paths.
/// </summary>
internal static class TokenTruncation
{
    /// <summary>The largest biased exponent of a range that a power of two can still bring near 1.</summary>
    private const uint LargestExponent = 252;
    private const uint TwiceBias = 254;
    private const int ExponentShift = 23;

    /// <summary>The least base term that min-p keeps.</summary>
    public static float LeastTerm(float minP) =>
        minP > 0f ? Arith.Mul(Logarithm.Log(minP), Exponential.Log2E) : float.NegativeInfinity;

    /// <summary>
    /// The power of two that brings half of the distance of the largest and the smallest logit near 1, so that its
    /// square is a normal float whatever the logits are.
    /// </summary>
    public static float Unit(float max, float min)
    {
        uint exponent = Bits.Of(Arith.Fma(max, 0.5f, Arith.Mul(-0.5f, min))) >> ExponentShift;
        exponent = exponent < LargestExponent ? exponent : LargestExponent;
        return Bits.ToFloat((TwiceBias - exponent) << ExponentShift);
    }

    /// <summary>A logit's distance from the largest, in those units; at most 0.</summary>
    public static float Distance(float logit, float max, float unit) => Bits.ZeroBelow(
        Arith.Mul(Arith.Fma(logit, 0.5f, Arith.Mul(-0.5f, max)), unit), Bits.TinyProduct);

    /// <summary>A term of the variance of distances.</summary>
    public static float SquareTerm(float distance, float mean)
    {
        float deviation = distance - mean;
        return Bits.ZeroBelow(Arith.Mul(deviation, deviation), Bits.TinyProduct);
    }

    /// <summary>The least distance that top-n-sigma keeps.</summary>
    /// <param name="squares">The sum of the squared deviations.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="deviations">n.</param>
    public static float LeastDistance(float squares, int count, float deviations) =>
        Arith.Mul(-deviations, Division.Sqrt(Division.Div(squares, count)));
}
