namespace SoftBoN.Kernels.Theory;

/// <summary>
/// The derivative of the mean of any g under soft best-of-n with respect to 1 / lambda:
/// n (n - 1) Int t M(t)^2 phi(t)^(n-2) Cov_t(g, r) dt, M(t) = E_P[w exp(-t w)] and Cov_t the covariance under the law
/// proportional to P w exp(-t w).
/// </summary>
/// <remarks>
/// The nodes and windows of <see cref="SoftRaceIntegral"/>. A covariance is taken around its own means, so that close
/// to a root only what truly cancels does.
/// </remarks>
internal static class SoftRaceSlope
{
    internal static double Compute(RewardLevels levels, ReadOnlySpan<double> gold, double lambda, int n)
    {
        if (n == 1)
        {
            return 0;
        }

        if (double.IsPositiveInfinity(lambda))
        {
            // The covariance within n draws is that of the law, less one n-th.
            return (n - 1.0) / n * MassTimesCovariance(levels, gold, 0, Enumerable.Repeat(1.0, levels.Count).ToArray());
        }

        double slope = 0;
        for (int first = 0, end; first < levels.Count; first = end)
        {
            end = levels.RunEnd(first, lambda, SoftRaceIntegral.WidestGap);

            // One level alone has no covariance.
            slope += end == first + 1 ? 0 : Run(levels, gold, lambda, n, first, end);
        }

        return slope;
    }

    private static double Run(
        RewardLevels levels,
        ReadOnlySpan<double> gold,
        double lambda,
        int n,
        int first,
        int end)
    {
        const double Step = SoftRaceIntegral.Step;
        (double[] position, double[] residue) = SoftRaceIntegral.Positions(levels, lambda, first, end);
        CandidateCount others = CandidateCount.Fixed(n - 1);
        var density = new double[end - first];
        double reach = SoftRaceIntegral.Reach + Math.Log(n);
        double s = -Step * Math.Ceiling(reach / Step);
        double sum = 0;
        int live = first;
        int entered = first;
        while (true)
        {
            while (entered < end && position[entered - first] - s <= reach)
            {
                entered++;
            }

            while (live < entered && s - position[live - first] > SoftRaceIntegral.Spent)
            {
                live++;
            }

            if (entered - live < 2 && entered == end)
            {
                return n * (n - 1.0) * Step * sum;
            }

            if (entered - live < 2)
            {
                // On to the node where the next level enters.
                s += Step * Math.Max(1, Math.Ceiling((position[entered - first] - reach - s) / Step));
                continue;
            }

            double power = SoftRaceIntegral.SurvivalPower(
                levels, others, live, entered, s, position.AsSpan(live - first), residue.AsSpan(live - first), density);
            sum += power * MassTimesCovariance(levels, gold, live, density.AsSpan(0, entered - live));
            s += Step;
        }
    }

    /// <summary>The square of the total mass of a law times its covariance of gold and reward.</summary>
    private static double MassTimesCovariance(
        RewardLevels levels,
        ReadOnlySpan<double> gold,
        int live,
        ReadOnlySpan<double> density)
    {
        double mass = 0;
        double goldSum = 0;
        double rewardSum = 0;
        double top = levels.Rewards[live];
        for (int i = 0; i < density.Length; i++)
        {
            double weight = levels.Mass[live + i] * density[i];
            mass += weight;
            goldSum += weight * gold[live + i];
            rewardSum += weight * (levels.Rewards[live + i] - top);
        }

        if (mass == 0)
        {
            return 0;
        }

        double covariance = 0;
        for (int i = 0; i < density.Length; i++)
        {
            covariance += levels.Mass[live + i] * density[i] * (gold[live + i] - (goldSum / mass))
                * (levels.Rewards[live + i] - top - (rewardSum / mass));
        }

        return mass * covariance;
    }
}
