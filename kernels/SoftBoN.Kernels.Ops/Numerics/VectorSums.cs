using System.Numerics;
using System.Runtime.CompilerServices;

namespace SoftBoN.Kernels.Ops.Numerics;

/// <summary>Canonical sums over values in memory.</summary>
internal static unsafe class VectorSums
{
    /// <summary>The sum of 2^(x - max); -infinity counts as nothing.</summary>
    /// <param name="x">In powers of two.</param>
    /// <param name="padded">How many, a whole number of vectors, filled up with -infinity.</param>
    /// <param name="max">The largest of them; finite.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float SumOfExp2(float* x, int padded, float max)
    {
        CanonicalSum total = default;
        float* lanes = stackalloc float[CanonicalSum.Lanes];
        for (int segment = 0; segment < padded; segment += CanonicalSum.SegmentLength)
        {
            int length = Math.Min(CanonicalSum.SegmentLength, padded - segment);
            new Span<float>(lanes, CanonicalSum.Lanes).Clear();
            for (int i = 0; i < length; i += Vector<float>.Count)
            {
                float* lane = lanes + (i % CanonicalSum.Lanes);
                Vector<float> e = Exponential.Exp2(Vector.Load(x + segment + i) - Vector.Create(max));
                (Vector.Load(lane) + e).Store(lane);
            }

            total.AddSegment(CanonicalSum.CombineLanes(lanes));
        }

        return total.Total();
    }
}
