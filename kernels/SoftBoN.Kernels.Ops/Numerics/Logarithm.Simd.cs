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
        Vector<float> s = (Vector.Create((int)OneBits) + n).As<int, float>();
        Vector<float> y = Vector.FusedMultiplyAdd(v, s, Vector<float>.One - s);
        return Finish(y, n);
    }

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
        Vector<float> p = Vector.FusedMultiplyAdd(y * y, r, y);
        return Vector.FusedMultiplyAdd(Vector.ConvertToSingle(n), Vector.Create(Ln2Scaled), p);
    }
}
