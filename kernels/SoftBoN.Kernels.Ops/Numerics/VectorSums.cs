using System.Numerics;
using System.Runtime.CompilerServices;

namespace SoftBoN.Kernels.Ops.Numerics;

/// <summary>Canonical sums over values in memory.</summary>
internal static unsafe class VectorSums
{
    /// <summary>The sum of values of one segment, as a call of its own.</summary>
    /// <param name="values">At most 1024 of them.</param>
    /// <param name="length">How many, a whole number of folds.</param>
    [MethodImpl(HotLoop)]
    public static float SegmentSum(float* values, int length)
    {
        Vector<float>* folds = stackalloc Vector<float>[SegmentFolds.Capacity];
        return SegmentSum(values, length, folds);
    }

    /// <summary>The sum of values of one segment.</summary>
    /// <param name="values">At most 1024 of them.</param>
    /// <param name="length">How many, a whole number of folds.</param>
    /// <param name="folds">Room for <see cref="SegmentFolds.Capacity"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SegmentSum(float* values, int length, Vector<float>* folds)
    {
        int width = Vector<float>.Count;
        int columns = 0;
        for (int lane = 0; lane < CanonicalSum.Lanes && lane < length; lane += 4 * width)
        {
            Vector<float> s0 = Vector.Load(values + lane);
            Vector<float> s1 = Vector.Load(values + lane + width);
            Vector<float> s2 = Vector.Load(values + lane + (2 * width));
            Vector<float> s3 = Vector.Load(values + lane + (3 * width));
            for (int i = lane + CanonicalSum.Lanes; i < length; i += CanonicalSum.Lanes)
            {
                s0 += Vector.Load(values + i);
                s1 += Vector.Load(values + i + width);
                s2 += Vector.Load(values + i + (2 * width));
                s3 += Vector.Load(values + i + (3 * width));
            }

            folds[columns++] = LaneFold.Groups(s0, s1, s2, s3);
        }

        return SegmentFolds.Combine(folds, columns);
    }

    /// <summary>The sum of 2^(x - max); -infinity counts as nothing.</summary>
    /// <param name="x">In powers of two.</param>
    /// <param name="padded">How many, a whole number of folds, filled up with -infinity.</param>
    /// <param name="max">The largest of them; finite.</param>
    /// <param name="total">Room for the sums of a long row's segments.</param>
    [MethodImpl(HotLoop)]
    public static float SumOfExp2(float* x, int padded, float max, SegmentSums total)
    {
        total.Clear();
        float* exps = stackalloc float[CanonicalSum.SegmentLength];
        Vector<float>* folds = stackalloc Vector<float>[SegmentFolds.Capacity];
        Vector<float> top = Vector.Create(max);
        int width = Vector<float>.Count;
        for (int segment = 0; segment < padded; segment += CanonicalSum.SegmentLength)
        {
            int length = Math.Min(CanonicalSum.SegmentLength, padded - segment);
            for (int i = 0; i < length; i += 4 * width)
            {
                float* from = x + segment + i;
                Vector<float> e0 = Vector.Load(from) - top;
                Vector<float> e1 = Vector.Load(from + width) - top;
                Vector<float> e2 = Vector.Load(from + (2 * width)) - top;
                Vector<float> e3 = Vector.Load(from + (3 * width)) - top;
                Exponential.Exp2(ref e0, ref e1, ref e2, ref e3);
                e0.Store(exps + i);
                e1.Store(exps + i + width);
                e2.Store(exps + i + (2 * width));
                e3.Store(exps + i + (3 * width));
            }

            total.Add(SegmentSum(exps, length, folds));
        }

        return total.Total();
    }
}
