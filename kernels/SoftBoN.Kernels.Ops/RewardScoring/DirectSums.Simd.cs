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
            ? MultiplyInOrder<TWide, Off>(hidden, length, weights, next)
            : MultiplyInTurns<TElement>(hidden, weights, next);

    /// <summary>
    /// All lanes at once, in vectors of 512 bits, so that values are read in the order in which they lie: the processor
    /// then asks for what comes next by itself, and sooner where it is also told. Hardly ever is a value so small that it
    /// counts as 0, so that is asked of all at the end, and the segment is multiplied again if one was.
    /// </summary>
    [MethodImpl(HotLoop)]
    private static float MultiplyInOrder<TWide, TTiny>(byte* values, int length, float* weights, byte* next)
        where TWide : IWideFactors
        where TTiny : IFlag
    {
        // Before there are sums in registers, which a call would put aside, and so would every step of the loop.
        byte* last = stackalloc byte[CanonicalSum.Lanes * sizeof(float)];
        int step = CanonicalSum.Lanes * TWide.Size;
        int rest = length % CanonicalSum.Lanes;
        byte* end = values + ((length - rest) * TWide.Size);
        FillUp(end, rest * TWide.Size, last, step);
        Vector512<float> s0 = Vector512<float>.Zero;
        Vector512<float> s1 = s0;
        Vector512<float> s2 = s0;
        Vector512<float> s3 = s0;
        Vector512<float> s4 = s0;
        Vector512<float> s5 = s0;
        Vector512<float> s6 = s0;
        Vector512<float> s7 = s0;
        Vector512<float> least0 = Vector512.Create(float.MaxValue);
        Vector512<float> least1 = least0;
        Vector512<float> least2 = least0;
        Vector512<float> least3 = least0;
        float* w = weights;
        for (byte* hidden = values; hidden < end; hidden += step, next += step, w += CanonicalSum.Lanes)
        {
            FeatureLoad.Prefetch(next, step);
            Add<TWide, TTiny>(hidden, w, ref s0, ref s1, ref least0);
            Add<TWide, TTiny>(hidden + (step / 4), w + 32, ref s2, ref s3, ref least1);
            Add<TWide, TTiny>(hidden + (step / 2), w + 64, ref s4, ref s5, ref least2);
            Add<TWide, TTiny>(hidden + (3 * (step / 4)), w + 96, ref s6, ref s7, ref least3);
        }

        Vector512<float> tiny = Vector512.Create(Bits.TinyFactor);
        if (!TTiny.Value && Vector512.LessThanAny(Least(Least(least0, least1), Least(least2, least3)), tiny))
        {
            return MultiplyInOrder<TWide, On>(values, length, weights, values);
        }

        if (rest > 0)
        {
            Add<TWide, On>(last, w, ref s0, ref s1, ref least0);
            Add<TWide, On>(last + (step / 4), w + 32, ref s2, ref s3, ref least0);
            Add<TWide, On>(last + (step / 2), w + 64, ref s4, ref s5, ref least0);
            Add<TWide, On>(last + (3 * (step / 4)), w + 96, ref s6, ref s7, ref least0);
        }

        return LaneFold.Sum(s0, s1, s2, s3, s4, s5, s6, s7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Least(Vector512<float> a, Vector512<float> b) =>
        Vector512.MinNative(Vector512.Abs(a), Vector512.Abs(b));

    /// <summary>Adds the products of 32 values, of which some may be tiny or none is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TWide, TTiny>(
        byte* values, float* weights, ref Vector512<float> low, ref Vector512<float> high, ref Vector512<float> least)
        where TWide : IWideFactors
        where TTiny : IFlag
    {
        if (TTiny.Value)
        {
            TWide.Add(values, weights, ref low, ref high);
        }
        else
        {
            TWide.AddUnlessTiny(values, weights, ref low, ref high, ref least);
        }
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
