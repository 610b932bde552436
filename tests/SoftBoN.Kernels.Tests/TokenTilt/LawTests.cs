using SoftBoN.Kernels.Theory;

namespace SoftBoN.Kernels.Tests.TokenTilt;

/// <summary>A million draws follow the exact law, for both kinds of noise.</summary>
public sealed class LawTests
{
    private const int Draws = 1_000_000;

    private static readonly float[] Eight = [0.3f, -1.2f, 2.1f, 0.9f, -0.4f, 1.7f, 0f, 1.1f];

    private static readonly float[] Rewards = [1f, 0.5f, -1f, 0f, 2f, 0.25f, -0.5f, 1.5f];

    public static TheoryData<TokenNoise> Noises => [TokenNoise.PerBlock, TokenNoise.PerToken];

    [Theory]
    [MemberData(nameof(Noises))]
    public void The_base_law_without_rewards(TokenNoise noise) =>
        AssertFollows(new TokenCase(8, Eight) { Temperatures = [0.7f], Noise = noise });

    [Theory]
    [MemberData(nameof(Noises))]
    public void The_tilt_by_rewards(TokenNoise noise)
    {
        var call = new TokenCase(8, Eight)
        {
            Rewards = Rewards,
            Lambdas = [0.8f],
            Temperatures = [1.3f],
            Noise = noise,
        };

        AssertFollows(call);
        ChiSquare.AssertRejects(Count(call), new ExactTokens(call).Base);
    }

    [Theory]
    [MemberData(nameof(Noises))]
    public void Rewards_that_are_sparse_or_negated(TokenNoise noise)
    {
        AssertFollows(new TokenCase(8, Eight)
        {
            SparseOffsets = [0, 3],
            SparseTokens = [1, 4, 7],
            SparseValues = [2f, -1f, 0.5f],
            Lambdas = [1.5f],
            Noise = noise,
        });

        var negated = new TokenCase(8, Eight)
        {
            Rewards = Rewards,
            Lambdas = [-0.8f],
            AllowNegative = true,
            Noise = noise,
        };
        TokenCase mirrored = negated with { Rewards = Array.ConvertAll(Rewards, r => -r), Lambdas = [0.8f] };
        ChiSquare.AssertFits(Count(negated), new ExactTokens(mirrored).Tilt);
    }

    [Theory]
    [MemberData(nameof(Noises))]
    public void Segments_of_a_long_vocabulary(TokenNoise noise)
    {
        var random = new RandomRewards(601);
        TokenCase call = new(4097, random.Row(4097))
        {
            Rewards = random.Row(4097),
            Lambdas = [0.7f],
            Noise = noise,
            Draws = 200_000,
        };
        int[] tokens = TokenResult.TokensOf(Engines.Simd, call).Token;
        int[] bins = Array.ConvertAll(tokens, token => (int)(token * 32L / call.Columns));

        ChiSquare.AssertFits(ChiSquare.Count(bins, 32), ExactTokens.Binned(new ExactTokens(call).Tilt, 32));

        // Inside a segment as well: residues know nothing of segments.
        int[] residues = Array.ConvertAll(tokens, token => token % 32);
        double[] law = new double[32];
        double[] tilt = new ExactTokens(call).Tilt;
        for (int v = 0; v < tilt.Length; v++)
        {
            law[v % 32] += tilt[v];
        }

        ChiSquare.AssertFits(ChiSquare.Count(residues, 32), law);
    }

    [Theory]
    [MemberData(nameof(Noises))]
    public void A_law_that_is_truncated_and_masked(TokenNoise noise)
    {
        float[] logits = new RandomRewards(602).Row(3000, Mood.Ties);
        for (int v = 0; v < 32; v++)
        {
            logits[v * 93] = 6 + (v / 16f);
        }

        var call = new TokenCase(3000, logits)
        {
            Rewards = new RandomRewards(603).Row(3000),
            Mask = [.. Enumerable.Repeat(uint.MaxValue, 94)],
            TopK = [16],
            MinP = [0.1f],
            TopP = [0.97f],
            Noise = noise,
            Draws = 300_000,
        };
        var exact = new ExactTokens(call);
        int[] kept = [.. Enumerable.Range(0, 3000).Where(v => exact.Tilt[v] > 0)];
        int[] tokens = TokenResult.TokensOf(Engines.Simd, call).Token;

        Assert.Equal(16, kept.Length);
        Assert.All(tokens.Distinct(), token => Assert.Contains(token, kept));
        ChiSquare.AssertFits(
            ChiSquare.Count(Array.ConvertAll(tokens, token => Array.IndexOf(kept, token)), 16),
            [.. kept.Select(v => exact.Tilt[v])]);
    }

    [Theory]
    [InlineData(TokenNoise.PerBlock, 0f, 1f)]
    [InlineData(TokenNoise.PerBlock, 1f, 0f)]
    [InlineData(TokenNoise.PerBlock, 0f, 0f)]
    [InlineData(TokenNoise.PerToken, 0f, 1f)]
    [InlineData(TokenNoise.PerToken, 1f, 0f)]
    [InlineData(TokenNoise.PerToken, float.PositiveInfinity, 1f)]
    [InlineData(TokenNoise.PerBlock, 1f, float.PositiveInfinity)]
    public void Temperatures_at_the_ends_of_their_range(TokenNoise noise, float temperature, float lambda)
    {
        // Logits tie at the top in pairs, and rewards do among them, across segments.
        float[] logits = new float[2100];
        float[] rewards = new float[2100];
        int[] places = [3, 700, 1030, 2099];
        for (int v = 0; v < 2100; v++)
        {
            (logits[v], rewards[v]) = (-30, -30);
        }

        for (int i = 0; i < 4; i++)
        {
            logits[places[i]] = i == 1 ? 1.5f : 2;
            rewards[places[i]] = i == 0 ? 0.5f : 1;
        }

        var call = new TokenCase(2100, logits)
        {
            Rewards = rewards,
            Temperatures = [temperature],
            Lambdas = [lambda],
            Noise = noise,
            Draws = 100_000,
        };
        var exact = new ExactTokens(call);
        int[] counted = Array.FindAll(places, v => exact.Tilt[v] > 1e-6);
        int[] tokens = TokenResult.TokensOf(Engines.Simd, call).Token;

        Assert.InRange(counted.Length, 2, 4);
        int[] known = Array.FindAll(tokens, token => counted.Contains(token));
        Assert.Equal(tokens.Length, known.Length);
        double total = counted.Sum(v => exact.Tilt[v]);
        ChiSquare.AssertFits(
            ChiSquare.Count(Array.ConvertAll(known, token => Array.IndexOf(counted, token)), counted.Length),
            [.. counted.Select(v => exact.Tilt[v] / total)]);
    }

    [Theory]
    [InlineData(1, 1f)]
    [InlineData(2, 0.5f)]
    [InlineData(4, 0.5f)]
    [InlineData(8, 2f)]
    public void Symbolwise_soft_best_of_n_follows_its_own_law_and_not_the_tilt(int proposals, float lambda)
    {
        var call = new TokenCase(8, Eight)
        {
            Rewards = Rewards,
            Lambdas = [lambda],
            Modes = [TokenTiltMode.SoftBestOfN],
            Proposals = proposals,
            Draws = 200_000,
        };
        var exact = new ExactTokens(call);
        double[] rewards = Array.ConvertAll(Rewards, r => (double)r);
        double[] law = ExactLaw.SoftBestOfN(new FiniteAlphabet(exact.Base, rewards), lambda, proposals);
        long[] counts = Count(call);

        ChiSquare.AssertFits(counts, law);
        ChiSquare.AssertRejects(counts, exact.Tilt);
    }

    /// <summary>Proposals come from all segments, and are chosen among by their rewards alone.</summary>
    [Fact]
    public void Symbolwise_soft_best_of_n_over_the_segments_of_a_long_vocabulary()
    {
        var random = new RandomRewards(604);
        var call = new TokenCase(4097, random.Row(4097))
        {
            Rewards = random.Row(4097),
            Lambdas = [0.5f],
            Modes = [TokenTiltMode.SoftBestOfN],
            Proposals = 3,
            Draws = 100_000,
        };
        var exact = new ExactTokens(call);
        double[] rewards = Array.ConvertAll(call.Rewards, r => (double)r);
        double[] law = ExactLaw.SoftBestOfN(new FiniteAlphabet(exact.Base, rewards), 0.5, 3);
        int[] tokens = TokenResult.TokensOf(Engines.Simd, call).Token;
        long[] counts = ChiSquare.Count(Array.ConvertAll(tokens, token => (int)(token * 32L / call.Columns)), 32);

        ChiSquare.AssertFits(counts, ExactTokens.Binned(law, 32));
        ChiSquare.AssertRejects(counts, ExactTokens.Binned(exact.Tilt, 32));
    }

    /// <summary>Of noise per token, the next token once the first is masked is the second of a draw without replacement.</summary>
    [Fact]
    public void Distinct_draws_by_masking_what_was_drawn()
    {
        const int Rows = 100_000;
        var call = new TokenCase(5, [0.5f, 1.5f, -0.5f, 1, 0])
        {
            Noise = TokenNoise.PerToken,
            RowMap = new int[Rows],
        };
        double[] p = new ExactTokens(call with { RowMap = [] }).Tilt;
        int[] first = TokenResult.TokensOf(Engines.Simd2, call).Token;
        TokenCase rest = call with
        {
            Logits = [.. Enumerable.Repeat(call.Logits, Rows).SelectMany(row => row)],
            RowMap = [],
            Mask = Array.ConvertAll(first, token => ~(1u << token)),
        };
        int[] second = TokenResult.TokensOf(Engines.Simd2, rest).Token;
        (int First, int Second)[] pairs =
            [.. Enumerable.Range(0, 25).Select(k => (k / 5, k % 5)).Where(pair => pair.Item1 != pair.Item2)];
        int[] drawn = [.. first.Zip(second).Select(pair => Array.IndexOf(pairs, pair))];

        ChiSquare.AssertFits(
            ChiSquare.Count(drawn, pairs.Length),
            [.. pairs.Select(pair => p[pair.First] * p[pair.Second] / (1 - p[pair.First]))]);
    }

    [Fact]
    public void Positions_of_one_seed_follow_the_law()
    {
        var call = new TokenCase(8, Eight)
        {
            Rewards = Rewards,
            RowMap = new int[100_000],
            RewardMap = new int[100_000],
        };

        ChiSquare.AssertFits(
            ChiSquare.Count(TokenResult.TokensOf(Engines.Simd2, call).Token, 8), new ExactTokens(call).Tilt);
    }

    private static void AssertFollows(TokenCase call) =>
        ChiSquare.AssertFits(Count(call), new ExactTokens(call).Tilt);

    private static long[] Count(TokenCase call) => ChiSquare.Count(
        TokenResult.TokensOf(Engines.Simd, call with { Draws = call.Draws == 1 ? Draws : call.Draws }).Token,
        call.Columns);
}
