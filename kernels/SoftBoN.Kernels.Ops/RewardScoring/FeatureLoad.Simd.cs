using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>Factors of dot products from memory of any format to whole folds of floats.</summary>
internal static unsafe class FeatureLoad
{
    private const int CacheLine = 64;

    /// <summary>Converts values to factors, and fills up to whole folds with 0.</summary>
    /// <param name="values">The row.</param>
    /// <param name="start">The first value.</param>
    /// <param name="length">How many.</param>
    /// <param name="destination">Room for whole folds.</param>
    /// <param name="next">
    /// What will be read next, as many values: asked for here, so that it arrives while these are worked on.
    /// </param>
    public static void Factors(TokenValues values, int start, int length, float* destination, void* next)
    {
        switch (values.Element)
        {
            case TokenElement.Float32:
                Factors<Float32Vectors>((byte*)values.Start + (4L * start), length, destination, (byte*)next);
                break;
            case TokenElement.Half:
                Factors<HalfVectors>((byte*)values.Start + (2L * start), length, destination, (byte*)next);
                break;
            default:
                Factors<BFloat16Vectors>((byte*)values.Start + (2L * start), length, destination, (byte*)next);
                break;
        }

        int padded = VectorRow.RoundUp(length);
        new Span<float>(destination + length, padded - length).Clear();
    }

    [MethodImpl(HotLoop)]
    private static void Factors<TElement>(byte* from, int length, float* destination, byte* next)
        where TElement : IFeatureVectors
    {
        int width = Vector<float>.Count;
        int whole = length - (length % (4 * width));
        int step = 4 * width * TElement.Size;
        Vector<float> tiny = Vector.Create(Bits.TinyFactor);
        byte* values = from;
        for (int i = 0; i < whole; i += 4 * width, values += step, next += step)
        {
            Prefetch(next, step);
            TElement.Load(values, out Vector<float> a, out Vector<float> b);
            TElement.Load(values + (step / 2), out Vector<float> c, out Vector<float> d);
            Bits.ZeroBelowKeepNaN(a, tiny).Store(destination + i);
            Bits.ZeroBelowKeepNaN(b, tiny).Store(destination + i + width);
            Bits.ZeroBelowKeepNaN(c, tiny).Store(destination + i + (2 * width));
            Bits.ZeroBelowKeepNaN(d, tiny).Store(destination + i + (3 * width));
        }

        for (int i = whole; i < length; i++, values += TElement.Size)
        {
            destination[i] = RewardScoringOp.Factor(TElement.One(values));
        }
    }

    /// <summary>Asks for the lines of one step; nothing happens where there is no such memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(byte* next, int bytes)
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        Sse.Prefetch0(next);
        if (bytes >= 2 * CacheLine)
        {
            Sse.Prefetch0(next + CacheLine);
        }

        if (bytes >= 4 * CacheLine)
        {
            Sse.Prefetch0(next + (2 * CacheLine));
            Sse.Prefetch0(next + (3 * CacheLine));
        }

        if (bytes >= 8 * CacheLine)
        {
            Sse.Prefetch0(next + (4 * CacheLine));
            Sse.Prefetch0(next + (5 * CacheLine));
            Sse.Prefetch0(next + (6 * CacheLine));
            Sse.Prefetch0(next + (7 * CacheLine));
        }
    }
}
