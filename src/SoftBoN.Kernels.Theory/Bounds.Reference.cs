namespace SoftBoN.Kernels.Theory;

public static partial class Bounds
{
    /// <summary>
    /// Reverse Pythagoras: KL(P* || P) - KL(P* || P_n) - KL(P_n || P), which is never negative for soft best-of-n.
    /// </summary>
    /// <param name="tilt">P*, the optimal tilt.</param>
    /// <param name="soft">P_n, the law of soft best-of-n at the same temperature.</param>
    /// <param name="reference">P, the reference law.</param>
    /// <returns>The slack in nats; rounding may leave it below 0 by some 1e-15.</returns>
    /// <exception cref="ArgumentException">An argument is not a law, or the lengths differ.</exception>
    /// <remarks>
    /// The slack equals E*[f] - E_n[f] for f = log(P_n / P), which increases with the reward, and P* exceeds P_n in
    /// the likelihood-ratio order.
    /// </remarks>
    public static double ReversePythagorasSlack(
        ReadOnlySpan<double> tilt,
        ReadOnlySpan<double> soft,
        ReadOnlySpan<double> reference) =>
        Divergence.Kl(tilt, reference) - Divergence.Kl(tilt, soft) - Divergence.Kl(soft, reference);

    /// <summary>KL(P_n || P) is at most log(n / (1 + (n - 1) exp(-D / lambda))) for rewards of range D.</summary>
    /// <param name="rewardRange">D, largest minus smallest reward; at least 0, finite.</param>
    /// <param name="lambda">The temperature, from 0 to +infinity.</param>
    /// <param name="n">The number of candidates, at least 1.</param>
    /// <returns>The bound in nats, from 0 to log n.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// rewardRange is negative, infinite or NaN, lambda is negative or NaN, or n is less than 1.
    /// </exception>
    /// <remarks>
    /// P_n/P is n E[w / (w + S)], and S is at least (n - 1) exp(-D / lambda) w. Sharper than
    /// <see cref="BestOfNKl(int)"/> where D / lambda is small.
    /// </remarks>
    public static double KlSoftToReferenceFromRange(double rewardRange, double lambda, int n)
    {
        Throw.IfNotCandidateCount(n);

        // 1 + (n - 1) e^-x = n (1 - share), share = (n - 1)(1 - e^-x) / n: accurate also where x is small.
        double share = (n - 1) * -RealMath.Expm1(-ScaledRange(rewardRange, lambda)) / n;
        return -RealMath.Log1p(-share);
    }

    /// <summary>
    /// KL(P_n || P) is at most log n - (n - 1) / n at every temperature, best-of-n included. Hard best-of-n attains
    /// it if and only if no two candidates can have the same reward.
    /// </summary>
    /// <param name="n">The number of candidates, at least 1.</param>
    /// <returns>log n - (n - 1) / n in nats.</returns>
    /// <exception cref="ArgumentOutOfRangeException">n is less than 1.</exception>
    /// <remarks>
    /// Soft best-of-n is hard best-of-n for r / lambda plus Gumbel noise, which has no ties; forgetting the noise
    /// cannot raise the divergence.
    /// </remarks>
    public static double BestOfNKl(int n)
    {
        Throw.IfNotCandidateCount(n);
        return Math.Log(n) - ((n - 1.0) / n);
    }

    /// <summary>
    /// KL of hard best-of-n from the reference is at most
    /// D(e, n) = (1 - e)^n (log n + (n - 1) log(1 - e) - (n - 1) / n) + (1 - (1 - e)^n) log((1 - (1 - e)^n) / e),
    /// where e is the probability of the highest reward.
    /// </summary>
    /// <param name="n">The number of candidates, at least 1.</param>
    /// <param name="topMass">e, from 0 (no ties: <see cref="BestOfNKl(int)"/>) to 1.</param>
    /// <returns>D(e, n) in nats: at most log n - (n - 1) / n, and tending to -log e as n grows.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// n is less than 1, or topMass is outside [0, 1] or NaN.
    /// </exception>
    /// <remarks>
    /// The exact value where all other rewards are continuous; joining outcomes into atoms can only lower a divergence.
    /// With the probability of the returned outcome in place of e this is the estimator of Beirami et al., arXiv
    /// 2401.01879.
    /// </remarks>
    public static double BestOfNKl(int n, double topMass)
    {
        Throw.IfNotCandidateCount(n);
        Throw.IfOutside(topMass, 0, 1, nameof(topMass));
        if (topMass == 0 || n == 1)
        {
            return BestOfNKl(n);
        }

        double logRest = topMass < 0.5 ? RealMath.Log1p(-topMass) : Math.Log(1 - topMass);
        double missed = Math.Exp(n * logRest);
        double reached = -RealMath.Expm1(n * logRest);
        double below = missed == 0 ? 0 : missed * (BestOfNKl(n) + ((n - 1) * logRest));
        return below + (reached * (Math.Log(reached) - Math.Log(topMass)));
    }

    /// <summary>P_n(y) / P(y) is at most n, for any rule that selects one of n candidates.</summary>
    /// <param name="n">The number of candidates, at least 1.</param>
    /// <returns>n.</returns>
    /// <exception cref="ArgumentOutOfRangeException">n is less than 1.</exception>
    /// <remarks>To return y, y must be among the candidates: the union bound.</remarks>
    public static double RatioToReference(int n)
    {
        Throw.IfNotCandidateCount(n);
        return n;
    }

    private static double ScaledRange(double rewardRange, double lambda)
    {
        Throw.IfBelow(rewardRange, 0, nameof(rewardRange));
        Throw.IfNotFinite(rewardRange, nameof(rewardRange));
        Throw.IfNotTemperature(lambda);
        return RealMath.Scale(rewardRange, lambda);
    }
}
