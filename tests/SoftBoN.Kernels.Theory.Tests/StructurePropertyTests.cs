using CsCheck;

namespace SoftBoN.Kernels.Theory.Tests;

/// <summary>Exact facts about the laws, on random instances.</summary>
public sealed class StructurePropertyTests
{
    private const int Runs = 1000;

    private static readonly Gen<Instance> Instances = Instance.Any(mostOutcomes: 7, mostCandidates: 200);

    [Fact]
    public void Laws_are_laws() => Instances.Sample(
        x =>
        {
            foreach (double[] law in new[] { x.Soft, x.Race, x.TiltLaw, ExactLaw.BestOfN(x.Alphabet, x.N) })
            {
                Assert.All(law, p => Assert.True(p >= 0));
                Near.Absolute(1, law.Sum(), 1e-13);
            }
        },
        iter: Runs);

    [Fact]
    public void The_integral_equals_the_enumeration() => Instance.Any(4, 9).Sample(
        x => Near.Absolute(ExactLaw.SoftBestOfNByEnumeration(x.Alphabet, x.Lambda, x.N), x.Soft, 1e-13),
        iter: Runs);

    [Fact]
    public void Likelihood_ratios_are_ordered_by_the_reward() => Instances.Sample(
        x =>
        {
            double[] next = ExactLaw.SoftBestOfN(x.Alphabet, x.Lambda, x.N + 1);
            foreach ((int low, int high) in OrderedPairs(x))
            {
                AssertRatioIncreases(x.Reference, x.Soft, low, high);
                AssertRatioIncreases(x.Soft, next, low, high);
                AssertRatioIncreases(x.Soft, x.TiltLaw, low, high);
            }
        },
        iter: Runs);

    [Fact]
    public void The_expected_reward_grows_with_candidates_and_never_exceeds_the_tilt() => Instances.Sample(
        x =>
        {
            double soft = x.Alphabet.ExpectedReward(x.Soft);
            double[] next = ExactLaw.SoftBestOfN(x.Alphabet, x.Lambda, x.N + 1);

            Near.AtMost(soft, x.Alphabet.ExpectedReward(next));
            Near.AtMost(soft, x.Alphabet.ExpectedReward(x.TiltLaw));
            Near.AtMost(soft, x.Alphabet.ExpectedReward(ExactLaw.SoftBestOfN(x.Alphabet, x.Lambda / 1.5, x.N)));
        },
        iter: Runs);

    [Fact]
    public void Divergence_from_the_reference_grows_with_candidates_and_cold() => Instances.Sample(
        x =>
        {
            double soft = Divergence.Kl(x.Soft, x.Reference);

            Near.AtMost(soft, Divergence.Kl(ExactLaw.SoftBestOfN(x.Alphabet, x.Lambda, x.N + 1), x.Reference));
            Near.AtMost(soft, Divergence.Kl(ExactLaw.SoftBestOfN(x.Alphabet, x.Lambda / 1.5, x.N), x.Reference));
        },
        iter: Runs);

    [Fact]
    public void Divergence_from_the_tilt_falls_with_candidates() => Instances.Sample(
        x => Near.AtMost(
            Divergence.Kl(x.TiltLaw, ExactLaw.SoftBestOfN(x.Alphabet, x.Lambda, x.N + 1)),
            Divergence.Kl(x.TiltLaw, x.Soft),
            1e-11),
        iter: Runs);

    [Fact]
    public void The_race_is_nearer_to_the_tilt_than_soft_best_of_n() => Instances.Sample(
        x =>
        {
            Near.AtMost(Divergence.Kl(x.Race, x.TiltLaw), Divergence.Kl(x.Soft, x.TiltLaw), 1e-11);
            Near.AtMost(Divergence.Kl(x.TiltLaw, x.Race), Divergence.Kl(x.TiltLaw, x.Soft), 1e-11);
            Near.AtMost(
                Divergence.TotalVariation(x.Race, x.TiltLaw), Divergence.TotalVariation(x.Soft, x.TiltLaw));
        },
        iter: Runs);

    [Fact]
    public void The_race_is_exponentially_close_to_the_tilt() => Instances.Sample(
        x =>
        {
            double distance = Divergence.TotalVariation(x.Race, x.TiltLaw);

            Near.AtMost(distance, Math.Pow(1 - (1 / x.PeakRatio), x.N));
            Near.AtMost(distance, 2 * (1 + x.ChiSquare) / (Math.E * x.N));
        },
        iter: Runs);

    [Fact]
    public void On_two_levels_the_race_mixes_the_tilt_and_the_lower_level() => Gen.Select(
        Gen.Double[0.01, 0.99], Gen.Double[0.01, 5], Gen.Int[1, 40]).Sample(
        (p, gap, n) =>
        {
            var alphabet = new FiniteAlphabet([p, 1 - p], [0, gap]);
            double[] tilt = ExactLaw.OptimalTilt(alphabet, 1);
            double remainder = Math.Pow(1 - (1 / Tilt.PeakRatio(alphabet, 1)), n);

            Near.Absolute(
                [((1 - remainder) * tilt[0]) + remainder, (1 - remainder) * tilt[1]],
                ExactLaw.UniformRace(alphabet, 1, n),
                1e-13);
        },
        iter: Runs);

    [Fact]
    public void The_law_of_the_race_averages_its_selection_probabilities() => Instance.Any(3, 1).Sample(
        x =>
        {
            double[] p = x.Reference;
            var expected = new double[p.Length];
            for (int i = 0; i < p.Length; i++)
            {
                for (int j = 0; j < p.Length; j++)
                {
                    double[] pair = [x.Alphabet.Rewards[i], x.Alphabet.Rewards[j]];
                    double[] chosen = SelectionProbabilities.UniformRace(pair, x.Lambda);
                    expected[i] += p[i] * p[j] * chosen[0];
                    expected[j] += p[i] * p[j] * chosen[1];
                }
            }

            Near.Absolute(expected, ExactLaw.UniformRace(x.Alphabet, x.Lambda, 2), 1e-13);
        },
        iter: Runs);

    [Fact]
    public void Negated_rewards_turn_best_into_worst() => Instances.Sample(
        x =>
        {
            FiniteAlphabet worst = x.Alphabet.WithNegatedRewards();
            double reward = x.Alphabet.ExpectedReward(ExactLaw.SoftBestOfN(worst, x.Lambda, x.N));

            Near.AtMost(reward, x.Alphabet.ExpectedReward(x.Reference));
            Near.AtMost(x.Alphabet.ExpectedReward(x.Reference), x.Alphabet.ExpectedReward(x.Soft));
        },
        iter: Runs);

    private static IEnumerable<(int Low, int High)> OrderedPairs(Instance x)
    {
        double[] tilt = x.TiltLaw;
        for (int i = 0; i < tilt.Length; i++)
        {
            for (int j = 0; j < tilt.Length; j++)
            {
                // Where the tilt has underflowed there is no ratio left to compare.
                if (tilt[i] > 1e-290 && tilt[j] > 1e-290 && x.Alphabet.Rewards[i] < x.Alphabet.Rewards[j])
                {
                    yield return (i, j);
                }
            }
        }
    }

    /// <summary>to/from at low is at most to/from at high, up to relative rounding.</summary>
    private static void AssertRatioIncreases(double[] from, double[] to, int low, int high)
    {
        double atLow = to[low] / from[low];
        double atHigh = to[high] / from[high];
        Near.AtMost(atLow, atHigh, 1e-12 * atHigh);
    }

    [Fact]
    public void A_negative_zero_is_a_zero()
    {
        var alphabet = new FiniteAlphabet([.5, .3, .2], [0, .5, 1]);
        Assert.Equal(ExactLaw.OptimalTilt(alphabet, 0), ExactLaw.OptimalTilt(alphabet, -0.0));
        Assert.Equal(ExactLaw.SoftBestOfN(alphabet, 0, 4), ExactLaw.SoftBestOfN(alphabet, -0.0, 4));
        Assert.Equal(ExactLaw.UniformRace(alphabet, 0, 4), ExactLaw.UniformRace(alphabet, -0.0, 4));
    }

    [Fact]
    public void Without_temperature_a_single_best_outcome_has_all_of_the_tilt()
    {
        for (int top = 1; top < 1000; top++)
        {
            double p = top / 1000.0;
            Assert.Equal([0.0, 1.0], ExactLaw.OptimalTilt(new FiniteAlphabet([1 - p, p], [0, 1]), lambda: 0));
        }
    }
}
