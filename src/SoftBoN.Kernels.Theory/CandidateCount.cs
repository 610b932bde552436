namespace SoftBoN.Kernels.Theory;

/// <summary>
/// How many candidates there are: a fixed n, or 1 + N with N Poisson. All that a race needs to know of it is the
/// generating function: E[n phi^(n-1)], where phi is the chance that another candidate has not rung yet.
/// </summary>
/// <remarks>
/// Both are power series in phi with non-negative coefficients, which is what the error bound of
/// <see cref="SoftRaceIntegral"/> rests on.
/// </remarks>
internal readonly struct CandidateCount
{
    private readonly double _others;
    private readonly bool _isRandom;

    private CandidateCount(double others, bool isRandom)
    {
        _others = others;
        _isRandom = isRandom;
    }

    /// <summary>The expected number of candidates.</summary>
    internal double Mean => 1 + _others;

    /// <summary>Whether there is always exactly one candidate.</summary>
    internal bool IsOne => _others == 0;

    internal static CandidateCount Fixed(int n) => new(n - 1, isRandom: false);

    /// <summary>1 + N candidates, N Poisson with the given mean.</summary>
    internal static CandidateCount Poisson(double mean) => new(mean, isRandom: true);

    /// <summary>E[n phi^(n-1)] / E[n], from 0 to 1.</summary>
    /// <param name="phi">The chance phi, accurate where it is small.</param>
    /// <param name="rest">1 - phi, accurate where that is small.</param>
    internal double Survival(double phi, double rest)
    {
        if (_isRandom)
        {
            return (1 + (_others * phi)) / Mean * Math.Exp(-_others * rest);
        }

        if (IsOne)
        {
            return 1;
        }

        double logPhi = rest < 0.5 ? RealMath.Log1p(-rest) : Math.Log(phi);
        return Math.Exp(_others * logPhi);
    }

    /// <summary>
    /// E[h[j]^n - h[j + 1]^n] for the tail sums h[j] = drops[j] + drops[j + 1] + ... of positive drops with h[0] = 1.
    /// </summary>
    /// <remarks>
    /// No difference is ever taken: h comes from the tail sums, 1 - h from the head sums, and the power from
    /// whichever is small. So every result is relatively accurate, even where n is large or h[j] and h[j + 1] agree.
    /// For 1 + N candidates the power h^n becomes h exp(-mean (1 - h)).
    /// </remarks>
    internal double[] PowerDrops(ReadOnlySpan<double> drops)
    {
        double[] tails = RealMath.TailSums(drops);
        var result = new double[drops.Length];
        var head = new CompensatedSum();
        for (int j = 0; j < drops.Length; j++)
        {
            if (drops[j] > 0)
            {
                double share = drops[j] / tails[j];
                double logShrink = share < 0.5 ? RealMath.Log1p(-share) : Math.Log(tails[j + 1] / tails[j]);
                double logTail = tails[j] < 0.5 ? Math.Log(tails[j]) : RealMath.Log1p(-head.Value);
                result[j] = _isRandom
                    ? Math.Exp(logTail - (_others * head.Value)) * -RealMath.Expm1(logShrink - (_others * drops[j]))
                    : Math.Exp(Mean * logTail) * -RealMath.Expm1(Mean * logShrink);
                head.Add(drops[j]);
            }
        }

        return result;
    }
}
