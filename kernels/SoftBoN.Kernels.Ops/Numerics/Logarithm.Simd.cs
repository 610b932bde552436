using System.Numerics;
using System.Runtime.CompilerServices;

namespace SoftBoN.Kernels.Ops.Numerics;

internal static partial class Logarithm
{
    /// <inheritdoc cref="Log(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Log(Vector<float> x)
    {
        Vector<float> small = Vector.ConditionalSelect(
            Vector.GreaterThan(x, Vector.Create(-SmallestNormal)),
            Vector.Create(float.NegativeInfinity),
            Vector.Create(float.NaN));
        Vector<float> log = Vector.ConditionalSelect(
            Vector.LessThan(x, Vector.Create(SmallestNormal)), small, -NegLog(x));
        return Vector.ConditionalSelect(Vector.LessThanOrEqual(x, Vector.Create(float.MaxValue)), log, x);
    }

    /// <inheritdoc cref="Log1p(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Log1p(Vector<float> x)
    {
        Vector<float> log = Vector.ConditionalSelect(
            Vector.LessThan(x, Vector.Create(Log1pIsLog)), -NegLog1m(-x), -NegLog(x));
        Vector<float> atMostMinusOne = Vector.ConditionalSelect(
            Vector.Equals(x, Vector.Create(-1f)), Vector.Create(float.NegativeInfinity), Vector.Create(float.NaN));
        log = Vector.ConditionalSelect(Vector.LessThanOrEqual(x, Vector.Create(-1f)), atMostMinusOne, log);
        return Vector.ConditionalSelect(Vector.LessThanOrEqual(x, Vector.Create(float.MaxValue)), log, x);
    }

    /// <inheritdoc cref="NegLog(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> NegLog(Vector<float> x)
    {
        Vector<int> n = NegatedExponent(x);
        Vector<float> y = Vector<float>.One - (x.As<float, int>() + n).As<int, float>();
        return Finish(y, n);
    }

    /// <inheritdoc cref="NegLog1m(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> NegLog1m(Vector<float> v)
    {
        Vector<int> n = NegatedExponent(Vector<float>.One - v);
        return Finish(Complement(v, n), n);
    }

    /// <summary>Four vectors at once: the chain of fused operations is long, and four of them fill its latency.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void NegLog(
        ref Vector<float> x0, ref Vector<float> x1, ref Vector<float> x2, ref Vector<float> x3)
    {
        Vector<int> n0 = NegatedExponent(x0);
        Vector<int> n1 = NegatedExponent(x1);
        Vector<int> n2 = NegatedExponent(x2);
        Vector<int> n3 = NegatedExponent(x3);
        x0 = Vector<float>.One - (x0.As<float, int>() + n0).As<int, float>();
        x1 = Vector<float>.One - (x1.As<float, int>() + n1).As<int, float>();
        x2 = Vector<float>.One - (x2.As<float, int>() + n2).As<int, float>();
        x3 = Vector<float>.One - (x3.As<float, int>() + n3).As<int, float>();
        Finish(ref x0, ref x1, ref x2, ref x3, n0, n1, n2, n3);
    }

    /// <summary>Four vectors at once, as <see cref="NegLog(Vector{float})"/> and its like.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void NegLog1m(
        ref Vector<float> v0, ref Vector<float> v1, ref Vector<float> v2, ref Vector<float> v3)
    {
        Vector<int> n0 = NegatedExponent(Vector<float>.One - v0);
        Vector<int> n1 = NegatedExponent(Vector<float>.One - v1);
        Vector<int> n2 = NegatedExponent(Vector<float>.One - v2);
        Vector<int> n3 = NegatedExponent(Vector<float>.One - v3);
        v0 = Complement(v0, n0);
        v1 = Complement(v1, n1);
        v2 = Complement(v2, n2);
        v3 = Complement(v3, n3);
        Finish(ref v0, ref v1, ref v2, ref v3, n0, n1, n2, n3);
    }

    /// <summary>y of 1 - v, without rounding 1 - v.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Complement(Vector<float> v, Vector<int> n)
    {
        Vector<float> s = (Vector.Create((int)OneBits) + n).As<int, float>();
        return Vector.FusedMultiplyAdd(v, s, Vector<float>.One - s);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(
        ref Vector<float> y0, ref Vector<float> y1, ref Vector<float> y2, ref Vector<float> y3,
        Vector<int> n0, Vector<int> n1, Vector<int> n2, Vector<int> n3)
    {
        Vector<float> r0 = Vector.FusedMultiplyAdd(y0, Vector.Create(R6), Vector.Create(R5));
        Vector<float> r1 = Vector.FusedMultiplyAdd(y1, Vector.Create(R6), Vector.Create(R5));
        Vector<float> r2 = Vector.FusedMultiplyAdd(y2, Vector.Create(R6), Vector.Create(R5));
        Vector<float> r3 = Vector.FusedMultiplyAdd(y3, Vector.Create(R6), Vector.Create(R5));
        Horner.Step4(ref r0, ref r1, ref r2, ref r3, y0, y1, y2, y3, Vector.Create(R4));
        Horner.Step4(ref r0, ref r1, ref r2, ref r3, y0, y1, y2, y3, Vector.Create(R3));
        Horner.Step4(ref r0, ref r1, ref r2, ref r3, y0, y1, y2, y3, Vector.Create(R2));
        Horner.Step4(ref r0, ref r1, ref r2, ref r3, y0, y1, y2, y3, Vector.Create(R1));
        Horner.Step4(ref r0, ref r1, ref r2, ref r3, y0, y1, y2, y3, Vector.Create(R0));
        Horner.Step4(ref r0, ref r1, ref r2, ref r3, y0, y1, y2, y3, Vector.Create(0.5f));
        y0 = AddExponent(Vector.FusedMultiplyAdd(y0 * y0, r0, y0), n0);
        y1 = AddExponent(Vector.FusedMultiplyAdd(y1 * y1, r1, y1), n1);
        y2 = AddExponent(Vector.FusedMultiplyAdd(y2 * y2, r2, y2), n2);
        y3 = AddExponent(Vector.FusedMultiplyAdd(y3 * y3, r3, y3), n3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> AddExponent(Vector<float> p, Vector<int> n) =>
        Vector.FusedMultiplyAdd(Vector.ConvertToSingle(n), Vector.Create(Ln2Scaled), p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<int> NegatedExponent(Vector<float> t) => Vector.AndNot(
        Vector.Create(unchecked((int)ExponentMask)), t.As<float, int>() - Vector.Create((int)OneAndAHalfBits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Finish(Vector<float> y, Vector<int> n)
    {
        Vector<float> r = Vector.FusedMultiplyAdd(y, Vector.Create(R6), Vector.Create(R5));
        r = Vector.FusedMultiplyAdd(y, r, Vector.Create(R4));
        r = Vector.FusedMultiplyAdd(y, r, Vector.Create(R3));
        r = Vector.FusedMultiplyAdd(y, r, Vector.Create(R2));
        r = Vector.FusedMultiplyAdd(y, r, Vector.Create(R1));
        r = Vector.FusedMultiplyAdd(y, r, Vector.Create(R0));
        r = Vector.FusedMultiplyAdd(y, r, Vector.Create(0.5f));
        return AddExponent(Vector.FusedMultiplyAdd(y * y, r, y), n);
    }
}
