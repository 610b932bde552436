namespace SoftBoN.Kernels.Theory;

/// <summary>
/// How fast soft best-of-n approaches the optimal tilt on one fixed alphabet as n grows: the constants in front of
/// 1 / n and 1 / n^2.
/// </summary>
/// <remarks>
/// With u = P*/P = w/Z and moments under P*, P_n/P* = 1 + (E*[u] - u) / n + O(1 / n^2): expand 1 / (w + S) around the
/// mean of the others' weight S. Derivation in <c>docs/theory.md</c>. At lambda = 0 the approach is exponential and
/// every constant is 0.
/// </remarks>
public static class Asymptotics
{
    /// <summary>The limit of n (P_n(y) / P*(y) - 1) is E*[u] - u(y), where E*[u] = 1 + chi2.</summary>
    /// <param name="alphabet">The reference law and the rewards.</param>
    /// <param name="lambda">The temperature, positive or +infinity.</param>
    /// <returns>One number per outcome, their mean under P* being 0; 0 for an outcome of probability 0.</returns>
    /// <exception cref="ArgumentNullException">The alphabet is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// lambda is 0 (P* is 0 where P_n is not), negative or NaN.
    /// </exception>
    public static double[] Ratio(FiniteAlphabet alphabet, double lambda)
    {
        ArgumentNullException.ThrowIfNull(alphabet);
        Throw.IfBelow(lambda, double.Epsilon, nameof(lambda));
        (double[] excess, _) = ExcessRatios(alphabet.Levels, lambda);
        return alphabet.Levels.PerOutcome(Array.ConvertAll(excess, static e => -e), unreached: 0);
    }

    /// <summary>The limit of n (E*[g] - E_n[g]) is the covariance of g and u under P*.</summary>
    /// <param name="alphabet">The reference law and the rewards.</param>
    /// <param name="lambda">The temperature, from 0 to +infinity.</param>
    /// <param name="values">
    /// g, one finite number per outcome: the alphabet's rewards for the gap in reward, or any other reward.
    /// </param>
    /// <returns>The constant, in the unit of the values.</returns>
    /// <exception cref="ArgumentNullException">The alphabet is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">lambda is negative or NaN.</exception>
    /// <exception cref="ArgumentException">The values are not finite, or not one per outcome.</exception>
    public static double MeanGap(FiniteAlphabet alphabet, double lambda, ReadOnlySpan<double> values)
    {
        Check(alphabet, lambda);
        Throw.IfNotRewards(values, nameof(values));
        Throw.IfLengthsDiffer(values.Length, alphabet.Count, nameof(values), "the alphabet");
        (double[] excess, _) = ExcessRatios(alphabet.Levels, lambda);
        double[] perOutcome = alphabet.Levels.PerOutcome(excess, unreached: 0);
        double[] tilt = ExactLaw.OptimalTilt(alphabet, lambda);
        double center = FiniteAlphabet.ExpectedValue(tilt, values);
        var sum = new CompensatedSum();
        for (int i = 0; i < tilt.Length; i++)
        {
            sum.Add(tilt[i] * (values[i] - center) * perOutcome[i]);
        }

        return sum.Value;
    }

    /// <summary>The limit of n times the total variation distance of P_n and P* is E*|u - E*[u]| / 2.</summary>
    /// <param name="alphabet">The reference law and the rewards.</param>
    /// <param name="lambda">The temperature, from 0 to +infinity.</param>
    /// <returns>The constant, a pure number.</returns>
    /// <exception cref="ArgumentNullException">The alphabet is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">lambda is negative or NaN.</exception>
    public static double TotalVariation(FiniteAlphabet alphabet, double lambda) =>
        0.5 * TiltMean(alphabet, lambda, Math.Abs);

    /// <summary>
    /// The limit of n^2 KL(P* || P_n), and of n^2 KL(P_n || P*), is the variance of u under P*, halved.
    /// </summary>
    /// <param name="alphabet">The reference law and the rewards.</param>
    /// <param name="lambda">The temperature, from 0 to +infinity.</param>
    /// <returns>(E[w^3] / Z^3 - (E[w^2] / Z^2)^2) / 2, in nats.</returns>
    /// <exception cref="ArgumentNullException">The alphabet is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">lambda is negative or NaN.</exception>
    /// <remarks>
    /// On a fixed alphabet the divergence falls as 1 / n^2, faster than the bound chi2 / n of
    /// <see cref="Bounds.KlTiltToSoft"/>, which is sharp only over all alphabets.
    /// </remarks>
    public static double Kl(FiniteAlphabet alphabet, double lambda) =>
        0.5 * TiltMean(alphabet, lambda, static excess => excess * excess);

    private static void Check(FiniteAlphabet alphabet, double lambda)
    {
        ArgumentNullException.ThrowIfNull(alphabet);
        Throw.IfNotTemperature(lambda);
    }

    /// <summary>The mean under P* of a function of u - E*[u].</summary>
    private static double TiltMean(FiniteAlphabet alphabet, double lambda, Func<double, double> function)
    {
        Check(alphabet, lambda);
        (double[] excess, double[] tilt) = ExcessRatios(alphabet.Levels, lambda);
        var sum = new CompensatedSum();
        for (int l = 0; l < tilt.Length; l++)
        {
            // A level the tilt does not reach may have an infinite value, times nothing.
            sum.Add(tilt[l] == 0 ? 0 : tilt[l] * function(excess[l]));
        }

        return sum.Value;
    }

    /// <summary>u - E*[u] and the mass of P*, level by level; u is taken relative to 1, where it may be near.</summary>
    private static (double[] Excess, double[] Tilt) ExcessRatios(RewardLevels levels, double lambda)
    {
        double[] excess = Tilt.LevelExcesses(levels, lambda);
        double[] tilt = Tilt.LevelRatios(levels, lambda);
        var chiSquare = new CompensatedSum();
        for (int l = 0; l < excess.Length; l++)
        {
            chiSquare.Add(levels.Mass[l] * excess[l] * excess[l]);
            tilt[l] *= levels.Mass[l];
        }

        for (int l = 0; l < excess.Length; l++)
        {
            excess[l] -= chiSquare.Value;
        }

        return (excess, tilt);
    }
}
