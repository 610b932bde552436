using CsCheck;

namespace SoftBoN.Kernels.Theory.Tests;

/// <summary>Sequences: known figures for coin flips, brute force over all words, and the two growth laws.</summary>
public sealed class SequenceTests
{
    private static readonly FiniteAlphabet Coin = FiniteAlphabet.Uniform([0, 1]);

    [Theory]
    [InlineData(1, 8, .70645880, 1.48425e-3, 5e-9, 5e-9)]
    [InlineData(4, 8, .69009704, .0194283, 5e-9, 5e-8)]
    [InlineData(16, 8, .64235848, .463127, 5e-9, 5e-7)]
    [InlineData(32, 8, .61182228, 1.73783, 5e-9, 5e-6)]
    [InlineData(16, 128, .71462805, .0227085, 5e-9, 5e-8)]
    [InlineData(32, 128, .68681134, .371368, 5e-9, 5e-7)]
    public void Blockwise_coin_flips_have_the_known_figures(
        int length, int n, double reward, double kl, double rewardTolerance, double klTolerance)
    {
        SequenceFigures figures = Sequences.SoftBestOfN(Coin, length, length, 1, n);

        Near.Absolute(reward, figures.ExpectedReward / length, rewardTolerance);
        Near.Absolute(kl, figures.KlTiltToSoft, klTolerance);
    }

    [Theory]
    [InlineData(2, .6155292893, .02963748482)]
    [InlineData(4, .6781807454, 6.613660224e-3)]
    [InlineData(8, .7064587971, 1.484250029e-3)]
    [InlineData(16, .7192364355, 3.490997903e-4)]
    [InlineData(32, .7252649236, 8.460217972e-5)]
    public void Symbolwise_coin_flips_have_the_known_figures(int n, double reward, double kl)
    {
        const int Length = 1000;
        SequenceFigures figures = Sequences.SoftBestOfN(Coin, Length, 1, 1, n);

        Near.Absolute(reward, figures.ExpectedReward / Length, 5.1e-11);
        Near.Relative(kl, figures.KlTiltToSoft / Length, 4e-10);
    }

    [Theory]
    [InlineData(16, 128, .152773)]
    [InlineData(32, 128, 1.57225)]
    public void Blockwise_coin_flips_have_the_known_bound(int length, int n, double bound)
    {
        double chiSquare = Tilt.ChiSquare(Coin, 1);

        Near.Relative(Math.Pow(Math.Tanh(.5), 2), chiSquare, 1e-14);
        Near.Relative(bound, Bounds.SequenceKlTiltToSoft(chiSquare, length, length, n), 5e-6);
        Near.Relative(Sequences.ChiSquare(chiSquare, length), Tilt.ChiSquare(Sequences.Types(Coin, length), 1), 1e-12);
    }

    [Fact]
    public void Types_of_a_fair_coin_are_binomial()
    {
        FiniteAlphabet types = Sequences.Types(Coin, 4);

        Near.Absolute([.0625, .25, .375, .25, .0625], types.Probabilities.ToArray(), 1e-16);
        Assert.Equal([0, 1, 2, 3, 4], types.Rewards.ToArray());
    }

    [Theory]
    [InlineData(2000, 0.3)]
    [InlineData(2000, 1e-5)]
    [InlineData(100_000, 0.5)]
    public void Types_keep_the_mean_and_variance_of_long_sequences(int length, double probability)
    {
        FiniteAlphabet types = Sequences.Types(new([1 - probability, probability], [0, 1]), length);
        double mean = types.ExpectedReward(types.Probabilities);
        double variance = 0;
        for (int i = 0; i < types.Count; i++)
        {
            variance += types.Probabilities[i] * (types.Rewards[i] - mean) * (types.Rewards[i] - mean);
        }

        Near.Relative(length * probability, mean, 1e-12);
        Near.Relative(length * probability * (1 - probability), variance, 1e-10);
        Assert.Equal(length + 1, types.Count);
    }

    [Fact]
    public void Laws_on_types_equal_laws_on_all_words() => Instance.Any(3, 12).Sample(
        x =>
        {
            // Rewards whose sums are exact in any order, so that ties stay ties.
            double[] rewards = [.. x.Alphabet.Rewards.ToArray().Select(r => Math.Round(64 * r) / 64)];
            var symbol = new FiniteAlphabet(x.Reference, rewards);
            FiniteAlphabet words = Words(symbol, 3);
            SequenceFigures figures = Sequences.SoftBestOfN(symbol, 3, 3, x.Lambda, x.N);
            double[] soft = ExactLaw.SoftBestOfN(words, x.Lambda, x.N);

            Near.Absolute(words.ExpectedReward(soft), figures.ExpectedReward, 1e-11);
            Near.Absolute(
                Divergence.Kl(ExactLaw.OptimalTilt(words, x.Lambda), soft), figures.KlTiltToSoft, 1e-11);
            Near.Absolute(Divergence.Kl(soft, words.Probabilities), figures.KlSoftToReference, 1e-11);
        },
        iter: 300);

    [Fact]
    public void Blocks_add_up_whether_or_not_they_divide_the_length() => Gen.Select(
        Instance.Any(3, 30), Gen.Int[1, 9], Gen.Int[1, 9]).Sample(
        (x, length, block) =>
        {
            block = Math.Min(block, length);
            SequenceFigures figures = Sequences.SoftBestOfN(x.Alphabet, length, block, x.Lambda, x.N);
            double reward = 0;
            double kl = 0;
            double fromReference = 0;
            for (int start = 0; start < length; start += block)
            {
                FiniteAlphabet types = Sequences.Types(x.Alphabet, Math.Min(block, length - start));
                double[] soft = ExactLaw.SoftBestOfN(types, x.Lambda, x.N);
                reward += types.ExpectedReward(soft);
                kl += Divergence.Kl(ExactLaw.OptimalTilt(types, x.Lambda), soft);
                fromReference += Divergence.Kl(soft, types.Probabilities);
            }

            Near.Absolute(reward, figures.ExpectedReward, 1e-11);
            Near.Absolute(kl, figures.KlTiltToSoft, 1e-11);
            Near.Absolute(fromReference, figures.KlSoftToReference, 1e-11);
        },
        iter: 200);

    [Fact]
    public void Bounds_on_sequences_hold() => Gen.Select(
        Instance.Any(3, 60).Where(x => x.Lambda > 0.05), Gen.Int[1, 8], Gen.Int[1, 8]).Sample(
        (x, length, block) =>
        {
            block = Math.Min(block, length);
            SequenceFigures figures = Sequences.SoftBestOfN(x.Alphabet, length, block, x.Lambda, x.N);
            double mean = x.Alphabet.ExpectedReward(x.Reference);
            double perSymbol = figures.ExpectedReward / length;
            double gain = Math.Max(0, perSymbol - mean - 1e-14);
            double necessary = Bounds.LogCandidatesNecessary(x.Alphabet, length, block, perSymbol);
            double bound = Bounds.SequenceKlTiltToSoft(x.ChiSquare, length, block, x.N);

            Near.AtMost(figures.KlTiltToSoft, bound, 1e-11);
            Near.AtMost(necessary, Math.Log(x.N));
            Near.AtMost(
                Bounds.LogCandidatesNecessaryFromRange(x.Alphabet.RewardRange, length, block, gain), necessary, 1e-11);
        },
        iter: 300);

    [Fact]
    public void Sufficient_candidates_meet_the_budget_and_hardly_fewer_do() => Gen.Select(
        Gen.Double[0.01, 3], Gen.Int[1, 30], Gen.Double[0.01, 2]).Sample(
        (chiSquare, length, budget) =>
        {
            foreach (int block in new[] { 1, length })
            {
                double n = Math.Exp(Bounds.LogCandidatesSufficient(chiSquare, length, block, budget));
                if (n < 1e8)
                {
                    Near.AtMost(
                        Bounds.SequenceKlTiltToSoft(chiSquare, length, block, (int)Math.Ceiling(n)), budget);
                    Assert.True(
                        n < 2 || Bounds.SequenceKlTiltToSoft(chiSquare, length, block, (int)(n / 1.01)) > budget);
                }
            }
        },
        iter: 1000);

    [Fact]
    public void Blockwise_cost_is_exponential_and_symbolwise_linear_in_the_length()
    {
        double chiSquare = Tilt.ChiSquare(Coin, 1);
        double growth = Math.Log(1 + chiSquare);

        // Far beyond what a double holds as a number of candidates.
        Near.Relative(
            1_000_000 * growth, Bounds.LogCandidatesSufficient(chiSquare, 1_000_000, 1_000_000, 1), 1e-5);
        Near.Relative(
            Math.Log(1_000_000 * chiSquare), Bounds.LogCandidatesSufficient(chiSquare, 1_000_000, 1, 1), 1e-5);
        Near.Relative(
            10 * growth, Bounds.LogCandidatesSufficient(chiSquare, 400, 10, 40 * Math.Log(2)), .1);
        Near.Relative(
            1e6 * growth, Bounds.SequenceKlTiltToSoft(chiSquare, 1_000_000, 1_000_000, 1), 1e-12);
    }

    [Fact]
    public void To_keep_a_gain_a_symbol_best_of_n_needs_the_exponential_of_the_rate_function()
    {
        // a = 3/4 on fair coins: I = log 2 - H(3/4). Blockwise, hard selection: n = e^(m I) is neither far too
        // small nor far too large.
        const int Length = 60;
        double rate = Math.Log(2) + (.75 * Math.Log(.75)) + (.25 * Math.Log(.25));
        double necessary = Bounds.LogCandidatesNecessary(Coin, Length, Length, .75);
        FiniteAlphabet types = Sequences.Types(Coin, Length);
        double Reward(double logN) =>
            types.ExpectedReward(ExactLaw.BestOfN(types, (int)Math.Exp(logN))) / Length;

        Near.Relative(Length * rate, necessary, 1e-12);
        Assert.True(Reward(necessary) < .75);
        Assert.True(Reward(necessary * 1.4) > .75);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(.1)]
    [InlineData(50)]
    public void The_temperature_for_a_reward_is_the_tilts(double lambda)
    {
        foreach (FiniteAlphabet alphabet in new[] { Toys.Three, Toys.Halves, Toys.Three.WithNegatedRewards() })
        {
            double reward = alphabet.ExpectedReward(ExactLaw.OptimalTilt(alphabet, lambda));

            Near.Relative(lambda, Tilt.LambdaForReward(alphabet, reward), 1e-11);
        }
    }

    [Fact]
    public void The_rate_function_of_a_coin_is_the_relative_entropy()
    {
        foreach (double a in new[] { .5001, .6, .9, .999999 })
        {
            double expected = Math.Log(2) + (a * Math.Log(a)) + ((1 - a) * Math.Log(1 - a));

            Near.Absolute(expected, Tilt.RateFunction(Coin, a), 1e-14);
        }

        Near.Absolute(Math.Log(2), Tilt.RateFunction(Coin, 1), 1e-15);
        Assert.Equal(0, Tilt.RateFunction(Coin, .5));
        Assert.Equal(0, Tilt.RateFunction(Coin, -7));
        Assert.Equal(double.PositiveInfinity, Tilt.RateFunction(Coin, 1.01));
        Assert.Equal(0, Tilt.LambdaForReward(Coin, 1));
        Assert.Equal(double.PositiveInfinity, Tilt.LambdaForReward(Coin, .5));
    }

    [Fact]
    public void No_law_of_as_much_reward_lies_nearer_than_the_tilt() => Gen.Select(
        Instance.Any(5, 40), Gen.Double[0.01, 1].Array[5]).Sample(
        (x, weights) =>
        {
            double[] law = [.. x.Reference.Select((p, i) => p * weights[i])];
            law = Array.ConvertAll(law, p => p / law.Sum());

            Near.AtMost(Tilt.RateFunction(x.Alphabet, x.Alphabet.ExpectedReward(law)), Divergence.Kl(law, x.Reference));
            Near.AtMost(
                Tilt.RateFunction(x.Alphabet, x.Alphabet.ExpectedReward(x.Soft)),
                Divergence.Kl(x.Soft, x.Reference));
        },
        iter: 500);

    private static FiniteAlphabet Words(FiniteAlphabet symbol, int length)
    {
        var p = new List<double> { 1 };
        var r = new List<double> { 0 };
        for (int i = 0; i < length; i++)
        {
            p = [.. p.SelectMany(a => symbol.Probabilities.ToArray().Select(b => a * b))];
            r = [.. r.SelectMany(a => symbol.Rewards.ToArray().Select(b => a + b))];
        }

        return new([.. p], [.. r]);
    }
}
