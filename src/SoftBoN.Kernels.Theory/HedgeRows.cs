namespace SoftBoN.Kernels.Theory;

/// <summary>Sets of n candidates with a proxy and a gold reward each: softmax means and covariances.</summary>
internal sealed class HedgeRows
{
    private readonly double[] _below;
    private readonly double[] _gold;
    private readonly double[] _weights;
    private readonly int _n;

    internal HedgeRows(ReadOnlySpan<double> proxy, ReadOnlySpan<double> gold, int n)
    {
        Throw.IfNotRewards(proxy, nameof(proxy));
        Throw.IfNotRewards(gold, nameof(gold));
        Throw.IfLengthsDiffer(gold.Length, proxy.Length, nameof(gold), nameof(proxy));
        Throw.IfNotCandidateCount(n);
        Throw.IfNotWholeRows(proxy.Length, n, nameof(proxy));
        _n = n;
        _gold = gold.ToArray();
        _below = proxy.ToArray();
        _weights = new double[n];
        SmallestGap = double.PositiveInfinity;
        for (int row = 0; row < _below.Length; row += n)
        {
            Measure(_below.AsSpan(row, n));
        }
    }

    /// <summary>The widest range of proxy rewards within a row.</summary>
    internal double Range { get; private set; }

    /// <summary>The smallest difference between unequal proxy rewards of a row; +infinity if there is none.</summary>
    internal double SmallestGap { get; private set; }

    internal double Mean(double lambda)
    {
        var sum = new CompensatedSum();
        for (int row = 0; row < _gold.Length; row += _n)
        {
            sum.Add(RowMeans(row, lambda).Gold);
        }

        return sum.Value / (_gold.Length / _n);
    }

    internal double Slope(double lambda)
    {
        var sum = new CompensatedSum();
        for (int row = 0; row < _gold.Length; row += _n)
        {
            (double gold, double below) = RowMeans(row, lambda);
            double covariance = 0;
            for (int i = 0; i < _n; i++)
            {
                covariance += _weights[i] * (_gold[row + i] - gold) * (below - _below[row + i]);
            }

            sum.Add(covariance);
        }

        return sum.Value / (_gold.Length / _n);
    }

    /// <summary>The softmax means of gold and of the distance below the best proxy; leaves the softmax.</summary>
    private (double Gold, double Below) RowMeans(int row, double lambda)
    {
        double total = 0;
        for (int i = 0; i < _n; i++)
        {
            _weights[i] = Math.Exp(-RealMath.Scale(_below[row + i], lambda));
            total += _weights[i];
        }

        double gold = 0;
        double below = 0;
        for (int i = 0; i < _n; i++)
        {
            _weights[i] /= total;
            gold += _weights[i] * _gold[row + i];
            below += _weights[i] * _below[row + i];
        }

        return (gold, below);
    }

    /// <summary>Turns the rewards of a row into distances below its best, and takes note of range and gaps.</summary>
    private void Measure(Span<double> row)
    {
        double[] sorted = row.ToArray();
        Array.Sort(sorted);
        for (int i = 1; i < sorted.Length; i++)
        {
            double gap = sorted[i] - sorted[i - 1];
            SmallestGap = gap > 0 ? Math.Min(SmallestGap, gap) : SmallestGap;
        }

        Range = Math.Max(Range, sorted[^1] - sorted[0]);
        for (int i = 0; i < row.Length; i++)
        {
            row[i] = sorted[^1] - row[i];
        }
    }
}
