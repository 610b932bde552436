namespace SoftBoN.Tool.Study.Sources;

/// <summary>Pearson's test of counts against a law.</summary>
/// <param name="Statistic">The statistic; 0 where there is nothing to test.</param>
/// <param name="Freedom">Its degrees of freedom.</param>
internal readonly record struct ChiSquareTest(double Statistic, int Freedom)
{
    private const double LeastExpected = 5;

    /// <summary>The same as a standard normal value, by the cube root of Wilson and Hilferty.</summary>
    public double Normal
    {
        get
        {
            if (Freedom == 0)
            {
                return 0;
            }

            double part = 2.0 / (9 * Freedom);
            return (Math.Cbrt(Statistic / Freedom) - (1 - part)) / Math.Sqrt(part);
        }
    }

    /// <summary>Outcomes that are expected fewer than 5 times count together.</summary>
    public static ChiSquareTest Of(ReadOnlySpan<long> counts, ReadOnlySpan<double> law)
    {
        long total = 0;
        foreach (long count in counts)
        {
            total += count;
        }

        (double statistic, int cells, double rareExpected, double rareCount) = (0, 0, 0, 0);
        for (int i = 0; i < counts.Length; i++)
        {
            double expected = total * law[i];
            if (expected < LeastExpected)
            {
                rareExpected += expected;
                rareCount += counts[i];
                continue;
            }

            statistic += Term(counts[i], expected);
            cells++;
        }

        if (rareExpected >= LeastExpected)
        {
            statistic += Term(rareCount, rareExpected);
            cells++;
        }

        return new ChiSquareTest(statistic, Math.Max(0, cells - 1));
    }

    private static double Term(double count, double expected) => (count - expected) * (count - expected) / expected;
}
