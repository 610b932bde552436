using System.Numerics;
using System.Runtime.CompilerServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>How two vectors of floats are read from values of one format.</summary>
internal unsafe interface IFeatureVectors
{
    /// <summary>Bytes per value.</summary>
    static abstract int Size { get; }

    static abstract void Load(byte* from, out Vector<float> low, out Vector<float> high);

    static abstract float One(byte* from);
}

internal readonly unsafe struct Float32Vectors : IFeatureVectors
{
    public static int Size => sizeof(float);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(byte* from, out Vector<float> low, out Vector<float> high)
    {
        low = Vector.Load((float*)from);
        high = Vector.Load((float*)from + Vector<float>.Count);
    }

    public static float One(byte* from) => *(float*)from;
}

internal readonly unsafe struct HalfVectors : IFeatureVectors
{
    public static int Size => sizeof(ushort);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(byte* from, out Vector<float> low, out Vector<float> high)
    {
        Vector.Widen(Vector.Load((short*)from), out Vector<int> first, out Vector<int> second);
        low = NarrowFloats.FromHalf(first);
        high = NarrowFloats.FromHalf(second);
    }

    public static float One(byte* from) => NarrowFloats.FromHalf(*(ushort*)from);
}

internal readonly unsafe struct BFloat16Vectors : IFeatureVectors
{
    public static int Size => sizeof(ushort);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(byte* from, out Vector<float> low, out Vector<float> high)
    {
        Vector.Widen(Vector.Load((short*)from), out Vector<int> first, out Vector<int> second);
        low = NarrowFloats.FromBFloat16(first);
        high = NarrowFloats.FromBFloat16(second);
    }

    public static float One(byte* from) => NarrowFloats.FromBFloat16(*(ushort*)from);
}
