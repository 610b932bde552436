using System.Numerics;
using System.Runtime.CompilerServices;

namespace SoftBoN.Kernels.Ops.Numerics;

internal static partial class Exponential
{
    /// <inheritdoc cref="Exp(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Exp(Vector<float> x)
    {
        Vector<float> z = Vector.FusedMultiplyAdd(x, Vector.Create(Log2E), Vector.Create(RoundingMagic));
        Vector<float> r = Reduce(x, z - Vector.Create(RoundingMagic));
        Vector<float> p = Vector.FusedMultiplyAdd(r, QuadraticTail(r), Vector<float>.One);
        p = Vector.FusedMultiplyAdd(r, p, Vector<float>.One);
        return ScaleOrZero(x, z, p);
    }

    /// <inheritdoc cref="Exp2(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Exp2(Vector<float> x)
    {
        Vector<float> unused1 = x, unused2 = x, unused3 = x;
        Exp2(ref x, ref unused1, ref unused2, ref unused3);
        return x;
    }

    /// <summary>Four vectors at once: the chain of fused operations is long, and four of them fill its latency.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Exp2(
        ref Vector<float> x0, ref Vector<float> x1, ref Vector<float> x2, ref Vector<float> x3)
    {
        Vector<float> magic = Vector.Create(RoundingMagic);
        Vector<float> z0 = x0 + magic;
        Vector<float> z1 = x1 + magic;
        Vector<float> z2 = x2 + magic;
        Vector<float> z3 = x3 + magic;
        Vector<float> f0 = x0 - (z0 - magic);
        Vector<float> f1 = x1 - (z1 - magic);
        Vector<float> f2 = x2 - (z2 - magic);
        Vector<float> f3 = x3 - (z3 - magic);
        Vector<float> p0 = Vector.FusedMultiplyAdd(f0, Vector.Create(Q6), Vector.Create(Q5));
        Vector<float> p1 = Vector.FusedMultiplyAdd(f1, Vector.Create(Q6), Vector.Create(Q5));
        Vector<float> p2 = Vector.FusedMultiplyAdd(f2, Vector.Create(Q6), Vector.Create(Q5));
        Vector<float> p3 = Vector.FusedMultiplyAdd(f3, Vector.Create(Q6), Vector.Create(Q5));
        Horner.Step4(ref p0, ref p1, ref p2, ref p3, f0, f1, f2, f3, Vector.Create(Q4));
        Horner.Step4(ref p0, ref p1, ref p2, ref p3, f0, f1, f2, f3, Vector.Create(Q3));
        Horner.Step4(ref p0, ref p1, ref p2, ref p3, f0, f1, f2, f3, Vector.Create(Q2));
        Horner.Step4(ref p0, ref p1, ref p2, ref p3, f0, f1, f2, f3, Vector.Create(Q1));
        Horner.Step4(ref p0, ref p1, ref p2, ref p3, f0, f1, f2, f3, Vector<float>.One);
        x0 = ShiftOrZero(x0, z0, p0);
        x1 = ShiftOrZero(x1, z1, p1);
        x2 = ShiftOrZero(x2, z2, p2);
        x3 = ShiftOrZero(x3, z3, p3);
    }

    /// <inheritdoc cref="Expm1(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Expm1(Vector<float> x)
    {
        Vector<float> limit = Vector.Create(Expm1Saturates);
        x = Vector.ConditionalSelect(Vector.LessThan(x, limit), limit, x);
        Vector<float> z = Vector.FusedMultiplyAdd(x, Vector.Create(Log2E), Vector.Create(RoundingMagic));
        Vector<float> r = Reduce(x, z - Vector.Create(RoundingMagic));
        Vector<float> m = Vector.FusedMultiplyAdd(r * r, QuadraticTail(r), r);
        Vector<float> s = PowerOfTwo(z);
        return Vector.FusedMultiplyAdd(s, m, s - Vector<float>.One);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Reduce(Vector<float> x, Vector<float> k) => Vector.FusedMultiplyAdd(
        k, Vector.Create(-Ln2Low), Vector.FusedMultiplyAdd(k, Vector.Create(-Ln2High), x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> PowerOfTwo(Vector<float> z) =>
        Vector.Add(Vector.ShiftLeft(z.As<float, int>(), 23), Vector.Create(OneBits)).As<int, float>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> ScaleOrZero(Vector<float> x, Vector<float> z, Vector<float> p) => Vector.AndNot(
        p * PowerOfTwo(z), Vector.LessThan(x, Vector.Create(UnderflowBelow)).As<int, float>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> ShiftOrZero(Vector<float> x, Vector<float> z, Vector<float> p)
    {
        Vector<float> power = (p.As<float, int>() + (z.As<float, int>() << 23)).As<int, float>();
        return Vector.AndNot(power, Vector.LessThan(x, Vector.Create(Exp2UnderflowBelow)).As<int, float>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> QuadraticTail(Vector<float> r)
    {
        Vector<float> p = Vector.FusedMultiplyAdd(r, Vector.Create(P4), Vector.Create(P3));
        p = Vector.FusedMultiplyAdd(r, p, Vector.Create(P2));
        p = Vector.FusedMultiplyAdd(r, p, Vector.Create(P1));
        return Vector.FusedMultiplyAdd(r, p, Vector.Create(P0));
    }
}
