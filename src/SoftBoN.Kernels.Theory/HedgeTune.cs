namespace SoftBoN.Kernels.Theory;

/// <summary>
/// HedgeTune: the temperature of soft best-of-n under a proxy reward that yields the most of the gold reward. Past it
/// the proxy is being gamed.
/// </summary>
/// <remarks>
/// <para>
/// At the optimum the derivative with respect to 1 / lambda is 0, and that is an expected covariance: of gold and proxy
/// under the softmax of the n candidates. The root is found by bisection (Khalaf et al., arXiv 2506.19248, where
/// lambda is the inverse of this temperature).
/// </para>
/// <para>
/// Every maximum is looked for, on a grid of lambda by factors of the square root of 2, from 10^4 times the range of
/// the proxy down to a sixtieth of the smallest difference between two proxy rewards, but not below 10^-9 of the
/// range; lambda = 0 and +infinity are tried as well. Of equally good maxima the hottest is returned.
/// </para>
/// </remarks>
public static class HedgeTune
{
    /// <summary>The best temperature for candidates drawn from a known law.</summary>
    /// <param name="proxy">The reference law and the proxy rewards, by which the selection is made.</param>
    /// <param name="gold">The gold reward of each outcome.</param>
    /// <param name="n">The number of candidates, at least 1.</param>
    /// <returns>The temperature and the expected gold reward at it.</returns>
    /// <exception cref="ArgumentNullException">The alphabet is null.</exception>
    /// <exception cref="ArgumentException">The gold rewards are not finite, or not one per outcome.</exception>
    /// <exception cref="ArgumentOutOfRangeException">n is less than 1.</exception>
    public static HedgePoint OnLaw(FiniteAlphabet proxy, ReadOnlySpan<double> gold, int n)
    {
        double[] values = CheckedGold(proxy, gold, n);
        return Best(new HedgeLaws([proxy], [values], n), values);
    }

    /// <summary>
    /// The best temperature common to several laws, for example one per prompt: that of the highest mean over the laws.
    /// </summary>
    /// <param name="proxies">The reference laws, each with the proxy rewards by which the selection is made.</param>
    /// <param name="gold">The gold rewards of each law's outcomes.</param>
    /// <param name="n">The number of candidates, at least 1.</param>
    /// <returns>The temperature and the mean over the laws of the expected gold reward at it.</returns>
    /// <exception cref="ArgumentNullException">A list or one of its entries is null.</exception>
    /// <exception cref="ArgumentException">
    /// There is not one array of gold rewards per law, or gold rewards are not finite or not one per outcome.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no law, or n is less than 1.</exception>
    /// <remarks>Two passes over the laws for each of some hundred temperatures, on all processors.</remarks>
    public static HedgePoint OnLaws(IReadOnlyList<FiniteAlphabet> proxies, IReadOnlyList<double[]> gold, int n)
    {
        ArgumentNullException.ThrowIfNull(proxies);
        ArgumentNullException.ThrowIfNull(gold);
        Throw.IfCountBelow(proxies.Count, 1, $"{nameof(proxies)}.Count");
        if (gold.Count != proxies.Count)
        {
            throw new ArgumentException(
                $"gold has {gold.Count} arrays and proxies has {proxies.Count}; give one array per law.", nameof(gold));
        }

        double[][] values = new double[gold.Count][];
        for (int i = 0; i < values.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(gold[i], nameof(gold));
            values[i] = CheckedGold(proxies[i], gold[i], n);
        }

        return Best(new HedgeLaws(proxies, values, n), [.. values.SelectMany(value => value)]);
    }

    /// <summary>
    /// The best temperature on average over given sets of candidates, for example one set per prompt.
    /// </summary>
    /// <param name="proxy">The proxy rewards, by which the selection is made: rows of n.</param>
    /// <param name="gold">The gold rewards, in the same order.</param>
    /// <param name="n">The number of candidates of each set, at least 1; divides the number of rewards.</param>
    /// <returns>The temperature and the mean over the rows of the expected gold reward at it.</returns>
    /// <exception cref="ArgumentException">
    /// The rewards are empty, not finite, of different lengths, or not whole rows of n.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">n is less than 1.</exception>
    /// <remarks>
    /// Mean and slope are unbiased for soft best-of-n at any one temperature; the maximum over temperatures is
    /// optimistic, as any fitted maximum. One pass over the rewards for each of some hundred temperatures.
    /// </remarks>
    public static HedgePoint OnSamples(ReadOnlySpan<double> proxy, ReadOnlySpan<double> gold, int n)
    {
        var rows = new HedgeRows(proxy, gold, n);
        var search = new HedgeSearch(rows.Mean, rows.Slope, gold);
        return search.Best(rows.Range, rows.SmallestGap);
    }

    /// <summary>
    /// The derivative of the expected gold reward with respect to 1 / lambda: E[Cov(gold, proxy)], the covariance
    /// under the softmax of n candidates.
    /// </summary>
    /// <param name="proxy">The reference law and the proxy rewards.</param>
    /// <param name="gold">The gold reward of each outcome.</param>
    /// <param name="lambda">The temperature, from 0 to +infinity.</param>
    /// <param name="n">The number of candidates, at least 1.</param>
    /// <returns>
    /// The slope, in units of gold times proxy: positive where a colder selection gains. Absolute error about 1e-15 of
    /// the product of the two ranges.
    /// </returns>
    /// <exception cref="ArgumentNullException">The alphabet is null.</exception>
    /// <exception cref="ArgumentException">The gold rewards are not finite, or not one per outcome.</exception>
    /// <exception cref="ArgumentOutOfRangeException">lambda is negative or NaN, or n is less than 1.</exception>
    public static double Slope(FiniteAlphabet proxy, ReadOnlySpan<double> gold, double lambda, int n)
    {
        double[] values = CheckedGold(proxy, gold, n);
        Throw.IfNotTemperature(lambda);
        return SoftRaceSlope.Compute(proxy.Levels, proxy.Levels.LevelMeans(proxy.Probabilities, values), lambda, n);
    }

    private static HedgePoint Best(HedgeLaws laws, ReadOnlySpan<double> gold) =>
        new HedgeSearch(laws.Mean, laws.Slope, gold).Best(laws.Range, laws.SmallestGap);

    private static double[] CheckedGold(FiniteAlphabet proxy, ReadOnlySpan<double> gold, int n)
    {
        ArgumentNullException.ThrowIfNull(proxy);
        Throw.IfNotRewards(gold, nameof(gold));
        Throw.IfLengthsDiffer(gold.Length, proxy.Count, nameof(gold), "the alphabet");
        Throw.IfNotCandidateCount(n);
        return gold.ToArray();
    }
}
