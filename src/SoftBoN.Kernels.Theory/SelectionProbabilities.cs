namespace SoftBoN.Kernels.Theory;

/// <summary>
/// The probability with which each candidate of one given set is selected: no reference law, no randomness but
/// the selector's own.
/// </summary>
/// <remarks>
/// <c>lambda</c> is a temperature in the unit of the rewards. At 0 the candidates of highest reward share the
/// probability equally, at +infinity all candidates do. Equal rewards get equal bits.
/// </remarks>
public static class SelectionProbabilities
{
    /// <summary>The spacing of quadrature nodes in the logit of u, and how far they reach on either side.</summary>
    private const double Step = 3.0 / 16;
    private const double Reach = 40;

    /// <summary>Soft best-of-n: p_i = exp(r_i / lambda) / sum_j exp(r_j / lambda), the softmax.</summary>
    /// <param name="rewards">One finite reward per candidate, at least one candidate.</param>
    /// <param name="lambda">The temperature, from 0 to +infinity.</param>
    /// <returns>One probability per candidate, summing to 1 up to rounding.</returns>
    /// <exception cref="ArgumentException">The rewards are empty or not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">lambda is negative or NaN.</exception>
    public static double[] Soft(ReadOnlySpan<double> rewards, double lambda)
    {
        double[] weights = Array.ConvertAll(Gaps(rewards, lambda), static gap => Math.Exp(-gap));
        var total = new CompensatedSum();
        foreach (double weight in weights)
        {
            total.Add(weight);
        }

        return Array.ConvertAll(weights, weight => weight / total.Value);
    }

    /// <summary>
    /// The uniform race, argmax of w_i / U_i: p_i is w_i times the integral over 0 &lt; v &lt; 1/w_max of the product
    /// over j other than i of (1 - v w_j), with w = exp(r / lambda).
    /// </summary>
    /// <param name="rewards">One finite reward per candidate, at least one candidate.</param>
    /// <param name="lambda">The temperature, from 0 to +infinity.</param>
    /// <returns>One probability per candidate, summing to 1 up to rounding.</returns>
    /// <exception cref="ArgumentException">The rewards are empty or not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">lambda is negative or NaN.</exception>
    /// <remarks>
    /// Trapezoidal rule in the logit of u = v w_max. For Re z > 0 and 0 &lt;= a &lt;= 1, |(1 + a z) / (1 + z)| is at
    /// most its value at Re z, so the integrand on a line Im = d below pi/2 is bounded by the real one over cos d,
    /// and the error is below 1e-19 relative to p_i for every set. About 450 nodes of n products each.
    /// </remarks>
    public static double[] UniformRace(ReadOnlySpan<double> rewards, double lambda)
    {
        double[] gaps = Gaps(rewards, lambda);
        double[] weights = Array.ConvertAll(gaps, static gap => Math.Exp(-gap));
        double[] rests = Array.ConvertAll(gaps, static gap => -RealMath.Expm1(-gap));
        var factors = new double[gaps.Length];
        var result = new double[gaps.Length];
        double left = Math.Ceiling((Reach + Math.Log(gaps.Length)) / Step);
        double right = Math.Ceiling(Reach / Step);
        for (double node = -left; node <= right; node++)
        {
            double u = 1 / (1 + Math.Exp(-node * Step));
            double v = 1 / (1 + Math.Exp(node * Step));
            double product = Step * u * v;
            for (int j = 0; j < factors.Length; j++)
            {
                // 1 - u w, without cancellation where u and w are near 1.
                factors[j] = rests[j] + (weights[j] * v);
                product *= factors[j];
            }

            for (int i = 0; i < factors.Length; i++)
            {
                result[i] += weights[i] * product / factors[i];
            }
        }

        return result;
    }

    /// <summary>
    /// Chi-square pessimism: p_i = max(0, r_i - tau) / (N penalty), the sparsemax of r / (N penalty).
    /// </summary>
    /// <param name="rewards">One finite reward per candidate, at least one candidate.</param>
    /// <param name="penalty">
    /// The strength of the penalty, in the unit of the rewards: 0 leaves the best candidates, +infinity all alike.
    /// </param>
    /// <returns>One probability per candidate; 0 for rewards of at most tau.</returns>
    /// <exception cref="ArgumentException">The rewards are empty or not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">penalty is negative or NaN.</exception>
    /// <remarks>
    /// <see cref="ExactLaw.ChiSquareTilt"/> of the empirical law: p maximises sum p r - (penalty / 2) chi^2(p ||
    /// uniform). Sparsemax: Martins and Astudillo, arXiv 1602.02068.
    /// </remarks>
    public static double[] Sparsemax(ReadOnlySpan<double> rewards, double penalty) =>
        ExactLaw.ChiSquareTilt(FiniteAlphabet.Uniform(rewards), penalty);

    /// <summary>How far each candidate lies below the best in log-weight.</summary>
    private static double[] Gaps(ReadOnlySpan<double> rewards, double lambda)
    {
        Throw.IfNotRewards(rewards, nameof(rewards));
        Throw.IfNotTemperature(lambda);
        double best = rewards[0];
        foreach (double reward in rewards)
        {
            best = Math.Max(best, reward);
        }

        var gaps = new double[rewards.Length];
        for (int i = 0; i < gaps.Length; i++)
        {
            gaps[i] = RealMath.Scale(best - rewards[i], lambda);
        }

        return gaps;
    }
}
