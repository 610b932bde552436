using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SoftBoN.Kernels.Ops.Numerics;

/// <summary>
/// Powers of two in vectors of 512 bits, where the processor has them and <see cref="Vector{T}"/> is half as wide: they are
/// most of what soft weights and sums of tokens do. The same operations in the same order, so the same bits.
/// </summary>
internal static unsafe class WideExponential
{
    /// <summary>Whether wider vectors are there than the loops use.</summary>
    public static bool IsWider
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.IsHardwareAccelerated && Vector<float>.Count < Vector512<float>.Count;
    }

    /// <summary>2^((value * unit + offset) * factor), as <see cref="Exponential.Exp2(float)"/> makes it.</summary>
    /// <param name="values">The values.</param>
    /// <param name="exps">The results.</param>
    /// <param name="length">How many, a multiple of 16.</param>
    /// <param name="unit">The factor of a value.</param>
    /// <param name="offset">What is added to it, with one rounding.</param>
    /// <param name="factor">The factor of the sum.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Make(float* values, float* exps, int length, float unit, float offset, float factor)
    {
        Vector512<float> units = Vector512.Create(unit);
        Vector512<float> offsets = Vector512.Create(offset);
        Vector512<float> factors = Vector512.Create(factor);
        int width = Vector512<float>.Count;
        int i = 0;
        for (; i <= length - (2 * width); i += 2 * width)
        {
            Vector512<float> x0 = Vector512.FusedMultiplyAdd(Vector512.Load(values + i), units, offsets) * factors;
            Vector512<float> x1 = Vector512.FusedMultiplyAdd(Vector512.Load(values + i + width), units, offsets) * factors;
            Exp2(x0).Store(exps + i);
            Exp2(x1).Store(exps + i + width);
        }

        for (; i < length; i += width)
        {
            Exp2(Vector512.FusedMultiplyAdd(Vector512.Load(values + i), units, offsets) * factors).Store(exps + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Exp2(Vector512<float> x)
    {
        Vector512<float> magic = Vector512.Create(Exponential.RoundingMagic);
        Vector512<float> z = x + magic;
        Vector512<float> f = x - (z - magic);
        Vector512<float> p = Vector512.FusedMultiplyAdd(
            f, Vector512.Create(Exponential.Q6), Vector512.Create(Exponential.Q5));
        p = Vector512.FusedMultiplyAdd(f, p, Vector512.Create(Exponential.Q4));
        p = Vector512.FusedMultiplyAdd(f, p, Vector512.Create(Exponential.Q3));
        p = Vector512.FusedMultiplyAdd(f, p, Vector512.Create(Exponential.Q2));
        p = Vector512.FusedMultiplyAdd(f, p, Vector512.Create(Exponential.Q1));
        p = Vector512.FusedMultiplyAdd(f, p, Vector512<float>.One);
        Vector512<float> power = (p.AsInt32() + (z.AsInt32() << 23)).AsSingle();
        Vector512<float> isZero = Vector512.LessThan(x, Vector512.Create(Exponential.Exp2UnderflowBelow));
        return Vector512.AndNot(power, isZero);
    }
}
