namespace SoftBoN.Kernels.Theory;

/// <summary>
/// Unbiased estimates, from N scored samples, of what a selector yields with n of them: averages over all sets of n,
/// not over a few drawn ones.
/// </summary>
/// <remarks>
/// N independent samples of the reference law are at least n. Each estimate is the U-statistic of the selector, and so
/// has the least variance of all unbiased estimates that treat the samples alike. For the biased plug-in take the law
/// on <see cref="FiniteAlphabet.Uniform"/>.
/// </remarks>
public static partial class UnbiasedEstimate
{
    /// <summary>The expected value of the candidate that hard best-of-n selects, ties decided uniformly.</summary>
    /// <param name="rewards">The reward of each sample, by which the selection is made.</param>
    /// <param name="values">What is averaged: the same rewards, or another (gold) reward of each sample.</param>
    /// <param name="n">The number of candidates, from 1 to N.</param>
    /// <returns>
    /// The sum over the samples in ascending order of reward of (i - 1 choose n - 1) / (N choose n) times the value.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The rewards or values are empty, not finite or of different lengths.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">n is less than 1 or greater than N.</exception>
    public static double BestOfN(ReadOnlySpan<double> rewards, ReadOnlySpan<double> values, int n)
    {
        (double[] sorted, double[] ordered) = Descending(rewards, values, n);
        var sum = new CompensatedSum();

        // The share of sets of n that hold none of the samples ranked higher.
        double open = 1;
        for (int first = 0, end; first < sorted.Length && open > 0; first = end)
        {
            var tied = new CompensatedSum();
            double won = 0;
            for (end = first; end < sorted.Length && sorted[end] == sorted[first]; end++)
            {
                tied.Add(ordered[end]);
                won += open * n / (sorted.Length - end);
                open *= Math.Max(0, sorted.Length - end - n) / (double)(sorted.Length - end);
            }

            sum.Add(won * (tied.Value / (end - first)));
        }

        return sum.Value;
    }

    /// <summary>pass@k: the probability that at least one of k samples is correct.</summary>
    /// <param name="samples">N, at least 1.</param>
    /// <param name="correct">c, how many of them are correct; from 0 to N.</param>
    /// <param name="k">The number of candidates, from 1 to N.</param>
    /// <returns>
    /// 1 - (N - c choose k) / (N choose k), relatively accurate (Chen et al., arXiv 2107.03374).
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double PassAtK(int samples, int correct, int k)
    {
        Throw.IfCountBelow(samples, 1, nameof(samples));
        Throw.IfCountBelow(correct, 0, nameof(correct));
        Throw.IfNotAtMost(correct, samples, nameof(correct), "the number of samples");
        Throw.IfCountBelow(k, 1, nameof(k));
        Throw.IfNotAtMost(k, samples, nameof(k), "the number of samples; draw more samples");
        int fewer = Math.Min(correct, k);
        int more = Math.Max(correct, k);
        if (more > samples - fewer)
        {
            return 1;
        }

        var logMissed = new CompensatedSum();
        for (int i = 0; i < fewer; i++)
        {
            logMissed.Add(RealMath.Log1p(-more / (double)(samples - i)));
        }

        return -RealMath.Expm1(logMissed.Value);
    }

    /// <summary>Rewards in descending order, and the values in the order of their rewards.</summary>
    private static (double[] Rewards, double[] Values) Descending(
        ReadOnlySpan<double> rewards,
        ReadOnlySpan<double> values,
        int n)
    {
        Throw.IfNotRewards(rewards, nameof(rewards));
        Throw.IfNotRewards(values, nameof(values));
        Throw.IfLengthsDiffer(values.Length, rewards.Length, nameof(values), nameof(rewards));
        Throw.IfNotCandidateCount(n);
        Throw.IfNotAtMost(n, rewards.Length, nameof(n), "the number of samples; draw more samples");
        double[] keys = rewards.ToArray();
        double[] ordered = values.ToArray();
        Array.Sort(keys, ordered);
        Array.Reverse(keys);
        Array.Reverse(ordered);
        return (keys, ordered);
    }
}
