using SoftBoN.Kernels.Vectors.Operations;

namespace SoftBoN.Kernels.Tests.Vectors;

/// <summary>One row in double precision, by the formulas of the operations' documents at a given lambda.</summary>
internal sealed class RowTruth
{
    private RowTruth(float[] rewards, float lambda, float[]? offsets)
    {
        Lambda = lambda;
        double flushBelow = Math.ScaleB(1, MathF.Abs(lambda) >= MathF.ScaleB(1f, 90) ? -60 : -100);
        double sign = lambda < 0 || (lambda == 0 && float.IsNegative(lambda)) ? -1 : 1;
        Offsets = [.. rewards.Select((_, i) => (double)(offsets?[i] ?? 0))];
        Included =
        [
            .. rewards.Zip(Offsets, (r, offset) => !float.IsNegativeInfinity(r) && !double.IsNegativeInfinity(offset)),
        ];
        Directed = [.. rewards.Select(r => Math.Abs(r) < flushBelow ? 0 : sign * r)];
        HasOffsets = offsets != null;
        Count = Included.Count(included => included);
        Max = Where(Directed).Max();
        X = [.. Directed.Select((r, i) => !Included[i] ? double.NegativeInfinity : XOf(r) + Offsets[i])];
        Log = LogSoftmax(X);
    }

    /// <summary>The lambda that the row was computed at.</summary>
    public float Lambda { get; }

    public bool[] Included { get; }

    public bool HasOffsets { get; }

    public double[] Offsets { get; }

    /// <summary>The rewards, negated where low ones are preferred.</summary>
    public double[] Directed { get; }

    /// <summary>The number of included candidates.</summary>
    public int Count { get; }

    public double Max { get; }

    /// <summary>reward / lambda + offset, up to a constant; -infinity where a candidate is not in play.</summary>
    public double[] X { get; }

    /// <summary>The log-weights.</summary>
    public double[] Log { get; }

    public double[] Weights => [.. Log.Select(Math.Exp)];

    public static RowTruth Of(VectorBatch batch, int row, float lambda) => new(
        batch.RewardsOf(row), lambda, batch.Offsets?[batch.Rows.PackedRange(row)]);

    public static double[] LogSoftmax(double[] x)
    {
        double max = x.Max();
        double logSum = Math.Log(x.Sum(value => Math.Exp(value - max)));
        return [.. x.Select(value => value - max - logSum)];
    }

    /// <summary>The values of included candidates.</summary>
    public IEnumerable<double> Where(IEnumerable<double> values) => values.Where((_, i) => Included[i]);

    private double XOf(double reward) => Lambda switch
    {
        0f => reward == Max ? 0 : double.NegativeInfinity,
        float.PositiveInfinity or float.NegativeInfinity => 0,
        _ => (reward - Max) / Math.Abs(Lambda),
    };
}
