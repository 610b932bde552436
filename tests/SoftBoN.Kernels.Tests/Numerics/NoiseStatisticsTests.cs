using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Tests.Numerics;

/// <summary>A million words of a fixed seed against the laws; one seed in a million fails a right law.</summary>
public sealed class NoiseStatisticsTests
{
    private const int Count = 1_000_000;

    /// <summary>Two-sided normal quantile of 1e-6.</summary>
    private const double Z = 4.8916;

    /// <summary>Quantile of the chi-square law with 255 degrees of freedom at 1 - 1e-6.</summary>
    private const double ChiSquare255 = 377.08;

    /// <summary>sqrt(log(2e6) / 2): the Kolmogorov-Smirnov quantile at 1 - 1e-6, times sqrt(sample size).</summary>
    private const double Kolmogorov = 2.6934;

    private static readonly uint[] Words = RandomWords.Make(seed: 20240607, Count);

    [Fact]
    public void Gumbel_has_its_moments()
    {
        (double mean, double variance) = Moments(Noise.Gumbel);
        double expected = Math.PI * Math.PI / 6;

        Assert.Equal(0.57721566490153286, mean, Z * Math.Sqrt(expected / Count));
        Assert.Equal(expected, variance, Z * expected * Math.Sqrt(4.4 / Count));
    }

    [Fact]
    public void Exponential_has_its_moments()
    {
        (double mean, double variance) = Moments(Noise.Exponential);

        Assert.Equal(1, mean, Z * Math.Sqrt(1.0 / Count));
        Assert.Equal(1, variance, Z * Math.Sqrt(8.0 / Count));
    }

    [Fact]
    public void Gumbel_follows_its_law() => AssertLaw(Noise.Gumbel, g => Math.Exp(-Math.Exp(-g)));

    [Fact]
    public void Exponential_follows_its_law() => AssertLaw(Noise.Exponential, e => 1 - Math.Exp(-e));

    [Fact]
    public void Uniform_follows_its_law() => AssertLaw(Noise.Uniform, v => v);

    /// <summary>The tail that wins a race: 24-bit uniforms fail here.</summary>
    [Theory]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(11)]
    public void Gumbel_has_its_winning_tail(double level)
    {
        double expected = Count * (1 - Math.Exp(-Math.Exp(-level)));
        int above = Words.Count(word => Noise.Gumbel(word) > level);

        Assert.Equal(expected, above, Z * Math.Sqrt(expected) + 2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(24)]
    public void Every_byte_of_a_word_is_uniform(int shift) =>
        Assert.InRange(ChiSquare(Words.Select(word => (int)(word >> shift) & 255)), 0, ChiSquare255);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(128)]
    public void Words_of_neighbouring_elements_are_independent(int distance) =>
        Assert.InRange(
            ChiSquare(Enumerable.Range(0, Count - distance).Select(i =>
                (int)((Words[i] >> 28 << 4) | (Words[i + distance] >> 28)))),
            0,
            ChiSquare255);

    private static (double Mean, double Variance) Moments(Func<uint, float> variable)
    {
        double mean = Words.Average(word => (double)variable(word));
        return (mean, Words.Average(word => Math.Pow(variable(word) - mean, 2)));
    }

    private static void AssertLaw(Func<uint, float> variable, Func<double, double> distribution)
    {
        double[] levels = [.. Words.Select(word => distribution(variable(word)))];
        Array.Sort(levels);
        double distance = 0;
        for (int i = 0; i < Count; i++)
        {
            distance = Math.Max(distance, Math.Max(levels[i] - ((double)i / Count), ((i + 1.0) / Count) - levels[i]));
        }

        Assert.InRange(distance, 0, Kolmogorov / Math.Sqrt(Count));
        Assert.InRange(ChiSquare(levels.Select(level => (int)(level * 256))), 0, ChiSquare255);
    }

    /// <summary>Of 256 equally likely bins.</summary>
    private static double ChiSquare(IEnumerable<int> bins)
    {
        double[] counts = new double[256];
        int total = 0;
        foreach (int bin in bins)
        {
            counts[bin]++;
            total++;
        }

        double expected = total / 256.0;
        return counts.Sum(count => (count - expected) * (count - expected) / expected);
    }
}
