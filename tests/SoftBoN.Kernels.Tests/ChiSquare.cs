namespace SoftBoN.Kernels.Tests;

/// <summary>Pearson's test of counts against probabilities, at a level of 1e-6.</summary>
internal static class ChiSquare
{
    private static readonly Dictionary<int, double> Critical = new()
    {
        [1] = 23.93,
        [2] = 27.63,
        [3] = 30.66,
        [4] = 33.38,
        [7] = 40.52,
        [15] = 56.49,
        [19] = 63.68,
        [31] = 83.64,
        [63] = 131.37,
        [255] = 377.08,
    };

    public static void AssertFits(long[] counts, double[] probabilities)
    {
        double statistic = Statistic(counts, probabilities);
        double critical = Critical[counts.Length - 1];
        Assert.True(statistic < critical, $"chi-square {statistic:F2}, critical {critical}");
    }

    /// <summary>That the same number of draws tells this law from the one that it was drawn from.</summary>
    public static void AssertRejects(long[] counts, double[] probabilities)
    {
        double statistic = Statistic(counts, probabilities);
        double critical = Critical[counts.Length - 1];
        Assert.True(statistic > critical, $"chi-square {statistic:F2} does not reject, critical {critical}");
    }

    public static long[] Count(ReadOnlySpan<int> values, int kinds)
    {
        long[] counts = new long[kinds];
        foreach (int value in values)
        {
            counts[value]++;
        }

        return counts;
    }

    private static double Statistic(long[] counts, double[] probabilities)
    {
        Assert.Equal(probabilities.Length, counts.Length);
        double total = counts.Sum();
        double statistic = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            double expected = total * probabilities[i];
            Assert.True(expected >= 5, $"cell {i} expects {expected:F1}, too few for the test");
            statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
        }

        return statistic;
    }
}
