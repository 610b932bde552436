namespace SoftBoN.Kernels.Theory;

/// <summary>
/// Self-normalised importance estimates of the optimal tilt from samples of the reference law, with the weights
/// w = exp(r / lambda).
/// </summary>
/// <param name="Mean">sum v w / sum w, an estimate of E*[v] whose bias is of order 1 / N.</param>
/// <param name="StandardError">The root of sum p^2 (v - Mean)^2, where p = w / sum w.</param>
/// <param name="EffectiveSampleSize">(sum w)^2 / sum w^2 = N / (1 + ChiSquare), from 1 to N.</param>
/// <param name="LogNormalizer">log of the mean weight, an estimate of log Z.</param>
/// <param name="ChiSquare">
/// The squared coefficient of variation of the weights, an estimate of chi^2(P* || P); give it to
/// <see cref="Bounds.KlTiltToSoft"/>.
/// </param>
/// <remarks>
/// For samples of another law Q give rewards r + lambda log(P / Q). A small effective sample size says that few samples
/// carry the estimates, and that all of them, itself included, are too optimistic.
/// </remarks>
public readonly record struct ImportanceEstimate(
    double Mean,
    double StandardError,
    double EffectiveSampleSize,
    double LogNormalizer,
    double ChiSquare)
{
    /// <summary>Estimates the tilt from samples.</summary>
    /// <param name="rewards">The reward of each sample, at least one sample.</param>
    /// <param name="values">What is averaged: the same rewards, or another (gold) reward of each sample.</param>
    /// <param name="lambda">The temperature, positive or +infinity (the plain mean).</param>
    /// <returns>The estimates.</returns>
    /// <exception cref="ArgumentException">
    /// The rewards or values are empty, not finite or of different lengths.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">lambda is 0 (Z has no limit), negative or NaN.</exception>
    public static ImportanceEstimate OfTilt(
        ReadOnlySpan<double> rewards,
        ReadOnlySpan<double> values,
        double lambda)
    {
        Throw.IfNotRewards(values, nameof(values));
        FiniteAlphabet samples = FiniteAlphabet.Uniform(rewards);
        Throw.IfLengthsDiffer(values.Length, rewards.Length, nameof(values), nameof(rewards));
        double logNormalizer = Tilt.LogNormalizer(samples, lambda);
        double[] weights = ExactLaw.OptimalTilt(samples, lambda);
        double mean = FiniteAlphabet.ExpectedValue(weights, values);
        var variance = new CompensatedSum();
        for (int i = 0; i < weights.Length; i++)
        {
            double deviation = weights[i] * (values[i] - mean);
            variance.Add(deviation * deviation);
        }

        double chiSquare = Tilt.ChiSquare(samples, lambda);
        return new(mean, Math.Sqrt(variance.Value), rewards.Length / (1 + chiSquare), logNormalizer, chiSquare);
    }
}
