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
            return VectorSums.SumOfExp2(x, padded.Length, max, new SegmentSums());
        }
    }

    private static float Sum(float[] values)
    {
        var total = new SegmentSums();
        total.Clear();
        foreach (float[] segment in values.Chunk(Ops.Numerics.CanonicalSum.SegmentLength))
        {
            float[] padded = Padded(segment, 0f);
            fixed (float* first = padded)
            {
                total.Add(VectorSums.SegmentSum(first, padded.Length));
            }
        }

        return total.Total();
    }

    private static float[] Padded(float[] values, float filler)
    {
        int missing = (LaneFold.LanesPerFold - (values.Length % LaneFold.LanesPerFold)) % LaneFold.LanesPerFold;
        return [.. values, .. Enumerable.Repeat(filler, missing)];
    }
}
