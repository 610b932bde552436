namespace SoftBoN.Kernels.Theory;

/// <summary>
/// The distinct rewards of an alphabet, highest first, with the mass of each. Outcomes of equal reward are treated
/// alike by every selector here, so a law is a ratio to the reference law that depends on the level alone.
/// </summary>
internal sealed class RewardLevels
{
    /// <summary>Marks an outcome of probability 0: it belongs to no level and no law reaches it.</summary>
    private const int NoLevel = -1;

    private readonly int[] _levelOf;

    internal RewardLevels(double[] probabilities, double[] rewards)
    {
        int[] order = [.. Enumerable.Range(0, rewards.Length).Where(i => probabilities[i] > 0)];
        Array.Sort(Array.ConvertAll(order, i => -rewards[i]), order);

        _levelOf = new int[rewards.Length];
        Array.Fill(_levelOf, NoLevel);
        var distinct = new List<double>();
        var mass = new List<double>();
        for (int first = 0, end; first < order.Length; first = end)
        {
            double reward = rewards[order[first]];
            var sum = new CompensatedSum();
            for (end = first; end < order.Length && rewards[order[end]] == reward; end++)
            {
                sum.Add(probabilities[order[end]]);
                _levelOf[order[end]] = distinct.Count;
            }

            distinct.Add(reward);
            mass.Add(sum.Value);
        }

        Rewards = [.. distinct];
        Mass = [.. mass];
        Above = HeadSums(Mass);
        AtOrBelow = RealMath.TailSums(Mass);
    }

    internal int Count => Rewards.Length;

    internal double Highest => Rewards[0];

    internal double Lowest => Rewards[^1];

    /// <summary>The distinct rewards, strictly descending.</summary>
    internal double[] Rewards { get; }

    /// <summary>The reference probability of each level; all positive.</summary>
    internal double[] Mass { get; }

    /// <summary>The mass above each level: small, and so accurate, where <see cref="AtOrBelow"/> is near 1.</summary>
    internal double[] Above { get; }

    /// <summary>The mass of each level and all lower ones; one final entry of 0 below the last level.</summary>
    internal double[] AtOrBelow { get; }

    /// <summary>The expected reward under the reference law.</summary>
    internal double MeanReward() => FiniteAlphabet.ExpectedValue(Mass, Rewards);

    /// <summary>How far a lower level lies below an upper one in log-weight: at least 0, may be +infinity.</summary>
    internal double Gap(int upper, int lower, double lambda) =>
        RealMath.Scale(Rewards[upper] - Rewards[lower], lambda);

    /// <summary>Where the run of levels that starts here ends: no gap within it is wider than the given one.</summary>
    internal int RunEnd(int first, double lambda, double widestGap)
    {
        int end = first + 1;
        while (end < Count && Gap(end - 1, end, lambda) <= widestGap)
        {
            end++;
        }

        return end;
    }

    /// <summary>The mean under the reference law of a function of the outcome, given the level.</summary>
    internal double[] LevelMeans(ReadOnlySpan<double> probabilities, ReadOnlySpan<double> values)
    {
        var sums = new CompensatedSum[Count];
        for (int i = 0; i < _levelOf.Length; i++)
        {
            if (_levelOf[i] != NoLevel)
            {
                sums[_levelOf[i]].Add(probabilities[i] / Mass[_levelOf[i]] * values[i]);
            }
        }

        return Array.ConvertAll(sums, static sum => sum.Value);
    }

    /// <summary>The law whose ratio to the reference law is given level by level.</summary>
    internal double[] Spread(ReadOnlySpan<double> probabilities, ReadOnlySpan<double> ratios)
    {
        double[] law = PerOutcome(ratios, unreached: 0);
        for (int i = 0; i < law.Length; i++)
        {
            law[i] *= probabilities[i];
        }

        return law;
    }

    /// <summary>Repeats each level's value at its outcomes; outcomes of probability 0 get another.</summary>
    internal double[] PerOutcome(ReadOnlySpan<double> values, double unreached)
    {
        var result = new double[_levelOf.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = _levelOf[i] == NoLevel ? unreached : values[_levelOf[i]];
        }

        return result;
    }

    private static double[] HeadSums(double[] mass)
    {
        var sums = new double[mass.Length];
        var total = new CompensatedSum();
        for (int i = 0; i < mass.Length; i++)
        {
            sums[i] = total.Value;
            total.Add(mass[i]);
        }

        return sums;
    }
}
