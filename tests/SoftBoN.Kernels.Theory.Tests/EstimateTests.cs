using CsCheck;

namespace SoftBoN.Kernels.Theory.Tests;

/// <summary>Estimators against all subsets written out, published values and the laws they estimate.</summary>
public sealed class EstimateTests
{
    private static readonly double[] Ladder = [0, 1, 2, 3, 4];

    private static readonly Gen<(double[], double[], double, int)> Pools = Gen.Select(
        Gen.Int[1, 8].SelectMany(count => Gen.Select(
            Gen.OneOf(Gen.Double[-3, 3], Gen.Int[-1, 1].Select(i => (double)i)).Array[count],
            Gen.Double[-2, 2].Array[count],
            Gen.Int[1, count])),
        Gen.OneOf(Gen.Const(0.0), Gen.Const(double.PositiveInfinity), Gen.Double[-4, 4].Select(Math.Exp)),
        (pool, lambda) => (pool.Item1, pool.Item2, lambda, pool.Item3));

    [Fact]
    public void Best_of_n_on_a_ladder_has_the_known_values()
    {
        double[] expected = [2, 3, 7.0 / 2, 19.0 / 5, 4];
        for (int n = 1; n <= 5; n++)
        {
            Near.Absolute(expected[n - 1], UnbiasedEstimate.BestOfN(Ladder, Ladder, n), 1e-15);
        }
    }

    [Fact]
    public void Soft_best_of_n_on_a_ladder_of_powers_of_two_has_the_known_values()
    {
        double[] expected = [2, 1129.0 / 425, 2.935831957516, 3.078880559720, 98.0 / 31];
        for (int n = 1; n <= 5; n++)
        {
            Near.Absolute(
                expected[n - 1],
                UnbiasedEstimate.SoftBestOfN(Ladder, Ladder, 1 / Math.Log(2), n),
                n is 3 or 4 ? 6e-13 : 2e-15);
        }
    }

    [Theory]
    [InlineData(5, 2, 1, .4)]
    [InlineData(5, 2, 2, .7)]
    [InlineData(10, 3, 5, 11.0 / 12)]
    [InlineData(200, 10, 100, .9992289739372822)]
    [InlineData(7, 0, 3, 0)]
    [InlineData(7, 7, 1, 1)]
    [InlineData(7, 4, 4, 1)]
    [InlineData(7, 5, 4, 1)]
    [InlineData(2_000_000_000, 1, 1, 5e-10)]
    [InlineData(2_000_000_000, 1, 1_000_000_000, .5)]
    public void Pass_at_k_has_the_known_values(int samples, int correct, int k, double expected)
    {
        Near.Relative(expected, UnbiasedEstimate.PassAtK(samples, correct, k), 1e-14);
        if (samples < 1000)
        {
            double[] rewards = [.. Enumerable.Range(0, samples).Select(i => i < correct ? 1.0 : 0)];
            Near.Absolute(expected, UnbiasedEstimate.BestOfN(rewards, rewards, k), 1e-14);
        }
    }

    [Fact]
    public void Estimates_are_averages_over_all_subsets() => Pools.Sample(
        (rewards, values, lambda, n) =>
        {
            double soft = 0;
            double hard = 0;
            int sets = 0;
            for (int mask = 0; mask < 1 << rewards.Length; mask++)
            {
                if (int.PopCount(mask) == n)
                {
                    int[] set = [.. Enumerable.Range(0, rewards.Length).Where(i => (mask >> i & 1) == 1)];
                    double[] r = [.. set.Select(i => rewards[i])];
                    soft += SelectionProbabilities.Soft(r, lambda).Zip(set, (p, i) => p * values[i]).Sum();
                    hard += SelectionProbabilities.Soft(r, 0).Zip(set, (p, i) => p * values[i]).Sum();
                    sets++;
                }
            }

            Near.Absolute(soft / sets, UnbiasedEstimate.SoftBestOfN(rewards, values, lambda, n), 2e-14);
            Near.Absolute(hard / sets, UnbiasedEstimate.BestOfN(rewards, values, n), 2e-14);
        },
        iter: 1000);

    [Fact]
    public void Averaged_over_all_samples_of_a_law_the_estimate_is_the_law() => Gen.Select(
        Instance.Any(3, 1), Gen.Int[1, 4], Gen.Double[-1, 1].Array[3]).Sample(
        (x, n, gold) =>
        {
            const int Samples = 4;
            int outcomes = x.Alphabet.Count;
            double soft = 0;
            double hard = 0;
            for (int code = 0; code < Math.Pow(outcomes, Samples); code++)
            {
                int[] draw = [.. Enumerable.Range(0, Samples).Select(
                    i => code / (int)Math.Pow(outcomes, i) % outcomes)];
                double p = draw.Select(y => x.Reference[y]).Aggregate((a, b) => a * b);
                double[] r = [.. draw.Select(y => x.Alphabet.Rewards[y])];
                double[] v = [.. draw.Select(y => gold[y])];
                soft += p * UnbiasedEstimate.SoftBestOfN(r, v, x.Lambda, n);
                hard += p * UnbiasedEstimate.BestOfN(r, v, n);
            }

            Near.Absolute(
                ExactLaw.SoftBestOfN(x.Alphabet, x.Lambda, n).Zip(gold, (p, g) => p * g).Sum(), soft, 1e-13);
            Near.Absolute(ExactLaw.BestOfN(x.Alphabet, n).Zip(gold, (p, g) => p * g).Sum(), hard, 1e-13);
        },
        iter: 50);

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e-8)]
    [InlineData(1e-3)]
    [InlineData(.02)]
    public void A_large_pool_is_summed_at_any_temperature(double lambda)
    {
        const int Count = 400;
        double[] rewards = [.. Enumerable.Range(0, Count).Select(i => (i * 37 % Count) / (double)Count)];
        foreach (int n in new[] { 1, 2, 20, 399, 400 })
        {
            double ones = UnbiasedEstimate.SoftBestOfN(rewards, [.. rewards.Select(r => r < .5 ? 1.0 : 0)], lambda, n)
                + UnbiasedEstimate.SoftBestOfN(rewards, [.. rewards.Select(r => r < .5 ? 0 : 1.0)], lambda, n);
            double soft = UnbiasedEstimate.SoftBestOfN(rewards, rewards, lambda, n);
            double hard = UnbiasedEstimate.BestOfN(rewards, rewards, n);

            Near.Absolute(1, ones, 1e-13);
            Near.AtMost(soft, hard, 1e-13);
            Near.AtMost(hard - soft, 10 * lambda, 1e-13);
        }

        double all = SelectionProbabilities.Soft(rewards, lambda).Zip(rewards, (p, r) => p * r).Sum();
        Near.Absolute(all, UnbiasedEstimate.SoftBestOfN(rewards, rewards, lambda, Count), 1e-13);
    }

    [Fact]
    public void Importance_estimates_of_a_row_have_the_known_values()
    {
        double[] row = [.1, -1.5, 2, 2, .75];
        ImportanceEstimate estimate = ImportanceEstimate.OfTilt(row, row, 1);

        Near.Absolute(1.696707184, estimate.Mean, 5.1e-10);
        Near.Absolute(2.88904014, estimate.EffectiveSampleSize, 5.1e-9);
        Near.Absolute(1.2932693, estimate.LogNormalizer, 5.1e-8);
        Near.Absolute((5 / 2.88904014) - 1, estimate.ChiSquare, 1e-8);
        Near.Absolute(1.929559903, ImportanceEstimate.OfTilt(row, row, .5).Mean, 5.1e-10);
        Near.Absolute(2.208293304, ImportanceEstimate.OfTilt(row, row, .5).EffectiveSampleSize, 5.1e-10);
        Near.Absolute(1.350052047, ImportanceEstimate.OfTilt(row, row, 2).Mean, 5.1e-10);
        Near.Absolute(3.885960736, ImportanceEstimate.OfTilt(row, row, 2).EffectiveSampleSize, 5.1e-10);
    }

    [Fact]
    public void Without_a_tilt_importance_estimates_are_the_plain_mean_and_its_error()
    {
        ImportanceEstimate estimate = ImportanceEstimate.OfTilt(Ladder, [1, 2, 4, 4, 9], double.PositiveInfinity);

        Near.Absolute(4, estimate.Mean, 1e-15);
        Near.Absolute(Math.Sqrt((9 + 4 + 25) / 25.0), estimate.StandardError, 1e-15);
        Near.Absolute(5, estimate.EffectiveSampleSize, 1e-14);
        Near.Absolute(0, estimate.LogNormalizer, 1e-15);
        Near.Absolute(0, estimate.ChiSquare, 1e-15);
    }

    [Fact]
    public void Importance_estimates_meet_the_tilt_within_their_error()
    {
        const int Count = 200_000;
        var random = new Random(20260723);
        var rewards = new double[Count];
        var gold = new double[Count];
        for (int i = 0; i < Count; i++)
        {
            double u = random.NextDouble();
            int y = u < .5 ? 0 : u < .8 ? 1 : 2;
            rewards[i] = Toys.Three.Rewards[y];
            gold[i] = y == 1 ? 1 : 0;
        }

        ImportanceEstimate estimate = ImportanceEstimate.OfTilt(rewards, gold, .5);

        // 4.9 standard errors: alpha = 1e-6.
        double truth = ExactLaw.OptimalTilt(Toys.Three, .5)[1];
        Near.Absolute(truth, estimate.Mean, 4.9 * estimate.StandardError);
        Assert.True(estimate.StandardError is > .0005 and < .005);
        Near.Relative(Tilt.ChiSquare(Toys.Three, .5), estimate.ChiSquare, .02);
        Near.Absolute(Tilt.LogNormalizer(Toys.Three, .5), estimate.LogNormalizer, .01);
    }

    [Fact]
    public void The_best_of_all_resamples_has_the_known_probabilities()
    {
        double[] expected = [1 / 125.0, 7 / 125.0, 19 / 125.0, 37 / 125.0, 61 / 125.0];

        Near.Absolute(expected, Majority.OfTheBests(Ladder, [0, 1, 2, 3, 4], 3), 1e-15);
        Near.Absolute(
            [(1 + 37 + 19) / 125.0, (7 + 61) / 125.0], Majority.OfTheBests(Ladder, [0, 1, 0, 0, 1], 3), 1e-15);
        Near.Absolute([.6, .4], Majority.OfTheBests(Ladder, [0, 1, 0, 0, 1], 1), 1e-15);
        Near.Absolute([0, 1], Majority.OfTheBests(Ladder, [0, 1, 0, 0, 1], int.MaxValue), 1e-15);
    }

    [Fact]
    public void The_best_of_all_resamples_shares_ties_and_agrees_with_resampling()
    {
        double[] rewards = [1, 3, 3, 2, 1];
        int[] answers = [0, 1, 0, 2, 2];
        double[] counts = new double[3];
        for (int code = 0; code < 125; code++)
        {
            int[] set = [code % 5, code / 5 % 5, code / 25];
            double best = set.Max(i => rewards[i]);
            int ties = set.Count(i => rewards[i] == best);
            foreach (int i in set)
            {
                counts[answers[i]] += rewards[i] == best ? 1.0 / ties / 125 : 0;
            }
        }

        Near.Absolute(counts, Majority.OfTheBests(rewards, answers, 3), 1e-14);
        Near.Absolute([.3, 0, .7], Majority.Masses([.1, .2, .7], [0, 0, 2]), 1e-15);
    }
}
