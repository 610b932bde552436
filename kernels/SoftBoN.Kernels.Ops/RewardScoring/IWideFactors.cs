using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>How 32 factors of dot products are read, as they count, from values of one format into vectors of 512 bits.</summary>
internal unsafe interface IWideFactors
{
    /// <summary>Bytes per value.</summary>
    static abstract int Size { get; }

    static abstract void Load(byte* from, out Vector512<float> low, out Vector512<float> high);
}

internal readonly unsafe struct WideFloat32 : IWideFactors
{
    public static int Size => sizeof(float);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(byte* from, out Vector512<float> low, out Vector512<float> high)
    {
        Vector512<float> tiny = Vector512.Create(Bits.TinyFactor);
        low = Bits.ZeroBelowKeepNaN(Vector512.Load((float*)from), tiny);
        high = Bits.ZeroBelowKeepNaN(Vector512.Load((float*)from + Vector512<float>.Count), tiny);
    }
}

internal readonly unsafe struct WideHalf : IWideFactors
{
    public static int Size => sizeof(ushort);

    /// <summary>No half but 0 is so small that it counts as 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(byte* from, out Vector512<float> low, out Vector512<float> high)
    {
        (Vector512<int> first, Vector512<int> second) = Vector512.Widen(Vector512.Load((short*)from));
        low = NarrowFloats.FromHalf(first);
        high = NarrowFloats.FromHalf(second);
    }
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
    public static void Load(byte* from, out Vector512<float> low, out Vector512<float> high)
    {
        Vector512<ushort> values = Vector512.Load((ushort*)from);
        Vector512<ushort> magnitude = values & Vector512.Create((ushort)0x7fff);
        values = Vector512.AndNot(values, Vector512.LessThan(magnitude, Vector512.Create(TinyFactor)));
        Vector512<uint> pairs = Avx512BW.PermuteVar32x16(values, Places).AsUInt32();
        low = (pairs << 16).AsSingle();
        high = (pairs & Vector512.Create(0xffff0000u)).AsSingle();
    }

    private static Vector512<ushort> Places
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            (ushort)0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23,
            8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    }
}
