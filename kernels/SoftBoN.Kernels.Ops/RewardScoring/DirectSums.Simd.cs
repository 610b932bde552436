using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// The canonical dot product of a whole segment that one head alone asks for: values are converted in registers and
/// never stored.
/// </summary>
internal static unsafe class DirectSums
{
    /// <summary>Whether a vector is a sixteenth of a segment's lanes, and there are registers for all of them.</summary>
    private static bool IsWide => Vector<float>.Count == 8 && Avx512F.VL.IsSupported;

    /// <summary>The products of a segment of hidden values with weights.</summary>
    /// <param name="hidden">1024 values.</param>
    /// <param name="weights">Their weights.</param>
    /// <param name="next">The 1024 values that are read next, asked for here.</param>
    public static float Multiply(TokenValues hidden, float* weights, void* next) => hidden.Element switch
    {
        TokenElement.Float32 when IsWide => MultiplyInOrder((float*)hidden.Start, weights),
        TokenElement.Float32 => Multiply<Float32Vectors>((byte*)hidden.Start, weights, (byte*)next),
        TokenElement.Half => Multiply<HalfVectors>((byte*)hidden.Start, weights, (byte*)next),
        _ => Multiply<BFloat16Vectors>((byte*)hidden.Start, weights, (byte*)next),
    };

    /// <summary>
    /// All lanes at once, so that values are read in the order in which they lie: the processor then asks for what comes
    /// next by itself.
    /// </summary>
    [MethodImpl(HotLoop)]
    private static float MultiplyInOrder(float* hidden, float* weights)
    {
        const int Width = 8;
        Vector<float> s0 = Vector<float>.Zero;
        Vector<float> s1 = s0;
        Vector<float> s2 = s0;
        Vector<float> s3 = s0;
        Vector<float> s4 = s0;
        Vector<float> s5 = s0;
        Vector<float> s6 = s0;
        Vector<float> s7 = s0;
        Vector<float> s8 = s0;
        Vector<float> s9 = s0;
        Vector<float> s10 = s0;
        Vector<float> s11 = s0;
        Vector<float> s12 = s0;
        Vector<float> s13 = s0;
        Vector<float> s14 = s0;
        Vector<float> s15 = s0;
        for (float* end = hidden + CanonicalSum.SegmentLength; hidden < end; hidden += CanonicalSum.Lanes)
        {
            s0 = Add(hidden, weights, s0);
            s1 = Add(hidden + Width, weights + Width, s1);
            s2 = Add(hidden + (2 * Width), weights + (2 * Width), s2);
            s3 = Add(hidden + (3 * Width), weights + (3 * Width), s3);
            s4 = Add(hidden + (4 * Width), weights + (4 * Width), s4);
            s5 = Add(hidden + (5 * Width), weights + (5 * Width), s5);
            s6 = Add(hidden + (6 * Width), weights + (6 * Width), s6);
            s7 = Add(hidden + (7 * Width), weights + (7 * Width), s7);
            s8 = Add(hidden + (8 * Width), weights + (8 * Width), s8);
            s9 = Add(hidden + (9 * Width), weights + (9 * Width), s9);
            s10 = Add(hidden + (10 * Width), weights + (10 * Width), s10);
            s11 = Add(hidden + (11 * Width), weights + (11 * Width), s11);
            s12 = Add(hidden + (12 * Width), weights + (12 * Width), s12);
            s13 = Add(hidden + (13 * Width), weights + (13 * Width), s13);
            s14 = Add(hidden + (14 * Width), weights + (14 * Width), s14);
            s15 = Add(hidden + (15 * Width), weights + (15 * Width), s15);
            weights += CanonicalSum.Lanes;
        }

        // The long distances: columns 0 and 2, 1 and 3, then those two.
        Vector<float> even = LaneFold.Groups(s0, s1, s2, s3) + LaneFold.Groups(s8, s9, s10, s11);
        Vector<float> odd = LaneFold.Groups(s4, s5, s6, s7) + LaneFold.Groups(s12, s13, s14, s15);
        return LaneFold.Within(even + odd);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Add(float* hidden, float* weights, Vector<float> sum) => Vector.FusedMultiplyAdd(
        Bits.ZeroBelowKeepNaN(Vector.Load(hidden), Vector.Create(Bits.TinyFactor)), Vector.Load(weights), sum);

    /// <summary>Eight chains at a time: as many as registers hold beside what is on its way to them.</summary>
    [MethodImpl(HotLoop)]
    private static float Multiply<TElement>(byte* hidden, float* weights, byte* next)
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
                AddTwo<TElement>(from, w, ref s0, ref s1);
                AddTwo<TElement>(from + step, w + (2 * width), ref s2, ref s3);
                AddTwo<TElement>(from + (2 * step), w + (4 * width), ref s4, ref s5);
                AddTwo<TElement>(from + (3 * step), w + (6 * width), ref s6, ref s7);
            }

            folds[columns++] = LaneFold.Groups(s0, s1, s2, s3);
            folds[columns++] = LaneFold.Groups(s4, s5, s6, s7);
        }

        return SegmentFolds.Combine(folds, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTwo<TElement>(byte* hidden, float* weights, ref Vector<float> low, ref Vector<float> high)
        where TElement : IFeatureVectors
    {
        Vector<float> tiny = Vector.Create(Bits.TinyFactor);
        TElement.Load(hidden, out Vector<float> a, out Vector<float> b);
        low = Vector.FusedMultiplyAdd(Bits.ZeroBelowKeepNaN(a, tiny), Vector.Load(weights), low);
        high = Vector.FusedMultiplyAdd(
            Bits.ZeroBelowKeepNaN(b, tiny), Vector.Load(weights + Vector<float>.Count), high);
    }
}
