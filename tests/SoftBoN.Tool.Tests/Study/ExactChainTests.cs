using SoftBoN.Kernels.Theory;
using SoftBoN.Tool.Plan;
using SoftBoN.Tool.Study.Sequence;

namespace SoftBoN.Tool.Tests.Study;

/// <summary>Figures by recursion against closed forms, and against laws over all sequences written out.</summary>
public class ExactChainTests
{
    private const double Lambda = 0.7;

    /// <summary>Two states, three symbols; the last symbol's reward is larger.</summary>
    private static readonly SymbolChain Tiny = new()
    {
        Law = [[0.5, 0.2, 0.3], [0.1, 0.6, 0.3]],
        Next = [[0, 1, 1], [0, 1, 0]],
        Rewards = [0, 1, 2],
    };

    [Theory]
    [InlineData(16, 16, 8, 0.64235848, 0.463127)]
    [InlineData(16, 16, 128, 0.71462805, 0.0227085)]
    [InlineData(32, 32, 8, 0.61182228, 1.73783)]
    [InlineData(16, 1, 8, 0.7064587971, 16 * 1.484250029e-3)]
    [InlineData(7, 1, 2, 0.6155292893, 7 * 0.02963748482)]
    public void Coin_flips_have_the_known_figures(int length, int block, int n, double reward, double kl)
    {
        ChainFigures figures = Coin(1).Figures(length, new BlockRule(block, n));
        Assert.Equal(reward, figures.Reward / length, 2e-8);
        Assert.Equal(kl, figures.KlFromTilt, 1e-5 * kl);
    }

    [Theory]
    [InlineData(9, 9)]
    [InlineData(9, 4)]
    [InlineData(9, 1)]
    public void Independent_symbols_agree_with_the_library(int length, int block)
    {
        var symbol = new FiniteAlphabet([0.5, 0.3, 0.2], [0, 1, 3]);
        SequenceFigures expected = Sequences.SoftBestOfN(symbol, length, block, Lambda, 5);
        ChainFigures actual = new ExactChain(SymbolChain.Independent([0.5, 0.3, 0.2], [0, 1, 3]), Lambda)
            .Figures(length, new BlockRule(block, 5));
        Assert.Equal(expected.ExpectedReward, actual.Reward, 1e-10);
        Assert.Equal(expected.KlTiltToSoft, actual.KlFromTilt, 1e-10);
        Assert.Equal(expected.KlSoftToReference, actual.KlFromModel, 1e-10);
    }

    [Theory]
    [InlineData(5, 5, 0)]
    [InlineData(5, 2, 0)]
    [InlineData(5, 2, 1)]
    [InlineData(4, 1, 0)]
    [InlineData(4, 1, 1)]
    [InlineData(5, 3, 1)]
    public void A_chain_agrees_with_laws_over_all_sequences(int length, int block, int myopic)
    {
        foreach (int? n in (int?[])[1, 2, 6, null])
        {
            var exact = new ExactChain(Tiny, Lambda);
            var rule = new BlockRule(block, n, (Guidance)myopic);
            var words = new Words(Tiny, Lambda, length);
            double[] law = words.Selected(rule);
            ChainFigures figures = exact.Figures(length, rule);
            Assert.Equal(law.Zip(words.Rewards, (mass, reward) => mass * reward).Sum(), figures.Reward, 1e-12);
            Assert.Equal(Divergence.Kl(words.Tilt, law), figures.KlFromTilt, 1e-12);
            Assert.Equal(Divergence.Kl(law, words.Model), figures.KlFromModel, 1e-12);
            double[] totals = exact.Totals(length, rule);
            for (int total = 0; total < totals.Length; total++)
            {
                Assert.Equal(law.Where((_, i) => words.Rewards[i] == total).Sum(), totals[total], 1e-12);
            }
        }
    }

    [Fact]
    public void The_value_function_tends_to_the_tilt_and_myopia_does_not()
    {
        var exact = new ExactChain(Tiny, Lambda);
        double At(int n, Guidance guidance) => exact.Figures(12, new BlockRule(1, n, guidance)).KlFromTilt;
        Assert.Equal(0, exact.Tilt(12).KlFromTilt, 1e-14);
        Assert.Equal(4, At(500, Guidance.Value) / At(1000, Guidance.Value), 0.05);
        double limit = exact.Figures(12, new BlockRule(1, null, Guidance.Myopic)).KlFromTilt;
        Assert.True(limit > 0.01, $"{limit}");
        Assert.Equal(limit, At(100_000, Guidance.Myopic), 1e-3 * limit);
    }

    [Fact]
    public void The_least_count_meets_the_target_and_one_less_does_not()
    {
        ExactChain coin = Coin(1);
        bool Fits(int n) => coin.Figures(12, new BlockRule(12, n)).KlFromTilt <= 0.1;
        int least = LeastCount.Of(Fits, int.MaxValue)!.Value;
        Assert.True(Fits(least) && !Fits(least - 1));
        Assert.Null(LeastCount.Of(_ => false, 1000));
        Assert.Equal(1000, LeastCount.Of(n => n >= 1000, 1000));
        Assert.Equal(1, LeastCount.Of(_ => true, 1000));
        Assert.Null(LeastCount.Of(_ => true, 1000, 1001));
        foreach (int answer in (int[])[7, 8, 9, 30, 999, int.MaxValue])
        {
            Assert.Equal(answer, LeastCount.Of(n => n >= answer, int.MaxValue, 7));
        }
    }

    /// <summary>For a chain's reward no proof is at hand, so that counts at equal gain rest on this.</summary>
    [Theory]
    [InlineData(12)]
    [InlineData(3)]
    [InlineData(1)]
    public void A_texts_reward_grows_with_the_candidates(int block)
    {
        var exact = new ExactChain(
            CharacterChain.Of("the ropes knock against the masts all night and the tide", 1, "aeiou", "it"), 1);
        double[] rewards =
            [.. Enumerable.Range(1, 40).Select(n => exact.Figures(12, new BlockRule(block, n)).Reward)];
        Assert.All(rewards.Zip(rewards.Skip(1)), pair => Assert.True(pair.First < pair.Second, $"{pair}"));
    }

    [Fact]
    public void A_text_is_counted_as_a_circle()
    {
        // "abb " followed by itself: a leads to b, b to b or a space, a space to a.
        SymbolChain chain = CharacterChain.Of("Abb!", 1, "b", "it");
        Assert.Equal(3, chain.States);
        Assert.Equal([0, 0, 1], chain.Rewards);
        Assert.Equal([0, 0, 1], chain.Law[0]);
        Assert.Equal([0.5, 0, 0.5], chain.Law[1]);
        Assert.Equal([0, 1, 0], chain.Law[2]);
        SymbolChain second = CharacterChain.Of("Abb!", 2, "b", "it");
        Assert.Equal(4, second.States);
        Assert.All(second.Law, row => Assert.Equal(1, row.Max()));
    }

    [Fact]
    public void Growth_tells_powers_from_exponentials()
    {
        Growth growth = Growth.Of([.. Enumerable.Range(2, 9).Select(m => ((double)m, 3 * Math.Pow(m, 1.5)))])!.Value;
        Assert.Equal(1.5, growth.Power.Slope, 12);
        Assert.Equal(1, growth.Power.Fit, 12);
        growth = Growth.Of([.. Enumerable.Range(2, 9).Select(m => ((double)m, 3 * Math.Exp(0.25 * m)))])!.Value;
        Assert.Equal(0.25, growth.Exponential.Slope, 12);
        Assert.True(growth.Power.Fit < 0.99);
        Assert.Null(Growth.Of([(1, 1), (2, 2)]));
    }

    private static ExactChain Coin(double lambda) => new(SymbolChain.Independent([0.5, 0.5], [0, 1]), lambda);

    /// <summary>All words of a length, with laws made by definition, without recursion over rewards.</summary>
    private sealed class Words
    {
        private readonly SymbolChain _chain;
        private readonly double _lambda;
        private readonly int[][] _words;

        public Words(SymbolChain chain, double lambda, int length)
        {
            (_chain, _lambda) = (chain, lambda);
            _words = All(chain.Symbols, length);
            Model = [.. _words.Select(word => Walk(0, word).Mass)];
            Rewards = [.. _words.Select(word => word.Sum(symbol => chain.Rewards[symbol]))];
            double[] weights = [.. Model.Zip(Rewards, (mass, reward) => mass * Math.Exp(reward / lambda))];
            Tilt = [.. weights.Select(weight => weight / weights.Sum())];
        }

        public double[] Model { get; }

        public int[] Rewards { get; }

        public double[] Tilt { get; }

        public double[] Selected(BlockRule rule) => [.. _words.Select(word =>
        {
            (double mass, int state) = (1, 0);
            for (int start = 0; start < word.Length; start += rule.Block)
            {
                int size = Math.Min(rule.Block, word.Length - start);
                int[] block = word[start..(start + size)];
                mass *= Block(state, size, word.Length - start - size, rule)[Code(block)];
                state = Walk(state, block).State;
            }

            return mass;
        })];

        private double[] Block(int state, int size, int remaining, BlockRule rule)
        {
            int[][] blocks = All(_chain.Symbols, size);
            double[] scores = [.. blocks.Select(block =>
            {
                double reward = block.Sum(symbol => _chain.Rewards[symbol]);
                return rule.Guidance == Guidance.Value
                    ? reward + (_lambda * Math.Log(Future(Walk(state, block).State, remaining)))
                    : reward;
            })];
            var alphabet = new FiniteAlphabet([.. blocks.Select(block => Walk(state, block).Mass)], scores);
            return rule.Candidates is { } n
                ? ExactLaw.SoftBestOfN(alphabet, _lambda, n)
                : ExactLaw.OptimalTilt(alphabet, _lambda);
        }

        private double Future(int state, int remaining) => All(_chain.Symbols, remaining)
            .Sum(word => Walk(state, word).Mass * Math.Exp(word.Sum(symbol => _chain.Rewards[symbol]) / _lambda));

        private (double Mass, int State) Walk(int state, int[] word)
        {
            double mass = 1;
            foreach (int symbol in word)
            {
                mass *= _chain.Law[state][symbol];
                state = _chain.Next[state][symbol];
            }

            return (mass, state);
        }

        private int Code(int[] word) => word.Aggregate(0, (code, symbol) => (code * _chain.Symbols) + symbol);

        private static int[][] All(int symbols, int length) => length == 0
            ? [[]]
            : [.. All(symbols, length - 1).SelectMany(word => Enumerable.Range(0, symbols).Select(
                symbol => (int[])[.. word, symbol]))];
    }
}
