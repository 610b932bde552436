namespace SoftBoN.Kernels.Theory;

/// <summary>
/// A finite set of outcomes, each with its probability under the reference law P and its reward r: all that the
/// law of a selected candidate depends on.
/// </summary>
/// <remarks>Immutable, checked once at construction, safe to share between threads.</remarks>
public sealed class FiniteAlphabet
{
    private readonly double[] _probabilities;
    private readonly double[] _rewards;

    /// <summary>Builds an alphabet from the reference law and the rewards, outcome by outcome.</summary>
    /// <param name="probabilities">
    /// P(y), one entry per outcome: each at least 0, summing to 1 within 1e-9. They are divided by their sum, so
    /// that what is left of rounding is not raised to the n-th power. An outcome of probability 0 is allowed; it is
    /// never selected and its reward has no influence.
    /// </param>
    /// <param name="rewards">r(y), one finite entry per outcome, in any unit (the unit of lambda).</param>
    /// <exception cref="ArgumentException">
    /// An argument is empty, the lengths differ, a probability is negative or NaN, the sum is not 1, a reward is
    /// not finite, or the rewards span more than the largest double.
    /// </exception>
    public FiniteAlphabet(ReadOnlySpan<double> probabilities, ReadOnlySpan<double> rewards)
    {
        Throw.IfNotLaw(probabilities, nameof(probabilities));
        Throw.IfNotRewards(rewards, nameof(rewards));
        Throw.IfLengthsDiffer(rewards.Length, probabilities.Length, nameof(rewards), nameof(probabilities));
        _rewards = rewards.ToArray();
        _probabilities = Normalized(probabilities);
        Levels = new RewardLevels(_probabilities, _rewards);
    }

    /// <summary>The number of outcomes, those of probability 0 included.</summary>
    public int Count => _rewards.Length;

    /// <summary>The reference law P: <see cref="Count"/> entries that sum to 1.</summary>
    public ReadOnlySpan<double> Probabilities => _probabilities;

    /// <summary>The rewards r: <see cref="Count"/> finite entries.</summary>
    public ReadOnlySpan<double> Rewards => _rewards;

    /// <summary>Largest minus smallest reward among outcomes of positive probability; finite and at least 0.</summary>
    public double RewardRange => Levels.Highest - Levels.Lowest;

    internal RewardLevels Levels { get; }

    /// <summary>The alphabet in which all outcomes are equally likely, for example the candidates of a pool.</summary>
    /// <param name="rewards">r(y), one finite entry per outcome.</param>
    /// <returns>An alphabet of as many outcomes as there are rewards.</returns>
    /// <exception cref="ArgumentException">The rewards are empty, not finite or span too much.</exception>
    public static FiniteAlphabet Uniform(ReadOnlySpan<double> rewards)
    {
        Throw.IfNotRewards(rewards, nameof(rewards));
        var probabilities = new double[rewards.Length];
        Array.Fill(probabilities, 1.0 / rewards.Length);
        return new FiniteAlphabet(probabilities, rewards);
    }

    /// <summary>
    /// The same outcomes with every reward's sign changed. Laws on it are those of worst-of-n: soft best-of-n on
    /// the negated rewards at lambda is soft worst-of-n, that is the selection at temperature -lambda.
    /// </summary>
    /// <returns>A new alphabet; indices keep their meaning.</returns>
    public FiniteAlphabet WithNegatedRewards() => new(_probabilities, Array.ConvertAll(_rewards, static r => -r));

    /// <summary>The expected reward under a law on this alphabet.</summary>
    /// <param name="law">One probability per outcome, summing to 1 within 1e-9.</param>
    /// <returns>The sum of law(y) r(y).</returns>
    /// <exception cref="ArgumentException">
    /// The law is not a probability vector or its length is not <see cref="Count"/>.
    /// </exception>
    public double ExpectedReward(ReadOnlySpan<double> law)
    {
        Throw.IfNotLaw(law, nameof(law));
        Throw.IfLengthsDiffer(law.Length, Count, nameof(law), "the alphabet");
        return ExpectedValue(law, _rewards);
    }

    /// <summary>The expected value of a function of the outcome under a law already checked.</summary>
    internal static double ExpectedValue(ReadOnlySpan<double> law, ReadOnlySpan<double> values)
    {
        var sum = new CompensatedSum();
        for (int i = 0; i < law.Length; i++)
        {
            sum.Add(law[i] * values[i]);
        }

        return sum.Value;
    }

    private static double[] Normalized(ReadOnlySpan<double> probabilities)
    {
        var total = new CompensatedSum();
        foreach (double probability in probabilities)
        {
            total.Add(probability);
        }

        var result = new double[probabilities.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = probabilities[i] / total.Value;
        }

        return result;
    }
}
