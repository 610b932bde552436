namespace SoftBoN.Kernels.Theory;

/// <summary>
/// Numbers that sum up how far the optimal tilt P* = P exp(r / lambda) / Z lies from the reference law P. The
/// bounds of <see cref="Bounds"/> are written in them.
/// </summary>
public static partial class Tilt
{
    /// <summary>log Z, where Z = E_P[exp(r / lambda)].</summary>
    /// <param name="alphabet">The reference law and the rewards.</param>
    /// <param name="lambda">The temperature, positive or +infinity (log Z = 0).</param>
    /// <returns>
    /// log Z; it overflows to an infinity only where the highest reward divided by lambda does.
    /// </returns>
    /// <exception cref="ArgumentNullException">The alphabet is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">lambda is 0 (Z has no limit), negative or NaN.</exception>
    public static double LogNormalizer(FiniteAlphabet alphabet, double lambda)
    {
        ArgumentNullException.ThrowIfNull(alphabet);
        Throw.IfBelow(lambda, double.Epsilon, nameof(lambda));
        return (alphabet.Levels.Highest / lambda) + LogScaledNormalizer(alphabet.Levels, lambda);
    }

    /// <summary>
    /// chi^2(P* || P) = Var_P(w) / Z^2: the squared coefficient of variation of the weights w = exp(r / lambda).
    /// </summary>
    /// <param name="alphabet">The reference law and the rewards.</param>
    /// <param name="lambda">The temperature, at least 0; at 0 the value is 1 / P(highest reward) - 1.</param>
    /// <returns>A finite number of at least 0, relatively accurate also where it is tiny (large lambda).</returns>
    /// <exception cref="ArgumentNullException">The alphabet is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">lambda is negative or NaN.</exception>
    public static double ChiSquare(FiniteAlphabet alphabet, double lambda)
    {
        ArgumentNullException.ThrowIfNull(alphabet);
        Throw.IfNotTemperature(lambda);
        RewardLevels levels = alphabet.Levels;
        double[] excess = LevelExcesses(levels, lambda);
        var sum = new CompensatedSum();
        for (int l = 0; l < levels.Count; l++)
        {
            sum.Add(levels.Mass[l] * excess[l] * excess[l]);
        }

        return sum.Value;
    }

    /// <summary>The largest likelihood ratio sup P*/P = w_max / Z over outcomes of positive probability.</summary>
    /// <param name="alphabet">The reference law and the rewards.</param>
    /// <param name="lambda">The temperature, at least 0; at 0 the value is 1 / P(highest reward).</param>
    /// <returns>A number of at least 1.</returns>
    /// <exception cref="ArgumentNullException">The alphabet is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">lambda is negative or NaN.</exception>
    public static double PeakRatio(FiniteAlphabet alphabet, double lambda)
    {
        ArgumentNullException.ThrowIfNull(alphabet);
        Throw.IfNotTemperature(lambda);
        return Math.Exp(-LogScaledNormalizer(alphabet.Levels, lambda));
    }

    /// <summary>P*/P level by level.</summary>
    internal static double[] LevelRatios(RewardLevels levels, double lambda)
    {
        (double[] weights, double normalizer) = LevelWeights(levels, lambda);
        return Array.ConvertAll(weights, weight => weight / normalizer);
    }

    /// <summary>The levels' weights relative to the best one's, and their mean under P.</summary>
    internal static (double[] Weights, double Normalizer) LevelWeights(RewardLevels levels, double lambda)
    {
        var weights = new double[levels.Count];
        var normalizer = new CompensatedSum();
        for (int l = 0; l < weights.Length; l++)
        {
            weights[l] = Math.Exp(-levels.Gap(0, l, lambda));
            normalizer.Add(levels.Mass[l] * weights[l]);
        }

        return (weights, normalizer.Value);
    }

    /// <summary>P*/P - 1 level by level.</summary>
    internal static double[] LevelExcesses(RewardLevels levels, double lambda)
    {
        double logZ = LogScaledNormalizer(levels, lambda);
        var excesses = new double[levels.Count];
        for (int l = 0; l < excesses.Length; l++)
        {
            excesses[l] = RealMath.Expm1(-levels.Gap(0, l, lambda) - logZ);
        }

        return excesses;
    }

    /// <summary>log(Z / w_max), at most 0: summed as log(1 - small) where the weights are nearly equal.</summary>
    private static double LogScaledNormalizer(RewardLevels levels, double lambda)
    {
        var total = new CompensatedSum();
        var missing = new CompensatedSum();
        for (int l = 0; l < levels.Count; l++)
        {
            double gap = levels.Gap(0, l, lambda);
            total.Add(levels.Mass[l] * Math.Exp(-gap));
            missing.Add(levels.Mass[l] * RealMath.Expm1(-gap));
        }

        return missing.Value > -0.5 ? RealMath.Log1p(missing.Value) : Math.Log(total.Value);
    }
}
