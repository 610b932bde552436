namespace SoftBoN.Kernels.Theory;

/// <summary>The highest of all maxima over the temperature, from a function and its slope in 1 / lambda.</summary>
internal sealed class HedgeSearch
{
    private const double HottestInRanges = 1e4;
    private const double ColdestInRanges = 1e-9;
    private const double GapInColdest = 60;

    private static readonly double Factor = Math.Sqrt(2);

    private readonly Func<double, double> _value;
    private readonly Func<double, double> _slope;
    private readonly double _rounding;
    private HedgePoint _best;

    internal HedgeSearch(Func<double, double> value, Func<double, double> slope, ReadOnlySpan<double> gold)
    {
        _value = value;
        _slope = slope;
        _rounding = Rounding(gold);
    }

    internal HedgePoint Best(double range, double smallestGap)
    {
        _best = new(double.PositiveInfinity, _value(double.PositiveInfinity));
        if (range == 0)
        {
            return _best;
        }

        double coldest = Math.Max(smallestGap / GapInColdest, range * ColdestInRanges);
        double rising = double.PositiveInfinity;
        double lambda = range * HottestInRanges;
        for (; lambda > coldest / Factor; lambda /= Factor)
        {
            // How much a factor e in lambda would change: below rounding it has no sign.
            double change = _slope(lambda) / lambda;
            if (change > _rounding)
            {
                rising = lambda;
            }
            else if (change < -_rounding && double.IsFinite(rising))
            {
                double root = Bisection.GeometricRoot(lambda, rising, middle => _slope(middle) > 0);
                Try(new(root, _value(root)));
                rising = double.PositiveInfinity;
            }
        }

        // Still rising at the end: to best-of-n, or to a plateau that ends between rewards too close to tell apart.
        Try(new(0, _value(0)));
        Try(new(lambda, _value(lambda)));
        return _best;
    }

    private void Try(HedgePoint point)
    {
        if (point.ExpectedReward > _best.ExpectedReward + _rounding)
        {
            _best = point;
        }
    }

    /// <summary>What a mean of these may be off by: smaller differences are none.</summary>
    private static double Rounding(ReadOnlySpan<double> gold)
    {
        double lowest = gold[0];
        double highest = gold[0];
        foreach (double value in gold)
        {
            lowest = Math.Min(lowest, value);
            highest = Math.Max(highest, value);
        }

        return (1e-13 * (highest - lowest)) + (1e-15 * Math.Max(Math.Abs(lowest), Math.Abs(highest)));
    }
}
