namespace SoftBoN.Kernels.Theory;

public static partial class ExactLaw
{
    /// <summary>
    /// The law of the uniform race: the candidate of highest score w(X_i) / U_i, equivalently of highest
    /// r(X_i) / lambda + E_i, with U_i uniform on (0, 1) and E_i standard exponential.
    /// </summary>
    /// <param name="alphabet">The reference law and the rewards.</param>
    /// <param name="lambda">The temperature: 0 is best-of-n, +infinity the reference law.</param>
    /// <param name="n">The number of candidates, at least 1.</param>
    /// <returns>
    /// P_n(y) = n P(y) w(y) times the integral over 0 &lt; v &lt; 1/w(y) of E_P[max(0, 1 - v w(X))]^(n-1), one
    /// probability per outcome.
    /// </returns>
    /// <exception cref="ArgumentNullException">The alphabet is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">lambda is negative or NaN, or n is less than 1.</exception>
    /// <remarks>
    /// Closed form, linear in the number of outcomes after sorting: the base of the power is linear in v between
    /// two reciprocal weights. Every step adds or multiplies positive numbers, so each probability is relatively
    /// accurate for every n and lambda.
    /// </remarks>
    public static double[] UniformRace(FiniteAlphabet alphabet, double lambda, int n)
    {
        Check(alphabet, lambda, n);
        return alphabet.Levels.Spread(alphabet.Probabilities, UniformRaceRatios(alphabet.Levels, lambda, n));
    }

    private static double[] UniformRaceRatios(RewardLevels levels, double lambda, int n)
    {
        int count = levels.Count;
        var keep = new double[count];
        var slope = new double[count];
        var drops = new double[count];
        var below = new CompensatedHorner();
        for (int l = count - 1; l >= 0; l--)
        {
            // slope[l] is E[w(X); w(X) <= w_l] / w_l, built from the lowest level up.
            below.Step(l == count - 1 ? 0 : keep[l + 1], levels.Mass[l]);
            slope[l] = below.Value;
            double gap = l == 0 ? double.PositiveInfinity : levels.Gap(l - 1, l, lambda);
            keep[l] = Math.Exp(-gap);
            drops[l] = slope[l] * -RealMath.Expm1(-gap);
        }

        double[] ratios = CandidateCount.Fixed(n).PowerDrops(drops);
        var above = new CompensatedHorner();
        for (int l = 0; l < count; l++)
        {
            above.Step(keep[l], ratios[l] / slope[l]);
            ratios[l] = above.Value;
        }

        return ratios;
    }
}
