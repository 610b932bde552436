using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>How products of 32 values of one format are added in vectors of 512 bits.</summary>
internal unsafe interface IWideFactors
{
    /// <summary>Bytes per value.</summary>
    static abstract int Size { get; }

    /// <summary>Adds the products of values, as they count, with finite weights.</summary>
    static abstract void Add(byte* values, float* weights, ref Vector512<float> low, ref Vector512<float> high);

    /// <summary>
    /// The same, unless a value is so small that it counts as 0: then the least magnitude says so, and the sums are wrong.
    /// </summary>
    static abstract void AddUnlessTiny(
        byte* values, float* weights, ref Vector512<float> low, ref Vector512<float> high, ref Vector512<float> least);
}

internal readonly unsafe struct WideFloat32 : IWideFactors
{
    public static int Size => sizeof(float);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(byte* values, float* weights, ref Vector512<float> low, ref Vector512<float> high)
    {
        low = Add((float*)values, weights, low);
        high = Add((float*)values + Vector512<float>.Count, weights + Vector512<float>.Count, high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddUnlessTiny(
        byte* values, float* weights, ref Vector512<float> low, ref Vector512<float> high, ref Vector512<float> least)
    {
        const byte LesserMagnitude = 0b0010;
        Vector512<float> a = Vector512.Load((float*)values);
        Vector512<float> b = Vector512.Load((float*)values + Vector512<float>.Count);
        least = Avx512DQ.Range(Avx512DQ.Range(least, a, LesserMagnitude), b, LesserMagnitude);
        low = Vector512.FusedMultiplyAdd(a, Vector512.Load(weights), low);
        high = Vector512.FusedMultiplyAdd(b, Vector512.Load(weights + Vector512<float>.Count), high);
    }

    /// <summary>A factor that counts as 0 leaves the sum as it is: that saves making it 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Add(float* values, float* weights, Vector512<float> sum)
    {
        Vector512<float> x = Vector512.Load(values);
        Vector512<float> isTiny = Vector512.LessThan(Vector512.Abs(x), Vector512.Create(Bits.TinyFactor));
        return Vector512.ConditionalSelect(isTiny, sum, Vector512.FusedMultiplyAdd(x, Vector512.Load(weights), sum));
    }
}

internal readonly unsafe struct WideHalf : IWideFactors
{
    public static int Size => sizeof(ushort);

    /// <summary>No half but 0 is so small that it counts as 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(byte* values, float* weights, ref Vector512<float> low, ref Vector512<float> high)
    {
        (Vector512<int> first, Vector512<int> second) = Vector512.Widen(Vector512.Load((short*)values));
        low = Vector512.FusedMultiplyAdd(NarrowFloats.FromHalf(first), Vector512.Load(weights), low);
        high = Vector512.FusedMultiplyAdd(
            NarrowFloats.FromHalf(second), Vector512.Load(weights + Vector512<float>.Count), high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddUnlessTiny(
        byte* values, float* weights, ref Vector512<float> low, ref Vector512<float> high, ref Vector512<float> least) =>
        Add(values, weights, ref low, ref high);
}

internal readonly unsafe struct WideBFloat16 : IWideFactors
{
    /// <summary>The bits of 2^-40, as a bfloat16.</summary>
    private const ushort TinyFactor = 0x2b80;

    public static int Size => sizeof(ushort);

    /// <summary>
    /// Values are dropped while they have 16 bits, and laid out so that the lower halves of 32 bits are the first 16 of
    /// them and the upper halves the others.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(byte* values, float* weights, ref Vector512<float> low, ref Vector512<float> high)
    {
        Vector512<ushort> all = Vector512.Load((ushort*)values);
        Vector512<ushort> magnitude = all & Vector512.Create((ushort)0x7fff);
        Vector512<ushort> isTiny = Vector512.LessThan(magnitude, Vector512.Create(TinyFactor));
        all = Vector512.ConditionalSelect(isTiny, Vector512<ushort>.Zero, all);
        Vector512<uint> pairs = Avx512BW.PermuteVar32x16(all, Places).AsUInt32();
        Vector512<float> upper = (pairs & Vector512.Create(0xffff0000u)).AsSingle();
        low = Vector512.FusedMultiplyAdd((pairs << 16).AsSingle(), Vector512.Load(weights), low);
        high = Vector512.FusedMultiplyAdd(upper, Vector512.Load(weights + Vector512<float>.Count), high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddUnlessTiny(
        byte* values, float* weights, ref Vector512<float> low, ref Vector512<float> high, ref Vector512<float> least) =>
        Add(values, weights, ref low, ref high);

    private static Vector512<ushort> Places
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            (ushort)0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23,
            8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    }
}
