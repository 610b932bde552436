using CsCheck;

namespace SoftBoN.Kernels.Theory.Tests;

/// <summary>A Poisson number of candidates: averages over n of the laws for fixed n, done term by term.</summary>
public sealed class PoissonTests
{
    private const int Runs = 60;

    private static readonly Gen<(Instance, double)> Instances =
        Gen.Select(Instance.Any(mostOutcomes: 6, mostCandidates: 1), Gen.Double[0.01, 12]);

    [Fact]
    public void Soft_best_of_poisson_is_the_average_over_n() => Instances.Sample(
        (x, mean) => Near.Absolute(
            Average(n => ExactLaw.SoftBestOfN(x.Alphabet, x.Lambda, n), mean),
            ExactLaw.SoftBestOfPoisson(x.Alphabet, x.Lambda, mean),
            2e-13),
        iter: Runs);

    [Fact]
    public void Best_of_poisson_is_the_average_over_n() => Instances.Sample(
        (x, mean) => Near.Absolute(
            Average(n => ExactLaw.BestOfN(x.Alphabet, n), mean),
            ExactLaw.BestOfPoisson(x.Alphabet, mean),
            2e-13),
        iter: Runs);

    [Fact]
    public void No_extra_candidate_is_the_reference_law()
    {
        double[] p = Toys.Three.Probabilities.ToArray();

        Assert.Equal(p, ExactLaw.SoftBestOfPoisson(Toys.Three, .3, 0));
        Near.Absolute(p, ExactLaw.BestOfPoisson(Toys.Three, 0), 1e-15);
        Assert.Equal(p, ExactLaw.SoftBestOfPoisson(Toys.Three, double.PositiveInfinity, 5));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e-300)]
    [InlineData(1e-4)]
    public void A_cold_temperature_is_best_of_poisson(double lambda) => Near.Relative(
        ExactLaw.BestOfPoisson(Toys.Three, 4.5), ExactLaw.SoftBestOfPoisson(Toys.Three, lambda, 4.5), 1e-13);

    [Fact]
    public void Two_equally_likely_rewards_have_a_closed_form()
    {
        var alphabet = FiniteAlphabet.Uniform([0, 1]);

        // The lower one wins only where all candidates are low: E[2^-(1 + N)] = exp(-mu / 2) / 2.
        Near.Relative([Math.Exp(-20) / 2, 1 - (Math.Exp(-20) / 2)], ExactLaw.BestOfPoisson(alphabet, 40), 1e-14);
    }

    [Fact]
    public void A_huge_mean_reaches_the_tilt()
    {
        double[] law = ExactLaw.SoftBestOfPoisson(Toys.Three, .5, 1e12);

        Near.Absolute(ExactLaw.OptimalTilt(Toys.Three, .5), law, 1e-11);
        Near.Absolute(1, law.Sum(), 1e-13);
    }

    private static double[] Average(Func<int, double[]> law, double mean)
    {
        double probability = Math.Exp(-mean);
        double[] average = Array.ConvertAll(law(1), p => p * probability);
        for (int extra = 1; extra < 80; extra++)
        {
            probability *= mean / extra;
            double[] next = law(1 + extra);
            for (int i = 0; i < average.Length; i++)
            {
                average[i] += probability * next[i];
            }
        }

        return average;
    }
}
