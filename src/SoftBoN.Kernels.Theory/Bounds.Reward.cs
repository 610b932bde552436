namespace SoftBoN.Kernels.Theory;

public static partial class Bounds
{
    /// <summary>
    /// Relative reward gap: for rewards of at least 0, (E*[r] - E_n[r]) / E*[r] lies between 0 and
    /// (E*[r w] / (Z E*[r]) - 1) / n, where E* and E_n are means under P* and P_n.
    /// </summary>
    /// <param name="alphabet">The reference law and the rewards, the latter at least 0.</param>
    /// <param name="lambda">The temperature, from 0 to +infinity.</param>
    /// <param name="n">The number of candidates, at least 1.</param>
    /// <returns>The upper bound, a pure number.</returns>
    /// <exception cref="ArgumentNullException">The alphabet is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">lambda is negative or NaN, or n is less than 1.</exception>
    /// <exception cref="ArgumentException">
    /// An outcome of positive probability has a negative reward, or all of them have reward 0.
    /// </exception>
    /// <remarks><see cref="PointwiseRatio"/> weighted by r, then Jensen under the law in proportion to P* r.</remarks>
    public static double RewardGap(FiniteAlphabet alphabet, double lambda, int n)
    {
        ArgumentNullException.ThrowIfNull(alphabet);
        Throw.IfNotTemperature(lambda);
        Throw.IfNotCandidateCount(n);
        RewardLevels levels = alphabet.Levels;
        CheckRelativeReward(alphabet);
        double[] ratios = Tilt.LevelRatios(levels, lambda);
        var mean = new CompensatedSum();
        var excess = new CompensatedSum();
        for (int l = 0; l < ratios.Length; l++)
        {
            // Rewards relative to the highest: the quotient does not change and cannot overflow.
            double share = levels.Mass[l] * ratios[l] * (levels.Rewards[l] / levels.Highest);
            mean.Add(share);
            excess.Add(share * (ratios[l] - 1));
        }

        return excess.Value / mean.Value / n;
    }

    /// <summary>Relative reward gap from the largest ratio: at most (w_max/Z - 1) / n for rewards >= 0.</summary>
    /// <param name="peakRatio">w_max / Z as in <see cref="Tilt.PeakRatio"/>; at least 1.</param>
    /// <param name="n">The number of candidates, at least 1.</param>
    /// <returns>The upper bound, a pure number; at least <see cref="RewardGap"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">peakRatio is below 1 or NaN, or n is less than 1.</exception>
    public static double RewardGapFromPeak(double peakRatio, int n)
    {
        Throw.IfBelow(peakRatio, 1, nameof(peakRatio));
        Throw.IfNotCandidateCount(n);
        return (peakRatio - 1) / n;
    }

    /// <summary>Relative reward gap from the range D: at most (exp(D / lambda) - 1) / n for rewards >= 0.</summary>
    /// <param name="rewardRange">D, largest minus smallest reward; at least 0, finite.</param>
    /// <param name="lambda">The temperature, from 0 to +infinity.</param>
    /// <param name="n">The number of candidates, at least 1.</param>
    /// <returns>
    /// The upper bound, a pure number, at least <see cref="RewardGapFromPeak"/>; may be +infinity.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// rewardRange is negative, infinite or NaN, lambda is negative or NaN, or n is less than 1.
    /// </exception>
    public static double RewardGapFromRange(double rewardRange, double lambda, int n)
    {
        Throw.IfNotCandidateCount(n);
        return RealMath.Expm1(ScaledRange(rewardRange, lambda)) / n;
    }

    private static void CheckRelativeReward(FiniteAlphabet alphabet)
    {
        RewardLevels levels = alphabet.Levels;
        if (levels.Lowest < 0 || levels.Highest == 0)
        {
            throw new ArgumentException(
                $"rewards lie in [{Throw.Text(levels.Lowest)}, {Throw.Text(levels.Highest)}]; a relative reward gap "
                + "needs rewards of at least 0, not all 0: subtract the smallest reward.",
                nameof(alphabet));
        }
    }
}
