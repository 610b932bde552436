namespace SoftBoN.Kernels.Theory;

public static partial class ExactLaw
{
    /// <summary>
    /// The law of soft best-of-Poisson: soft best-of-n with a random number of candidates, 1 + N with N Poisson.
    /// </summary>
    /// <param name="alphabet">The reference law and the rewards.</param>
    /// <param name="lambda">The temperature: 0 is best-of-Poisson, +infinity the reference law.</param>
    /// <param name="extraMean">mu, the mean of N: the candidates beyond the first; at least 0, finite.</param>
    /// <returns>
    /// P(y) w(y) times the integral over t > 0 of exp(-t w(y)) (1 + mu phi(t)) exp(mu (phi(t) - 1)), with
    /// phi(t) = E_P[exp(-t w(X))]; one probability per outcome.
    /// </returns>
    /// <exception cref="ArgumentNullException">The alphabet is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// lambda is negative or NaN, or extraMean is negative, infinite or NaN.
    /// </exception>
    /// <remarks>
    /// The integral of <see cref="SoftBestOfN"/> averaged over n; the same error bound holds. The random number of
    /// candidates is that of Khalaf et al., arXiv 2506.19248.
    /// </remarks>
    public static double[] SoftBestOfPoisson(FiniteAlphabet alphabet, double lambda, double extraMean)
    {
        Check(alphabet, lambda, n: 1);
        Throw.IfNotFiniteMean(extraMean, nameof(extraMean));
        CandidateCount count = CandidateCount.Poisson(extraMean);
        return alphabet.Levels.Spread(alphabet.Probabilities, SoftRatios(alphabet.Levels, lambda, count));
    }

    /// <summary>
    /// The law of best-of-Poisson: the candidate of highest reward among 1 + N, N Poisson, ties decided uniformly.
    /// </summary>
    /// <param name="alphabet">The reference law and the rewards.</param>
    /// <param name="extraMean">mu, the mean of N: the candidates beyond the first; at least 0, finite.</param>
    /// <returns>
    /// One probability per outcome. The outcomes of reward c together have G(F(c)) - G(F(c-)), where
    /// G(h) = h exp(mu (h - 1)) and F is the distribution function of the reward under P.
    /// </returns>
    /// <exception cref="ArgumentNullException">The alphabet is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">extraMean is negative, infinite or NaN.</exception>
    /// <remarks>Khalaf et al., arXiv 2506.19248. G is the generating function of 1 + N.</remarks>
    public static double[] BestOfPoisson(FiniteAlphabet alphabet, double extraMean)
    {
        Check(alphabet, 0, n: 1);
        Throw.IfNotFiniteMean(extraMean, nameof(extraMean));
        CandidateCount count = CandidateCount.Poisson(extraMean);
        return alphabet.Levels.Spread(alphabet.Probabilities, BestOfNRatios(alphabet.Levels, count));
    }
}
