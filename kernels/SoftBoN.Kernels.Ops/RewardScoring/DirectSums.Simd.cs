using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// The canonical dot product of a segment that one head alone asks for: values are converted in registers and
/// never stored.
/// </summary>
internal static unsafe class DirectSums
{
    /// <summary>How many of a row's values can be multiplied here: all, or those of whole segments.</summary>
    public static int CountOf(int dimension) =>
        LaneFold.HasWide ? dimension : dimension / CanonicalSum.SegmentLength * CanonicalSum.SegmentLength;

    /// <summary>The products of a segment of hidden values with weights.</summary>
    /// <param name="hidden">The values.</param>
    /// <param name="length">How many: 1024, or fewer where a row's last segment has no more.</param>
    /// <param name="weights">Their weights, filled up to whole lanes with 0.</param>
    /// <param name="next">The values that are read next, asked for here.</param>
    public static float Multiply(TokenValues hidden, int length, float* weights, void* next) => hidden.Element switch
    {
        TokenElement.Float32 => Multiply<Float32Vectors, WideFloat32>((byte*)hidden.Start, length, weights, (byte*)next),
        TokenElement.Half => Multiply<HalfVectors, WideHalf>((byte*)hidden.Start, length, weights, (byte*)next),
        _ => Multiply<BFloat16Vectors, WideBFloat16>((byte*)hidden.Start, length, weights, (byte*)next),
    };

    private static float Multiply<TElement, TWide>(byte* hidden, int length, float* weights, byte* next)
        where TElement : IFeatureVectors
        where TWide : IWideFactors => LaneFold.HasWide
            ? MultiplyInOrder<TWide>(hidden, length, weights, next)
            : MultiplyInTurns<TElement>(hidden, weights, next);

    /// <summary>
    /// All lanes at once, in vectors of 512 bits, so that values are read in the order in which they lie: the processor
    /// then asks for what comes next by itself, and sooner where it is also told.
    /// </summary>
    [MethodImpl(HotLoop)]
    private static float MultiplyInOrder<TWide>(byte* hidden, int length, float* weights, byte* next)
        where TWide : IWideFactors
    {
        // Before there are sums in registers, which a call would put aside, and so would every step of the loop.
        byte* last = stackalloc byte[CanonicalSum.Lanes * sizeof(float)];
        int step = CanonicalSum.Lanes * TWide.Size;
        int rest = length % CanonicalSum.Lanes;
        FillUp(hidden + ((length - rest) * TWide.Size), rest * TWide.Size, last, step);
        Vector512<float> s0 = Vector512<float>.Zero;
        Vector512<float> s1 = s0;
        Vector512<float> s2 = s0;
        Vector512<float> s3 = s0;
        Vector512<float> s4 = s0;
        Vector512<float> s5 = s0;
        Vector512<float> s6 = s0;
        Vector512<float> s7 = s0;
        for (byte* end = hidden + ((length - rest) * TWide.Size); hidden < end; hidden += step, next += step)
        {
            FeatureLoad.PrefetchFar(next, step);
            AddLanes<TWide>(hidden, weights, ref s0, ref s1, ref s2, ref s3, ref s4, ref s5, ref s6, ref s7);
            weights += CanonicalSum.Lanes;
        }

        if (rest > 0)
        {
            AddLanes<TWide>(last, weights, ref s0, ref s1, ref s2, ref s3, ref s4, ref s5, ref s6, ref s7);
        }

        return LaneFold.Sum(s0, s1, s2, s3, s4, s5, s6, s7);
    }

    /// <summary>Copies bytes and fills them up with 0.</summary>
    private static void FillUp(byte* from, int count, byte* destination, int length)
    {
        if (count > 0)
        {
            new ReadOnlySpan<byte>(from, count).CopyTo(new Span<byte>(destination, length));
            new Span<byte>(destination + count, length - count).Clear();
        }
    }

    /// <summary>One product for each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddLanes<TWide>(
        byte* hidden,
        float* weights,
        ref Vector512<float> s0,
        ref Vector512<float> s1,
        ref Vector512<float> s2,
        ref Vector512<float> s3,
        ref Vector512<float> s4,
        ref Vector512<float> s5,
        ref Vector512<float> s6,
        ref Vector512<float> s7)
        where TWide : IWideFactors
    {
        int step = 2 * Vector512<float>.Count;
        TWide.Add(hidden, weights, ref s0, ref s1);
        TWide.Add(hidden + (step * TWide.Size), weights + step, ref s2, ref s3);
        TWide.Add(hidden + (2 * step * TWide.Size), weights + (2 * step), ref s4, ref s5);
        TWide.Add(hidden + (3 * step * TWide.Size), weights + (3 * step), ref s6, ref s7);
    }

    /// <summary>Eight chains at a time: as many as registers hold beside what is on its way to them.</summary>
    [MethodImpl(HotLoop)]
    private static float MultiplyInTurns<TElement>(byte* hidden, float* weights, byte* next)
        where TElement : IFeatureVectors
    {
        Vector<float>* folds = stackalloc Vector<float>[SegmentFolds.Capacity];
        int width = Vector<float>.Count;
        int step = 2 * width * TElement.Size;
        int columns = 0;
        for (int lane = 0; lane < CanonicalSum.Lanes; lane += 8 * width)
        {
            Vector<float> s0 = Vector<float>.Zero;
            Vector<float> s1 = s0;
            Vector<float> s2 = s0;
            Vector<float> s3 = s0;
            Vector<float> s4 = s0;
            Vector<float> s5 = s0;
            Vector<float> s6 = s0;
            Vector<float> s7 = s0;
            for (int i = lane; i < CanonicalSum.SegmentLength; i += CanonicalSum.Lanes)
            {
                byte* from = hidden + (i * TElement.Size);
                float* w = weights + i;
                FeatureLoad.Prefetch(next + (i * TElement.Size), 4 * step);
                AddPair<TElement>(from, w, ref s0, ref s1);
                AddPair<TElement>(from + step, w + (2 * width), ref s2, ref s3);
                AddPair<TElement>(from + (2 * step), w + (4 * width), ref s4, ref s5);
                AddPair<TElement>(from + (3 * step), w + (6 * width), ref s6, ref s7);
            }

            folds[columns++] = LaneFold.Groups(s0, s1, s2, s3);
            folds[columns++] = LaneFold.Groups(s4, s5, s6, s7);
        }

        return SegmentFolds.Combine(folds, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddPair<TElement>(byte* hidden, float* weights, ref Vector<float> low, ref Vector<float> high)
        where TElement : IFeatureVectors
    {
        Vector<float> tiny = Vector.Create(Bits.TinyFactor);
        TElement.Load(hidden, out Vector<float> a, out Vector<float> b);
        low = Vector.FusedMultiplyAdd(Bits.ZeroBelowKeepNaN(a, tiny), Vector.Load(weights), low);
        high = Vector.FusedMultiplyAdd(
            Bits.ZeroBelowKeepNaN(b, tiny), Vector.Load(weights + Vector<float>.Count), high);
    }
}
