using System.Numerics;

namespace SoftBoN.Kernels.Ops.Numerics;

internal static partial class DivisionByFma
{
    /// <inheritdoc cref="Division.Rcp(float)"/>
    public static Vector<float> Rcp(Vector<float> x)
    {
        Vector<uint> bits = x.As<float, uint>();
        Vector<uint> y = MantissaRcp(bits & Vector.Create(MantissaMask)).As<float, uint>();
        Vector<uint> exponent = (bits & Vector.Create(ExponentMask)) - Vector.Create(OneBits);
        return ((y - exponent) | (bits & Vector.Create(SignMask))).As<uint, float>();
    }

    /// <inheritdoc cref="Division.Div(float, float)"/>
    public static Vector<float> Div(Vector<float> a, Vector<float> b)
    {
        Vector<uint> aBits = a.As<float, uint>();
        Vector<uint> bBits = b.As<float, uint>();
        Vector<uint> exponentMask = Vector.Create(ExponentMask);
        Vector<uint> mantissaMask = Vector.Create(MantissaMask);
        Vector<uint> one = Vector.Create(OneBits);
        Vector<float> ma = ((aBits & mantissaMask) | one).As<uint, float>();
        Vector<float> mb = ((bBits & mantissaMask) | one).As<uint, float>();
        Vector<float> y = MantissaRcp(bBits & mantissaMask);
        Vector<float> q = ma * y;
        q = Vector.FusedMultiplyAdd(Vector.FusedMultiplyAdd(-mb, q, ma), y, q);
        Vector<int> scale = ((aBits & exponentMask) - (bBits & exponentMask)).As<uint, int>() >> 23;
        Vector<int> exponent = (q.As<float, uint>() >> 23).As<uint, int>() + scale;
        Vector<uint> sign = (aBits ^ bBits) & Vector.Create(SignMask);
        Vector<uint> scaled = q.As<float, uint>() + (scale << 23).As<int, uint>();
        Vector<uint> overflow = Vector.GreaterThanOrEqual(exponent, Vector.Create(255)).As<int, uint>();
        Vector<uint> magnitude = Vector.ConditionalSelect(overflow, exponentMask, scaled);
        Vector<uint> zero = Vector.LessThan(exponent, Vector.Create(2)).As<int, uint>()
            | Vector.Equals(aBits & exponentMask, Vector<uint>.Zero);
        return Vector.AndNot(magnitude | sign, zero).As<uint, float>();
    }

    /// <inheritdoc cref="Division.Sqrt(float)"/>
    public static Vector<float> Sqrt(Vector<float> x)
    {
        Vector<uint> bits = x.As<float, uint>();
        Vector<uint> scale = (((bits - Vector.Create(OneBits)).As<uint, int>() >> 24) << 23).As<int, uint>();
        Vector<float> m = (bits - (scale << 1)).As<uint, float>();
        Vector<float> y = (Vector.Create(RsqrtSeed) - (m.As<float, uint>() >> 1)).As<uint, float>();
        Vector<float> half = m * 0.5f;
        y = RsqrtStep(half, y);
        y = RsqrtStep(half, y);
        y = RsqrtStep(half, y);
        Vector<float> s = m * y;
        s = Vector.FusedMultiplyAdd(Vector.FusedMultiplyAdd(-s, s, m), y * 0.5f, s);
        Vector<uint> zero = Vector.Equals(bits & Vector.Create(ExponentMask), Vector<uint>.Zero);
        return Vector.AndNot(s.As<float, uint>() + scale, zero).As<uint, float>();
    }

    private static Vector<float> MantissaRcp(Vector<uint> mantissa)
    {
        Vector<float> m = (mantissa | Vector.Create(OneBits)).As<uint, float>();
        Vector<float> y = (Vector.Create(RcpSeed) - m.As<float, uint>()).As<uint, float>();
        y = RcpStep(m, y);
        y = RcpStep(m, y);
        y = RcpStep(m, y);
        y = RcpStep(m, y);
        Vector<float> allOnes = Vector.Equals(mantissa, Vector.Create(MantissaMask)).As<uint, float>();
        return Vector.ConditionalSelect(allOnes, Vector.Create(AllOnesRcp).As<uint, float>(), y);
    }

    private static Vector<float> RcpStep(Vector<float> m, Vector<float> y) =>
        Vector.FusedMultiplyAdd(y, Vector.FusedMultiplyAdd(-m, y, Vector<float>.One), y);

    private static Vector<float> RsqrtStep(Vector<float> half, Vector<float> y) =>
        Vector.FusedMultiplyAdd(y, Vector.FusedMultiplyAdd(-(half * y), y, Vector.Create(0.5f)), y);
}
