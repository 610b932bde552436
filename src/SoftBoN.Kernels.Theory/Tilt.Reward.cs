namespace SoftBoN.Kernels.Theory;

public static partial class Tilt
{
    /// <summary>The temperature at which the optimal tilt has a given expected reward.</summary>
    /// <param name="alphabet">The reference law and the rewards.</param>
    /// <param name="expectedReward">
    /// E*[r], from the expected reward under P (returns +infinity) to the highest reward (returns 0).
    /// </param>
    /// <returns>lambda, to some 1e-14 of itself unless the reward lies that close to an end of its range.</returns>
    /// <exception cref="ArgumentNullException">The alphabet is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">expectedReward is outside its range or NaN.</exception>
    /// <remarks>E*[r] falls strictly as lambda rises; found by bisection in log lambda.</remarks>
    public static double LambdaForReward(FiniteAlphabet alphabet, double expectedReward)
    {
        ArgumentNullException.ThrowIfNull(alphabet);
        RewardLevels levels = alphabet.Levels;
        double rounding = Rounding(levels);
        Throw.IfOutside(
            expectedReward, levels.MeanReward() - rounding, levels.Highest + rounding, nameof(expectedReward));
        if (Shortfall(levels, expectedReward, double.PositiveInfinity) <= 0)
        {
            return double.PositiveInfinity;
        }

        if (Shortfall(levels, expectedReward, 0) >= 0)
        {
            return 0;
        }

        double range = levels.Highest - levels.Lowest;
        return Bisection.GeometricRoot(range, lambda => Shortfall(levels, expectedReward, lambda) > 0);
    }

    /// <summary>
    /// Cramer's rate function I(a): the smallest KL(Q || P) among the laws Q of expected reward at least a, attained by
    /// a tilt. With the reward on one axis and I on the other, the frontier of reward against divergence.
    /// </summary>
    /// <param name="alphabet">The reference law and the rewards.</param>
    /// <param name="expectedReward">a, any finite number.</param>
    /// <returns>
    /// I(a) in nats: 0 up to the expected reward under P, -log P(highest reward) at the highest, +infinity beyond.
    /// </returns>
    /// <exception cref="ArgumentNullException">The alphabet is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">expectedReward is infinite or NaN.</exception>
    public static double RateFunction(FiniteAlphabet alphabet, double expectedReward)
    {
        ArgumentNullException.ThrowIfNull(alphabet);
        Throw.IfNotFinite(expectedReward, nameof(expectedReward));
        RewardLevels levels = alphabet.Levels;
        if (expectedReward > levels.Highest + Rounding(levels))
        {
            return double.PositiveInfinity;
        }

        if (expectedReward <= levels.MeanReward())
        {
            return 0;
        }

        double lambda = LambdaForReward(alphabet, expectedReward);
        return Divergence.Kl(ExactLaw.OptimalTilt(alphabet, lambda), alphabet.Probabilities);
    }

    /// <summary>How far beyond its range an expected reward may lie for having been summed in another order.</summary>
    private static double Rounding(RewardLevels levels) =>
        (1e-12 * (levels.Highest - levels.Lowest))
        + (4e-15 * Math.Max(Math.Abs(levels.Highest), Math.Abs(levels.Lowest)));

    /// <summary>The given reward minus that of the tilt: rises with lambda.</summary>
    private static double Shortfall(RewardLevels levels, double expectedReward, double lambda)
    {
        double[] ratios = LevelRatios(levels, lambda);
        var sum = new CompensatedSum();
        for (int l = 0; l < ratios.Length; l++)
        {
            sum.Add(levels.Mass[l] * ratios[l] * (expectedReward - levels.Rewards[l]));
        }

        return sum.Value;
    }
}
