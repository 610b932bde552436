namespace SoftBoN.Kernels.Theory;

/// <summary>
/// The integral E[n phi(t)^(n-1)] w exp(-t w) dt over t > 0 for a run of neighbouring reward levels at once, by
/// the trapezoidal rule in s = log t.
/// </summary>
/// <remarks>
/// <para>
/// In s the integrand is analytic in the strip |Im s| &lt; pi/2, and there |phi(z)| &lt;= phi(Re z), so on the line
/// Im s = d its integral is at most 1 / cos d times the value sought. The rule with step h is therefore off by at
/// most 2 / (cos d (exp(2 pi d / h) - 1)) of that value: below 1e-19 at h = 3/16, whatever the weights, the law
/// and n. Nothing needs to adapt.
/// </para>
/// <para>
/// A level at distance c below the top of its run feels the nodes with s - c in [-reach, Spent]. Before that its
/// clock has not started: exp(-t w) is 1. After that it has rung: exp(-t w) is 0. So each level costs a fixed
/// number of nodes, and a pass over the nodes sweeps a window over the sorted levels.
/// </para>
/// </remarks>
internal static class SoftRaceIntegral
{
    /// <summary>Levels further apart than this have a weight ratio that underflows: they share no node.</summary>
    internal const double WidestGap = 800;

    /// <summary>The spacing of nodes; a dyadic number, so that node positions are exact.</summary>
    internal const double Step = 3.0 / 16;

    /// <summary>exp(-exp(Spent)) underflows to 0.</summary>
    internal const double Spent = 6.75;

    /// <summary>Left of -(Reach + log n) lies less than exp(-Reach) of any level's integral.</summary>
    internal const double Reach = 40;

    /// <summary>Writes P_n/P for the levels first to end - 1 into <paramref name="ratios"/>.</summary>
    internal static void Fill(
        RewardLevels levels,
        double lambda,
        CandidateCount count,
        int first,
        int end,
        double[] ratios)
    {
        (double[] position, double[] residue) = Positions(levels, lambda, first, end);
        var density = new double[end - first];
        double reach = Reach + Math.Log(count.Mean);
        double decay = Math.Exp(-Step);
        double s = -Step * Math.Ceiling(reach / Step);

        // The sum over past nodes of exp(node - s) phi^(n-1): what a level that has not started yet is owed.
        double carry = 0;
        int live = first;
        int entered = first;
        while (live < end)
        {
            for (; entered < end && position[entered - first] - s <= reach; entered++)
            {
                ratios[entered] = carry * Math.Exp(s - position[entered - first]);
            }

            while (live < entered && s - position[live - first] > Spent)
            {
                live++;
            }

            double power = SurvivalPower(levels, count, live, entered, s, position.AsSpan(live - first),
                residue.AsSpan(live - first), density);
            if (power == 0)
            {
                break;
            }

            for (int l = live; l < entered; l++)
            {
                ratios[l] += power * density[l - live];
            }

            // Between two windows nothing changes but s: those nodes form a geometric series.
            double nodes = live == entered && entered < end
                ? Math.Ceiling((position[entered - first] - reach - s) / Step)
                : 1;
            double shrink = Math.Exp(-Step * nodes);
            carry = (carry * shrink) + (power * decay * (1 - shrink) / (1 - decay));
            s += Step * nodes;
        }

        for (; entered < end; entered++)
        {
            ratios[entered] = carry * Math.Exp(s - position[entered - first]);
        }

        for (int l = first; l < end; l++)
        {
            ratios[l] *= count.Mean * Step;
        }
    }

    /// <summary>
    /// E[n phi^(n-1)] / E[n] at node s; leaves t w exp(-t w) of the levels live to entered - 1 in
    /// <paramref name="density"/>.
    /// </summary>
    internal static double SurvivalPower(
        RewardLevels levels,
        CandidateCount count,
        int live,
        int entered,
        double s,
        ReadOnlySpan<double> position,
        ReadOnlySpan<double> residue,
        Span<double> density)
    {
        var rung = new CompensatedSum();
        var running = new CompensatedSum();
        rung.Add(live < levels.Count ? levels.Above[live] : 1);
        running.Add(levels.AtOrBelow[entered]);
        for (int i = 0; i < entered - live; i++)
        {
            double rate = Math.Exp(s - position[i] - residue[i]);
            bool early = rate < 0.5;
            double done = early ? -RealMath.Expm1(-rate) : 1 - Math.Exp(-rate);
            double waiting = early ? 1 - done : Math.Exp(-rate);
            rung.Add(levels.Mass[live + i] * done);
            running.Add(levels.Mass[live + i] * waiting);
            density[i] = rate * waiting;
        }

        return count.Survival(running.Value, rung.Value);
    }

    /// <summary>
    /// The distances (r_first - r_l) / lambda as unevaluated sums of two doubles: with one, the rounding of a
    /// distance of 1e6 would show as an error of 1e-10 in the ratio of two neighbouring weights.
    /// </summary>
    internal static (double[] Position, double[] Residue) Positions(
        RewardLevels levels,
        double lambda,
        int first,
        int end)
    {
        var position = new double[end - first];
        var residue = new double[end - first];
        double top = levels.Rewards[first];
        for (int l = first; l < end; l++)
        {
            double reward = levels.Rewards[l];
            double distance = top - reward;
            double other = top - distance;
            double lost = (top - (distance + (top - distance))) + (other - reward);
            double quotient = distance / lambda;
            position[l - first] = quotient;
            residue[l - first] = (Math.FusedMultiplyAdd(-quotient, lambda, distance) + lost) / lambda;
        }

        return (position, residue);
    }
}
