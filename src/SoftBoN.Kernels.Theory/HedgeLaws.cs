namespace SoftBoN.Kernels.Theory;

/// <summary>
/// Reference laws with a proxy and a gold reward per outcome: what soft best-of-n by the proxy gets of the gold reward
/// on average over the laws, which are computed on all processors and summed in their order.
/// </summary>
internal sealed class HedgeLaws
{
    private readonly Law[] _laws;
    private readonly double[] _figures;
    private readonly int _n;

    internal HedgeLaws(IReadOnlyList<FiniteAlphabet> proxies, IReadOnlyList<double[]> gold, int n)
    {
        _n = n;
        _laws = new Law[proxies.Count];
        _figures = new double[proxies.Count];
        SmallestGap = double.PositiveInfinity;
        for (int i = 0; i < _laws.Length; i++)
        {
            FiniteAlphabet proxy = proxies[i];
            _laws[i] = new(proxy, gold[i], proxy.Levels.LevelMeans(proxy.Probabilities, gold[i]));
            Range = Math.Max(Range, proxy.RewardRange);
            for (int l = 1; l < proxy.Levels.Count; l++)
            {
                SmallestGap = Math.Min(SmallestGap, proxy.Levels.Rewards[l - 1] - proxy.Levels.Rewards[l]);
            }
        }
    }

    /// <summary>The widest range of proxy rewards of a law.</summary>
    internal double Range { get; }

    /// <summary>The smallest difference between unequal proxy rewards of a law; +infinity if there is none.</summary>
    internal double SmallestGap { get; }

    internal double Mean(double lambda) => Average(
        law => FiniteAlphabet.ExpectedValue(ExactLaw.SoftBestOfN(law.Proxy, lambda, _n), law.Gold));

    internal double Slope(double lambda) => Average(
        law => SoftRaceSlope.Compute(law.Proxy.Levels, law.PerLevel, lambda, _n));

    private double Average(Func<Law, double> figure)
    {
        if (_laws.Length == 1)
        {
            return figure(_laws[0]);
        }

        Parallel.For(0, _laws.Length, i => _figures[i] = figure(_laws[i]));
        var sum = new CompensatedSum();
        foreach (double value in _figures)
        {
            sum.Add(value);
        }

        return sum.Value / _laws.Length;
    }

    /// <summary>A law with its gold rewards, per outcome and as the mean at each level of the proxy.</summary>
    private sealed record Law(FiniteAlphabet Proxy, double[] Gold, double[] PerLevel);
}
