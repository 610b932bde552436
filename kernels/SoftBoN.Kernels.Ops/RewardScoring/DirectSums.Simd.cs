using System.Numerics;
using System.Runtime.CompilerServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// The canonical dot product of a whole segment that one head alone asks for: values are converted in registers and
/// never stored.
/// </summary>
internal static unsafe class DirectSums
{
    /// <summary>The products of a segment of hidden values with weights.</summary>
    /// <param name="hidden">1024 values.</param>
    /// <param name="weights">Their weights.</param>
    /// <param name="next">The 1024 values that are read next, asked for here.</param>
    public static float Multiply(TokenValues hidden, float* weights, void* next) => hidden.Element switch
    {
        TokenElement.Float32 => Multiply<Float32Vectors>((byte*)hidden.Start, weights, (byte*)next),
        TokenElement.Half => Multiply<HalfVectors>((byte*)hidden.Start, weights, (byte*)next),
        _ => Multiply<BFloat16Vectors>((byte*)hidden.Start, weights, (byte*)next),
    };

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
