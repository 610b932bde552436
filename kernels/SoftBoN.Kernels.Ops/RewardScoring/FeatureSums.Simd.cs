using System.Numerics;
using System.Runtime.CompilerServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>Canonical dot products of one segment.</summary>
internal static unsafe class FeatureSums
{
    /// <summary>The products of two rows with the same weights.</summary>
    /// <param name="a">One row.</param>
    /// <param name="b">The other.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="length">At most 1024, a whole number of folds.</param>
    /// <param name="sumA">Where the one's sum goes.</param>
    /// <param name="sumB">Where the other's goes.</param>
    [MethodImpl(HotLoop)]
    public static void MultiplyPair(float* a, float* b, float* weights, int length, float* sumA, float* sumB)
    {
        Vector<float>* foldsA = stackalloc Vector<float>[SegmentFolds.Capacity];
        Vector<float>* foldsB = stackalloc Vector<float>[SegmentFolds.Capacity];
        int width = Vector<float>.Count;
        int columns = 0;
        for (int lane = 0; lane < CanonicalSum.Lanes && lane < length; lane += 4 * width)
        {
            Vector<float> a0 = Vector<float>.Zero;
            Vector<float> a1 = a0;
            Vector<float> a2 = a0;
            Vector<float> a3 = a0;
            Vector<float> b0 = a0;
            Vector<float> b1 = a0;
            Vector<float> b2 = a0;
            Vector<float> b3 = a0;
            for (int i = lane; i < length; i += CanonicalSum.Lanes)
            {
                Vector<float> w0 = Vector.Load(weights + i);
                Vector<float> w1 = Vector.Load(weights + i + width);
                Vector<float> w2 = Vector.Load(weights + i + (2 * width));
                Vector<float> w3 = Vector.Load(weights + i + (3 * width));
                a0 = Vector.FusedMultiplyAdd(Vector.Load(a + i), w0, a0);
                a1 = Vector.FusedMultiplyAdd(Vector.Load(a + i + width), w1, a1);
                a2 = Vector.FusedMultiplyAdd(Vector.Load(a + i + (2 * width)), w2, a2);
                a3 = Vector.FusedMultiplyAdd(Vector.Load(a + i + (3 * width)), w3, a3);
                b0 = Vector.FusedMultiplyAdd(Vector.Load(b + i), w0, b0);
                b1 = Vector.FusedMultiplyAdd(Vector.Load(b + i + width), w1, b1);
                b2 = Vector.FusedMultiplyAdd(Vector.Load(b + i + (2 * width)), w2, b2);
                b3 = Vector.FusedMultiplyAdd(Vector.Load(b + i + (3 * width)), w3, b3);
            }

            foldsA[columns] = LaneFold.Groups(a0, a1, a2, a3);
            foldsB[columns++] = LaneFold.Groups(b0, b1, b2, b3);
        }

        *sumA = SegmentFolds.Combine(foldsA, columns);
        *sumB = SegmentFolds.Combine(foldsB, columns);
    }
}
