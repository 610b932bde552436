using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SoftBoN.Kernels.Ops.Numerics;

/// <content>The same in 512 bits, for <see cref="Noise"/>: one vector at a time, the processor has several under way.</content>
internal static partial class Logarithm
{
    /// <inheritdoc cref="NegLog(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> NegLog(Vector512<float> x)
    {
        Vector512<int> n = NegatedExponent(x);
        return Finish(Vector512<float>.One - (x.AsInt32() + n).AsSingle(), n);
    }

    /// <inheritdoc cref="NegLog1m(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> NegLog1m(Vector512<float> v)
    {
        Vector512<int> n = NegatedExponent(Vector512<float>.One - v);
        Vector512<float> s = (Vector512.Create((int)OneBits) + n).AsSingle();
        return Finish(Vector512.FusedMultiplyAdd(v, s, Vector512<float>.One - s), n);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> NegatedExponent(Vector512<float> t) => Vector512.AndNot(
        Vector512.Create(unchecked((int)ExponentMask)), t.AsInt32() - Vector512.Create((int)OneAndAHalfBits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Finish(Vector512<float> y, Vector512<int> n)
    {
        Vector512<float> r = Vector512.FusedMultiplyAdd(y, Vector512.Create(R6), Vector512.Create(R5));
        r = Vector512.FusedMultiplyAdd(y, r, Vector512.Create(R4));
        r = Vector512.FusedMultiplyAdd(y, r, Vector512.Create(R3));
        r = Vector512.FusedMultiplyAdd(y, r, Vector512.Create(R2));
        r = Vector512.FusedMultiplyAdd(y, r, Vector512.Create(R1));
        r = Vector512.FusedMultiplyAdd(y, r, Vector512.Create(R0));
        r = Vector512.FusedMultiplyAdd(y, r, Vector512.Create(0.5f));
        Vector512<float> p = Vector512.FusedMultiplyAdd(y * y, r, y);
        return Vector512.FusedMultiplyAdd(Vector512.ConvertToSingle(n), Vector512.Create(Ln2Scaled), p);
    }
}
