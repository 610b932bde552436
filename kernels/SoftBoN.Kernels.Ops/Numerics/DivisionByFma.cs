namespace SoftBoN.Kernels.Ops.Numerics;

/// <summary>
/// <see cref="Division"/> from fused multiply-adds and integer operations alone, for devices whose own division is slow or
/// not correctly rounded. Every function equals its namesake to the bit.
/// </summary>
/// <remarks>
/// Mantissas are taken out first, so that no step leaves the normal range. Reciprocal: a linear seed in the bits and
/// Newton steps, y + y (1 - m y); the last one rounds correctly except for the all-ones mantissa, whose reciprocal is
/// patched. Quotient: a y plus one residual, y the correctly rounded reciprocal (Markstein's theorem). Square root: the
/// same from a reciprocal square root.
/// </remarks>
internal static partial class DivisionByFma
{
    private const uint SignMask = 0x80000000;
    private const uint MantissaMask = 0x007fffff;
    private const uint ExponentMask = 0x7f800000;
    private const uint OneBits = 0x3f800000;
    private const uint RcpSeed = 0x7ef311c7;
    private const uint RsqrtSeed = 0x5f375a86;

    /// <summary>1 / (2 - 2^-23) lies just above the middle of two floats; the Newton step ends on the lower one.</summary>
    private const uint AllOnesRcp = 0x3f000001;

    /// <inheritdoc cref="Division.Rcp(float)"/>
    public static float Rcp(float x)
    {
        uint bits = Bits.Of(x);
        float y = MantissaRcp(bits & MantissaMask);
        return Bits.ToFloat((Bits.Of(y) - ((bits & ExponentMask) - OneBits)) | (bits & SignMask));
    }

    /// <inheritdoc cref="Division.Div(float, float)"/>
    public static float Div(float a, float b)
    {
        uint aBits = Bits.Of(a);
        uint bBits = Bits.Of(b);
        float ma = Bits.ToFloat((aBits & MantissaMask) | OneBits);
        float mb = Bits.ToFloat((bBits & MantissaMask) | OneBits);
        float y = MantissaRcp(bBits & MantissaMask);
        float q = Arith.Mul(ma, y);
        q = Arith.Fma(Arith.Fma(-mb, q, ma), y, q);
        int scale = (int)((aBits & ExponentMask) - (bBits & ExponentMask)) >> 23;
        int exponent = (int)(Bits.Of(q) >> 23) + scale;
        uint sign = (aBits ^ bBits) & SignMask;
        uint magnitude = exponent >= 255 ? ExponentMask : Bits.Of(q) + (uint)(scale << 23);
        return exponent < 2 || (aBits & ExponentMask) == 0 ? 0f : Bits.ToFloat(magnitude | sign);
    }

    /// <inheritdoc cref="Division.Sqrt(float)"/>
    public static float Sqrt(float x)
    {
        uint bits = Bits.Of(x);
        uint scale = (uint)((int)(bits - OneBits) >> 24) << 23;
        float m = Bits.ToFloat(bits - (scale << 1));
        float y = Bits.ToFloat(RsqrtSeed - (Bits.Of(m) >> 1));
        float half = Arith.Mul(m, 0.5f);
        y = RsqrtStep(half, y);
        y = RsqrtStep(half, y);
        y = RsqrtStep(half, y);
        float s = Arith.Mul(m, y);
        s = Arith.Fma(Arith.Fma(-s, s, m), Arith.Mul(y, 0.5f), s);
        return (bits & ExponentMask) == 0 ? 0f : Bits.ToFloat(Bits.Of(s) + scale);
    }

    private static float MantissaRcp(uint mantissa)
    {
        float m = Bits.ToFloat(mantissa | OneBits);
        float y = Bits.ToFloat(RcpSeed - Bits.Of(m));
        y = Arith.Fma(y, Arith.Fma(-m, y, 1f), y);
        y = Arith.Fma(y, Arith.Fma(-m, y, 1f), y);
        y = Arith.Fma(y, Arith.Fma(-m, y, 1f), y);
        y = Arith.Fma(y, Arith.Fma(-m, y, 1f), y);
        return mantissa == MantissaMask ? Bits.ToFloat(AllOnesRcp) : y;
    }

    private static float RsqrtStep(float half, float y) =>
        Arith.Fma(y, Arith.Fma(-Arith.Mul(half, y), y, 0.5f), y);
}
