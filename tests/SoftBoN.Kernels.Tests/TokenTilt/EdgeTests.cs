namespace SoftBoN.Kernels.Tests.TokenTilt;

/// <summary>Rows at the edges of what there is, and rows in trouble.</summary>
public sealed class EdgeTests
{
    private const float None = float.NegativeInfinity;

    public static TheoryData<int> Lengths => [1, 2, 31, 999, 1024, 1025, 4097, 50257, 128256, 151936, 262144];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void A_single_finite_token_always_wins(int length)
    {
        foreach (int token in new[] { 0, length / 2, length - 1 })
        {
            float[] logits = [.. Enumerable.Repeat(None, length)];
            logits[token] = -123;
            foreach (TokenNoise noise in Enum.GetValues<TokenNoise>())
            {
                TokenResult result = TokenResult.Of(
                    Engines.Simd, new TokenCase(length, logits) { Noise = noise, Draws = 20 });
                Assert.All(result.Token, drawn => Assert.Equal(token, drawn));
                Assert.All(result.LogProbability, log => Assert.Equal(0f, log));
                Assert.Equal(1f, result.EffectiveSampleSize[0]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Masked_tokens_are_never_drawn_and_never_looked_at(int length)
    {
        var random = new RandomRewards((ulong)length);
        float[] logits = random.Row(length);
        uint[] mask = new uint[(length + 31) / 32];
        for (int v = 0; v < length; v++)
        {
            bool allowed = v == length - 1 || random.NextInt(3) == 0;
            mask[v / 32] |= allowed ? 1u << (v % 32) : 0;
            logits[v] = allowed ? logits[v] : v % 2 == 0 ? float.NaN : float.PositiveInfinity;
        }

        foreach (TokenNoise noise in Enum.GetValues<TokenNoise>())
        {
            TokenResult result = TokenResult.Of(
                Engines.Simd, new TokenCase(length, logits) { Mask = mask, Noise = noise, Draws = 100, Top = 20 });
            Assert.Equal(RowStatus.Ok, result.Status[0]);
            Assert.All(result.Token, token => Assert.True((mask[token / 32] >> (token % 32) & 1) != 0));
            Assert.All(result.TopToken, token => Assert.True(token < 0 || (mask[token / 32] >> (token % 32) & 1) != 0));
            Assert.Equal(length > 1 && logits.Any(l => !float.IsFinite(l)), float.IsNaN(result.ModelLogProbability[0]));
        }
    }

    [Fact]
    public void All_negative_logits_and_a_heavy_tail()
    {
        // The head lies 18 above 50,000 others: they have 50,000 exp(-18) = 7.6e-4 of the mass.
        float[] logits = [.. Enumerable.Repeat(-1018f, 50_001)];
        logits[7] = -1000;
        foreach (TokenNoise noise in Enum.GetValues<TokenNoise>())
        {
            int[] tokens = TokenResult.TokensOf(
                Engines.Simd, new TokenCase(50_001, logits) { Noise = noise, Draws = 20_000 }).Token;
            double share = 50_000 * Math.Exp(-18);
            double expected = 20_000 * share / (1 + share);
            double sixSigma = 6 * Math.Sqrt(expected);
            Assert.InRange(tokens.Count(token => token != 7), expected - sixSigma, expected + sixSigma);
        }
    }

    [Theory]
    [InlineData(RowStatus.LogitNaN, new[] { 1, float.NaN, float.PositiveInfinity }, new float[0])]
    [InlineData(RowStatus.LogitPositiveInfinity, new[] { 1, float.PositiveInfinity, None }, new float[0])]
    [InlineData(RowStatus.AllExcluded, new[] { None, None, None }, new float[0])]
    [InlineData(RowStatus.AllExcluded, new[] { 1f, 2, None }, new[] { None, None, 3 })]
    [InlineData(RowStatus.RewardNaN, new[] { 1f, 2, 3 }, new[] { 1, float.NaN, float.PositiveInfinity })]
    [InlineData(RowStatus.RewardPositiveInfinity, new[] { 1f, 2, 3 }, new[] { 1, None, float.PositiveInfinity })]
    [InlineData(RowStatus.Ok, new[] { 1f, 2, None }, new[] { 1, None, float.NaN })]
    public void Statuses(RowStatus expected, float[] logits, float[] rewards)
    {
        var call = new TokenCase(3, logits) { Rewards = rewards, Top = 2, Draws = 2 };
        TokenResult result = TokenResult.Of(Engines.Simd, call);

        Assert.Equal(expected, result.Status[0]);
        Assert.Equal(expected == RowStatus.Ok ? 0 : -1, result.Token[0]);
        Assert.Equal(expected != RowStatus.Ok, float.IsNaN(result.LogSumExp[0]));
        Assert.Equal(expected != RowStatus.Ok, float.IsNaN(result.TopLogProbability[0]));
        TokenResult.AssertSame(TokenResult.Of(Engines.Reference, call), result, $"{expected}");
    }

    [Fact]
    public void Parameters_out_of_range_are_their_own_rows_trouble()
    {
        var call = new TokenCase(2, [1, 2])
        {
            RowMap = new int[8],
            RewardMap = new int[8],
            Rewards = [0, 1],
            Temperatures = [1, -1, float.NaN, 1, 1, 1, 1, 1],
            Lambdas = [1, 1, 1, -1, 1, 1, 1, 1],
            TopK = [0, 0, 0, 0, -1, 0, 0, 0],
            TopP = [1, 1, 1, 1, 1, 0, 1, 1],
            MinP = [0, 0, 0, 0, 0, 0, 1.5f, 0],
            Modes = [0, 0, 0, 0, 0, 0, 0, (TokenTiltMode)9],
        };

        Assert.Equal(
            [
                RowStatus.Ok, RowStatus.TemperatureInvalid, RowStatus.TemperatureInvalid, RowStatus.LambdaInvalid,
                RowStatus.TruncationInvalid, RowStatus.TruncationInvalid, RowStatus.TruncationInvalid,
                RowStatus.ModeInvalid,
            ],
            TokenResult.Of(Engines.Simd, call).Status);
    }

    [Fact]
    public void No_tokens_and_no_rows()
    {
        Assert.Equal(RowStatus.Empty, TokenResult.Of(Engines.Simd, new TokenCase(0, [])).Status[0]);
        Engines.Simd.TiltTokens(
            TokenMatrix.Of(ReadOnlySpan<float>.Empty, 0, 5), new TokenTiltOptions { Seed = 1ul }, default);
    }

    [Fact]
    public void Sparse_rewards_out_of_order_or_out_of_range()
    {
        var call = new TokenCase(3, [1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3])
        {
            SparseOffsets = [0, 2, 4, 5, 5],
            SparseTokens = [0, 2, 1, 1, 3],
            SparseValues = [1, 1, 1, 1, 1],
        };

        Assert.Equal(
            [RowStatus.Ok, RowStatus.SparseRewardsInvalid, RowStatus.SparseRewardsInvalid, RowStatus.Ok],
            TokenResult.Of(Engines.Simd, call).Status);
    }

    [Fact]
    public void The_largest_floats_neither_overflow_nor_lose_their_order()
    {
        float max = float.MaxValue;
        var call = new TokenCase(4, [max, -max, max / 2, 0]) { Temperatures = [4e37f], Draws = 200 };
        ClosedFormTests.AssertNear(call);

        TokenResult tiny = TokenResult.Of(Engines.Simd, call with { Temperatures = [1e-37f] });
        Assert.All(tiny.Token, token => Assert.Equal(0, token));
        Assert.Equal(max, tiny.LogSumExp[0]);
    }

    [Fact]
    public void Contradictions_beyond_all_floats_are_a_status()
    {
        var call = new TokenCase(2, [0, -30]) { Rewards = [-30, 0], Temperatures = [1e-37f], Lambdas = [1e-37f] };

        Assert.Equal(RowStatus.ScoresOutOfRange, TokenResult.Of(Engines.Simd, call).Status[0]);
        TokenCase mild = call with { Temperatures = [1e-30f], Lambdas = [2e-30f] };
        Assert.Equal(0, TokenResult.Of(Engines.Simd, mild).Token[0]);
    }

    [Fact]
    public void Greedy_takes_the_lowest_of_equals_and_needs_no_seed()
    {
        float[] logits = new float[3000];
        logits[1500] = logits[1600] = logits[2900] = 5;
        var call = new TokenCase(3000, logits) { Modes = [TokenTiltMode.Greedy], Seeds = [], Draws = 3, Top = 4 };
        TokenResult result = TokenResult.Of(Engines.Simd, call);

        Assert.Equal([1500, 1500, 1500], result.Token);
        Assert.Equal([0, 0, 0], result.Rank);
        Assert.Equal([1500, 1600, 2900, 0], result.TopToken);
    }

    [Fact]
    public void Proposals_that_are_all_excluded_leave_a_draw_without_a_token()
    {
        var call = new TokenCase(2, [0, 0])
        {
            Rewards = [None, 1],
            Modes = [TokenTiltMode.SoftBestOfN],
            Proposals = 2,
            Draws = 1000,
        };
        TokenResult result = TokenResult.Of(Engines.Simd, call);

        Assert.Equal(RowStatus.Ok, result.Status[0]);
        Assert.All(result.Token, token => Assert.NotEqual(0, token));
        Assert.InRange(result.Token.Count(token => token < 0), 170, 330);
    }

    [Fact]
    public void A_reward_of_minus_infinity_excludes_from_the_tilt_alone()
    {
        TokenResult result = TokenResult.Of(Engines.Simd, new TokenCase(2, [0, 0]) { Rewards = [None, 1], Draws = 50 });

        Assert.All(result.Token, token => Assert.Equal(1, token));
        Near.Absolute(Math.Log(2), result.BaseLogSumExp[0], 1e-6);
        Near.Absolute(Math.Log(2), result.Kl[0], 1e-6);
        Near.Absolute(-Math.Log(2), result.BaseLogProbability[0], 1e-6);
    }
}
