using CsCheck;

namespace SoftBoN.Kernels.Theory.Tests;

/// <summary>The best temperature under a proxy: a known optimum, finite differences, enumeration, scans.</summary>
public sealed class HedgeTuneTests
{
    private static readonly double[] Gold = [.2, 1, 0];

    private static readonly Gen<(Instance, double[])> Instances = Gen.Select(
        Instance.Any(6, 40).Where(x => x.Lambda is > 0.02 and < 1e3), Gen.Double[-1, 1].Array[6]);

    [Fact]
    public void The_toy_has_the_known_optimum()
    {
        HedgePoint best = HedgeTune.OnLaw(Toys.Three, Gold, 4);

        Near.Relative(.492280384469, 1 / best.Lambda, 2e-12);
        Near.Absolute(.401816485721, best.ExpectedReward, 6e-13);
        Near.Absolute(0, HedgeTune.Slope(Toys.Three, Gold, best.Lambda, 4), 1e-15);
        Near.Absolute(.4, Mean(Toys.Three, Gold, double.PositiveInfinity, 4), 1e-15);
        Near.Absolute(.3597, Mean(Toys.Three, Gold, 1 / 12.0, 4), 5e-5);
    }

    [Fact]
    public void The_slope_is_the_derivative_of_the_expected_gold_reward() => Instances.Sample(
        (x, gold) =>
        {
            double[] values = gold[..x.Alphabet.Count];
            double inverse = 1 / x.Lambda;
            double h = 1e-4 * inverse;
            double difference = (Mean(x.Alphabet, values, 1 / (inverse + h), x.N)
                - Mean(x.Alphabet, values, 1 / (inverse - h), x.N)) / (2 * h);

            // The truncation of the difference is of order h^2 beta^2; its rounding 1e-15 / h.
            Near.Absolute(
                difference * inverse, HedgeTune.Slope(x.Alphabet, values, x.Lambda, x.N) * inverse, 3e-7);
        },
        iter: 500);

    [Fact]
    public void The_slope_is_the_expected_covariance_of_gold_and_proxy() => Gen.Select(
        Instance.Any(4, 1).Where(x => x.Lambda > 0.05), Gen.Double[-1, 1].Array[4], Gen.Int[2, 4]).Sample(
        (x, gold, n) =>
        {
            double[] values = gold[..x.Alphabet.Count];
            double[] proxy = x.Alphabet.Rewards.ToArray();
            double expected = 0;
            foreach (int[] set in Sets(x.Alphabet.Count, n))
            {
                double[] p = SelectionProbabilities.Soft([.. set.Select(i => proxy[i])], x.Lambda);
                double meanGold = set.Select((y, i) => p[i] * values[y]).Sum();
                double meanProxy = set.Select((y, i) => p[i] * proxy[y]).Sum();
                double covariance = set.Select((y, i) => p[i] * (values[y] - meanGold) * (proxy[y] - meanProxy)).Sum();
                expected += set.Select(y => x.Reference[y]).Aggregate((a, b) => a * b) * covariance;
            }

            Near.Absolute(
                expected,
                HedgeTune.Slope(x.Alphabet, values, x.Lambda, n),
                (1e-12 * x.Alphabet.RewardRange) + 1e-15);
        },
        iter: 300);

    [Fact]
    public void The_slope_without_selection_is_the_covariance_of_the_law()
    {
        double covariance = (.3 * 1 * .5) - ((.1 + .3) * .35);

        Near.Absolute(3.0 / 4 * covariance, HedgeTune.Slope(Toys.Three, Gold, double.PositiveInfinity, 4), 1e-16);
        Near.Absolute(3.0 / 4 * covariance, HedgeTune.Slope(Toys.Three, Gold, 1e12, 4), 1e-12);
        Assert.Equal(0, HedgeTune.Slope(Toys.Three, Gold, 0, 4));
        Assert.Equal(0, HedgeTune.Slope(Toys.Three, Gold, 1, 1));
    }

    [Fact]
    public void A_true_proxy_is_followed_to_the_end_and_a_reversed_one_not_at_all()
    {
        foreach (FiniteAlphabet alphabet in new[] { Toys.Three, Toys.Halves, FiniteAlphabet.Uniform([0, 1e-9, 5]) })
        {
            double[] gold = alphabet.Rewards.ToArray();
            HedgePoint follow = HedgeTune.OnLaw(alphabet, gold, 16);
            HedgePoint refuse = HedgeTune.OnLaw(alphabet, Array.ConvertAll(gold, g => -g), 16);

            Near.Absolute(alphabet.ExpectedReward(ExactLaw.BestOfN(alphabet, 16)), follow.ExpectedReward, 1e-12);
            Assert.Equal(double.PositiveInfinity, refuse.Lambda);
        }

        Assert.Equal(0, HedgeTune.OnLaw(Toys.Three, Toys.Three.Rewards, 16).Lambda);
        Assert.Equal(double.PositiveInfinity, HedgeTune.OnLaw(Toys.Three, Gold, 1).Lambda);
        Assert.Equal(double.PositiveInfinity, HedgeTune.OnLaw(Toys.Three, [3, 3, 3], 5).Lambda);
        Assert.Equal(double.PositiveInfinity, HedgeTune.OnLaw(FiniteAlphabet.Uniform([2, 2]), [0, 1], 5).Lambda);
    }

    [Fact]
    public void No_temperature_of_a_fine_scan_is_better() => Instances.Sample(
        (x, gold) =>
        {
            double[] values = gold[..x.Alphabet.Count];
            double best = HedgeTune.OnLaw(x.Alphabet, values, x.N).ExpectedReward;
            for (double lambda = 1e-3; lambda < 1e3; lambda *= 1.3)
            {
                Near.AtMost(Mean(x.Alphabet, values, lambda, x.N), best);
            }
        },
        iter: 60);

    [Fact]
    public void Of_two_maxima_the_higher_is_found()
    {
        // Gold rises with the second reward, falls with the third and rises again with the fourth.
        double[] proxy = [0, 1, 40, 41];
        var alphabet = new FiniteAlphabet([.4, .3, .2, .1], proxy);
        HedgePoint cold = HedgeTune.OnLaw(alphabet, [0, 1, .2, .9], 3);
        HedgePoint hot = HedgeTune.OnLaw(alphabet, [0, 1, 0, .05], 3);

        foreach (double lambda in Enumerable.Range(-40, 160).Select(i => Math.Pow(1.15, i)))
        {
            Near.AtMost(Mean(alphabet, [0, 1, .2, .9], lambda, 3), cold.ExpectedReward);
            Near.AtMost(Mean(alphabet, [0, 1, 0, .05], lambda, 3), hot.ExpectedReward);
        }
    }

    [Fact]
    public void On_samples_the_optimum_is_that_of_the_average_over_the_rows()
    {
        double[] proxy = [0, .5, 1, 0, .5, 1, 0, 0, .5];
        double[] gold = [.2, 1, 0, .3, .9, .1, .2, .2, 1];
        HedgePoint best = HedgeTune.OnSamples(proxy, gold, 3);
        double Average(double lambda) => Enumerable.Range(0, 3).Average(row =>
            SelectionProbabilities.Soft(proxy.AsSpan(3 * row, 3), lambda)
                .Select((p, i) => p * gold[(3 * row) + i]).Sum());

        Near.Absolute(Average(best.Lambda), best.ExpectedReward, 1e-15);
        Assert.True(double.IsFinite(best.Lambda) && best.Lambda > 0);
        for (double lambda = 1e-3; lambda < 1e4; lambda *= 1.01)
        {
            Near.AtMost(Average(lambda), best.ExpectedReward, 1e-14);
        }
    }

    [Fact]
    public void On_several_laws_the_optimum_is_that_of_their_mean() => Gen.Select(Instances.Array[1, 4], Gen.Int[2, 6])
        .Sample(
            (laws, n) =>
            {
                FiniteAlphabet[] proxies = [.. laws.Select(law => law.Item1.Alphabet)];
                double[][] gold = [.. laws.Select(law => law.Item2[..law.Item1.Alphabet.Count])];
                HedgePoint best = HedgeTune.OnLaws(proxies, gold, n);
                double At(double lambda) => proxies.Zip(gold, (law, values) => Mean(law, values, lambda, n)).Average();
                Near.Absolute(At(best.Lambda), best.ExpectedReward, 1e-13);
                for (double lambda = 1e-3; lambda < 1e3; lambda *= 1.3)
                {
                    Near.AtMost(At(lambda), best.ExpectedReward);
                }
            },
            iter: 40);

    [Fact]
    public void Copies_of_a_law_have_its_optimum()
    {
        HedgePoint one = HedgeTune.OnLaw(Toys.Three, Gold, 4);
        HedgePoint three = HedgeTune.OnLaws([Toys.Three, Toys.Three, Toys.Three], [Gold, Gold, Gold], 4);

        Near.Relative(one.Lambda, three.Lambda, 1e-12);
        Near.Absolute(one.ExpectedReward, three.ExpectedReward, 1e-15);
    }

    [Fact]
    public void Laws_and_gold_rewards_that_do_not_fit_are_refused()
    {
        var none = Assert.Throws<ArgumentOutOfRangeException>(() => HedgeTune.OnLaws([], [], 2));
        Assert.Contains("proxies.Count = 0; it must be at least 1", none.Message, StringComparison.Ordinal);
        var one = Assert.Throws<ArgumentException>(() => HedgeTune.OnLaws([Toys.Three, Toys.Three], [Gold], 2));
        Assert.Contains("gold has 1 arrays and proxies has 2", one.Message, StringComparison.Ordinal);
        var few = Assert.Throws<ArgumentException>(() => HedgeTune.OnLaws([Toys.Three], [[1, 2]], 2));
        Assert.Contains("one entry per outcome", few.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => HedgeTune.OnLaws([Toys.Three], [null!], 2));
    }

    [Fact]
    public void On_all_candidate_sets_of_a_law_both_agree()
    {
        // Every ordered set of two, as often as its probability in tenths of tenths.
        var proxy = new List<double>();
        var gold = new List<double>();
        foreach (int[] set in Sets(3, 2))
        {
            int copies = (int)Math.Round(100 * set.Select(y => Toys.Three.Probabilities[y]).Aggregate((a, b) => a * b));
            for (int copy = 0; copy < copies; copy++)
            {
                proxy.AddRange(set.Select(y => Toys.Three.Rewards[y]));
                gold.AddRange(set.Select(y => Gold[y]));
            }
        }

        HedgePoint law = HedgeTune.OnLaw(Toys.Three, Gold, 2);
        HedgePoint samples = HedgeTune.OnSamples([.. proxy], [.. gold], 2);

        Near.Relative(law.Lambda, samples.Lambda, 1e-9);
        Near.Absolute(law.ExpectedReward, samples.ExpectedReward, 1e-14);
    }

    [Fact]
    public void Samples_without_a_choice_are_left_alone()
    {
        Assert.Equal(new(double.PositiveInfinity, 2), HedgeTune.OnSamples([5, 5, 5, 5], [1, 2, 2, 3], 2));
        Assert.Equal(new(double.PositiveInfinity, 2), HedgeTune.OnSamples([1, 2, 3], [1, 2, 3], 1));
        Assert.Equal(new(0, 3), HedgeTune.OnSamples([1, 2, 3], [1, 2, 3], 3));
    }

    private static double Mean(FiniteAlphabet alphabet, double[] values, double lambda, int n) =>
        ExactLaw.SoftBestOfN(alphabet, lambda, n).Zip(values, (p, v) => p * v).Sum();

    private static IEnumerable<int[]> Sets(int outcomes, int n)
    {
        for (int code = 0; code < Math.Pow(outcomes, n); code++)
        {
            int rest = code;
            yield return [.. Enumerable.Range(0, n).Select(_ =>
            {
                int y = rest % outcomes;
                rest /= outcomes;
                return y;
            })];
        }
    }
}
