using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>The canonical sum of terms in memory, one by one and in vectors.</summary>
internal static unsafe class RewardSums
{
    /// <summary>A reward as it counts.</summary>
    public static float Value(float reward) => Bits.ZeroBelowKeepNaN(reward, Bits.TinyProduct);

    /// <summary>One term after the other.</summary>
    public static float Scalar(float* terms, int length, RowScratch scratch)
    {
        CanonicalSum sum = default;
        for (int i = 0; i < length; i++)
        {
            sum.Add(terms[i]);
        }

        return sum.Total();
    }

    /// <summary>In vectors.</summary>
    /// <param name="terms">The terms; there is room for whole folds.</param>
    /// <param name="length">How many, at least 1.</param>
    /// <param name="scratch">The worker's memory.</param>
    public static float Vectors(float* terms, int length, RowScratch scratch)
    {
        int padded = VectorRow.RoundUp(length);
        new Span<float>(terms + length, padded - length).Clear();
        if (padded <= CanonicalSum.SegmentLength)
        {
            return VectorSums.SegmentSum(terms, padded);
        }

        SegmentSums total = scratch.Totals;
        total.Clear();
        for (int segment = 0; segment < padded; segment += CanonicalSum.SegmentLength)
        {
            int count = Math.Min(CanonicalSum.SegmentLength, padded - segment);
            total.Add(VectorSums.SegmentSum(terms + segment, count));
        }

        return total.Total();
    }
}
