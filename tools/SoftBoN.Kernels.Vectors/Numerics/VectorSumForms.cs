using System.Numerics;
using SoftBoN.Kernels.Ops.Numerics;
using SoftBoN.Kernels.Vectors.Data;

namespace SoftBoN.Kernels.Vectors.Numerics;

/// <summary>Canonical sums by vectors: columns of four vectors, folded.</summary>
internal static unsafe class VectorSumForms
{
    public static string?[] CanonicalSum(IReadOnlyList<string> inputs) =>
        HexColumns.Lines([.. inputs.Select(input => Sum(Inputs.Floats(input)))]);

    public static string?[] SumOfExp2(IReadOnlyList<string> inputs) =>
        HexColumns.Lines([.. inputs.Select(input => SumOfExp2(Inputs.Floats(input)))]);

    private static float SumOfExp2(float[] exponents)
    {
        float max = exponents.Max();
        float[] padded = Padded(exponents, float.NegativeInfinity);
        fixed (float* x = padded)
        {
            return VectorSums.SumOfExp2(x, padded.Length, max);
        }
    }

    private static float Sum(float[] values)
    {
        Ops.Numerics.CanonicalSum total = default;
        foreach (float[] segment in values.Chunk(Ops.Numerics.CanonicalSum.SegmentLength))
        {
            total.AddSegment(SegmentSum(Padded(segment, 0f)));
        }

        return total.Total();
    }

    private static float SegmentSum(float[] segment)
    {
        Vector<float>* folds = stackalloc Vector<float>[SegmentFolds.Capacity];
        int width = Vector<float>.Count;
        int columns = Math.Min(segment.Length, Ops.Numerics.CanonicalSum.Lanes) / LaneFold.LanesPerFold;
        for (int column = 0; column < columns; column++)
        {
            int lane = column * LaneFold.LanesPerFold;
            folds[column] = LaneFold.Groups(
                Lanes(segment, lane),
                Lanes(segment, lane + width),
                Lanes(segment, lane + (2 * width)),
                Lanes(segment, lane + (3 * width)));
        }

        return SegmentFolds.Combine(folds, columns);
    }

    private static Vector<float> Lanes(float[] segment, int first)
    {
        Vector<float> sum = Vector<float>.Zero;
        for (int i = first; i < segment.Length; i += Ops.Numerics.CanonicalSum.Lanes)
        {
            sum += new Vector<float>(segment, i);
        }

        return sum;
    }

    private static float[] Padded(float[] values, float filler)
    {
        int missing = (LaneFold.LanesPerFold - (values.Length % LaneFold.LanesPerFold)) % LaneFold.LanesPerFold;
        return [.. values, .. Enumerable.Repeat(filler, missing)];
    }
}
