namespace SoftBoN.Kernels.Theory;

public static partial class ExactLaw
{
    /// <summary>The law of hard best-of-n: the candidate of highest reward, ties decided uniformly.</summary>
    /// <param name="alphabet">The reference law and the rewards.</param>
    /// <param name="n">The number of candidates, at least 1.</param>
    /// <returns>
    /// One probability per outcome. The outcomes of reward c together have F(c)^n - F(c-)^n, where F is the
    /// distribution function of the reward under P, and share it in proportion to P.
    /// </returns>
    /// <exception cref="ArgumentNullException">The alphabet is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">n is less than 1.</exception>
    /// <remarks>
    /// Picking the first of several tied candidates gives the same law: the candidates are exchangeable.
    /// </remarks>
    public static double[] BestOfN(FiniteAlphabet alphabet, int n)
    {
        Check(alphabet, 0, n);
        return alphabet.Levels.Spread(alphabet.Probabilities, BestOfNRatios(alphabet.Levels, CandidateCount.Fixed(n)));
    }

    private static double[] BestOfNRatios(RewardLevels levels, CandidateCount count)
    {
        double[] ratios = count.PowerDrops(levels.Mass);
        for (int l = 0; l < ratios.Length; l++)
        {
            ratios[l] /= levels.Mass[l];
        }

        return ratios;
    }
}
