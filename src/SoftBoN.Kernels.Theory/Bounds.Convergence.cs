namespace SoftBoN.Kernels.Theory;

/// <summary>
/// Inequalities that hold between the optimal tilt P*, the law P_n of soft best-of-n and the reference law P, for
/// every law, reward, temperature and n.
/// </summary>
/// <remarks>
/// w = exp(r / lambda), Z = E_P[w]. Proofs are in <c>docs/theory.md</c> under the same names. Where a bound takes a
/// number (chi-square, a range) instead of an alphabet, an upper bound or an estimate of it may be given. If the
/// candidates come from a law Q other than P, give chi^2(P* || Q) and sup P*/Q: nothing else changes.
/// </remarks>
public static partial class Bounds
{
    /// <summary>Pointwise ratio: P*(y) / P_n(y) is at most 1 + (w(y)/Z - 1) / n.</summary>
    /// <param name="alphabet">The reference law and the rewards.</param>
    /// <param name="lambda">The temperature, from 0 to +infinity.</param>
    /// <param name="n">The number of candidates, at least 1.</param>
    /// <returns>
    /// One bound per outcome; 1 for an outcome of probability 0, which neither law reaches.
    /// </returns>
    /// <exception cref="ArgumentNullException">The alphabet is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">lambda is negative or NaN, or n is less than 1.</exception>
    /// <remarks>Jensen's inequality for the convex 1 / (w + S), S the weight of the other candidates.</remarks>
    public static double[] PointwiseRatio(FiniteAlphabet alphabet, double lambda, int n)
    {
        ArgumentNullException.ThrowIfNull(alphabet);
        Throw.IfNotTemperature(lambda);
        Throw.IfNotCandidateCount(n);
        double[] ratios = Tilt.LevelRatios(alphabet.Levels, lambda);
        for (int l = 0; l < ratios.Length; l++)
        {
            ratios[l] = (n - 1 + ratios[l]) / n;
        }

        return alphabet.Levels.PerOutcome(ratios, unreached: 1);
    }

    /// <summary>KL(P* || P_n) is at most log(1 + chi2 / n), and so at most chi2 / n.</summary>
    /// <param name="chiSquare">chi^2(P* || P) as in <see cref="Tilt.ChiSquare"/>; at least 0.</param>
    /// <param name="n">The number of candidates, at least 1.</param>
    /// <returns>The bound in nats.</returns>
    /// <exception cref="ArgumentOutOfRangeException">chiSquare is negative or NaN, or n is less than 1.</exception>
    /// <remarks>
    /// The logarithm of <see cref="PointwiseRatio"/> averaged over P*, then Jensen. No bound of smaller order than
    /// chi2 / n holds for all instances, yet for a fixed one KL falls as 1 / n^2.
    /// </remarks>
    public static double KlTiltToSoft(double chiSquare, int n)
    {
        Throw.IfBelow(chiSquare, 0, nameof(chiSquare));
        Throw.IfNotCandidateCount(n);
        return RealMath.Log1p(chiSquare / n);
    }

    /// <summary>Max-divergence: log sup P*/P_n is at most log(1 + (w_max/Z - 1) / n).</summary>
    /// <param name="peakRatio">w_max / Z as in <see cref="Tilt.PeakRatio"/>; at least 1.</param>
    /// <param name="n">The number of candidates, at least 1.</param>
    /// <returns>The bound in nats.</returns>
    /// <exception cref="ArgumentOutOfRangeException">peakRatio is below 1 or NaN, or n is less than 1.</exception>
    /// <remarks><see cref="PointwiseRatio"/> at the outcome of highest reward.</remarks>
    public static double MaxDivergence(double peakRatio, int n)
    {
        Throw.IfBelow(peakRatio, 1, nameof(peakRatio));
        Throw.IfNotCandidateCount(n);
        return RealMath.Log1p((peakRatio - 1) / n);
    }

    /// <summary>chi^2(P* || P) is at most sinh(D / (2 lambda))^2 for rewards of range D.</summary>
    /// <param name="rewardRange">D, largest minus smallest reward; at least 0, finite.</param>
    /// <param name="lambda">The temperature, from 0 to +infinity.</param>
    /// <returns>The bound; +infinity where it exceeds the largest double.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// rewardRange is negative, infinite or NaN, or lambda is negative or NaN.
    /// </exception>
    /// <remarks>
    /// Bhatia and Davis: a variable in [a, b] of mean m has variance at most (b - m)(m - a). Attained by two
    /// rewards with Z = 2 a b / (a + b), a and b the two weights.
    /// </remarks>
    public static double ChiSquareFromRange(double rewardRange, double lambda)
    {
        double sinh = Math.Sinh(0.5 * ScaledRange(rewardRange, lambda));
        return sinh * sinh;
    }

    /// <summary>
    /// KL(P* || P_n) is at most log(1 + sinh(D / (2 lambda))^2 / n), and so at most sinh(D / (2 lambda))^2 / n.
    /// </summary>
    /// <param name="rewardRange">D, largest minus smallest reward; at least 0, finite.</param>
    /// <param name="lambda">The temperature, from 0 (no bound: +infinity) to +infinity.</param>
    /// <param name="n">The number of candidates, at least 1.</param>
    /// <returns>The bound in nats; finite wherever D / lambda is.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// rewardRange is negative, infinite or NaN, lambda is negative or NaN, or n is less than 1.
    /// </exception>
    /// <remarks><see cref="KlTiltToSoft"/> with <see cref="ChiSquareFromRange"/>.</remarks>
    public static double KlTiltToSoftFromRange(double rewardRange, double lambda, int n)
    {
        const double SinhIsHalfExp = 40;
        Throw.IfNotCandidateCount(n);
        double range = ScaledRange(rewardRange, lambda);
        if (range < SinhIsHalfExp)
        {
            return KlTiltToSoft(ChiSquareFromRange(rewardRange, lambda), n);
        }

        // sinh^2 itself may overflow.
        return RealMath.Softplus(range - Math.Log(4.0) - Math.Log(n));
    }
}
