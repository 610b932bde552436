namespace SoftBoN.Kernels.Tests.TokenTilt;

/// <summary>What other samplers test, and what they were once wrong about.</summary>
public sealed class PeerTests
{
    public static TheoryData<int, int> Batches
    {
        get
        {
            var data = new TheoryData<int, int>();
            foreach (int rows in new[] { 1, 99, 989 })
            {
                foreach (int columns in new[] { 111, 32_000, 128_256 })
                {
                    data.Add(rows, columns);
                }
            }

            return data;
        }
    }

    /// <summary>Probabilities of masked rows at one temperature, and at one each, against double precision.</summary>
    [Theory]
    [MemberData(nameof(Batches))]
    public void Softmax_of_masked_rows_at_one_temperature_and_at_many(int rows, int columns)
    {
        const int Sources = 3;
        var random = new RandomRewards(671);
        float[] logits = random.Row(Sources * columns, Mood.SomeExcluded);
        float[] temperatures = [.. Enumerable.Range(0, rows).Select(row => 0.5f + (0.25f * (row % 4)))];
        int[] map = [.. Enumerable.Range(0, rows).Select(row => row % Sources)];
        var call = new TokenCase(columns, logits) { RowMap = map };
        for (int row = 0; row < rows; row += 53)
        {
            // One row of the batch at a time is written out: 989 rows of 128,256 would be half a gigabyte.
            TokenResult alone = TokenResult.Of(
                Engines.Simd2, call with { RowMap = [map[row]], Temperatures = [temperatures[row]], Positions = [(ulong)row] });
            var exact = new ExactTokens(new TokenCase(columns, RowOf(logits, map[row], columns))
            {
                Temperatures = [temperatures[row]],
            });
            for (int v = 0; v < columns; v++)
            {
                Near.Absolute(exact.Tilt[v], alone.Probabilities[v], 3e-6);
                Assert.Equal(exact.Tilt[v] == 0, alone.Probabilities[v] == 0);
            }
        }

        TokenResult many = TokenResult.TokensOf(Engines.Simd2, call with { Temperatures = temperatures });
        for (int kind = 0; kind < Math.Min(4, rows); kind++)
        {
            TokenResult one = TokenResult.TokensOf(Engines.Simd2, call with { Temperatures = [temperatures[kind]] });
            for (int row = kind; row < rows; row += 4)
            {
                Assert.Equal(one.Token[row], many.Token[row]);
                Assert.True(logits[(map[row] * columns) + many.Token[row]] > float.NegativeInfinity);
            }
        }
    }

    /// <summary>A head 18 above 199,999 others, which have 199,999 exp(-18) = 3.0e-3 of its mass.</summary>
    [Fact]
    public void A_heavy_tail_of_200_000_tokens() => AssertTail(200_000, -18, 500_000);

    /// <summary>Where noise that is cut off near 16 would never draw.</summary>
    [Fact]
    public void A_tail_20_below_the_head() => AssertTail(262_144, -20, 300_000);

    [Fact]
    public void Four_million_draws()
    {
        float[] logits = [.. Enumerable.Range(0, 64).Select(v => v * -0.1f)];
        var call = new TokenCase(64, logits) { Draws = 4_000_000 };

        ChiSquare.AssertFits(
            ChiSquare.Count(TokenResult.TokensOf(Engines.Simd, call).Token, 64), new ExactTokens(call).Tilt);
    }

    /// <summary>Pairs of draws under neighbouring seeds, and at neighbouring positions, follow the product of the laws.</summary>
    [Theory]
    [InlineData(TokenNoise.PerBlock)]
    [InlineData(TokenNoise.PerToken)]
    public void Neighbouring_seeds_and_positions_share_nothing(TokenNoise noise)
    {
        var call = new TokenCase(4, [0, 0.5f, 1, 0.25f]) { Noise = noise, Draws = 200_000 };
        double[] law = new ExactTokens(call).Tilt;
        int[] own = TokenResult.TokensOf(Engines.Simd, call with { Seeds = [77], Positions = [5] }).Token;
        foreach ((ulong seed, ulong position) in new[] { (78ul, 5ul), (76ul, 5ul), (77ul, 6ul), (~77ul, 5ul) })
        {
            int[] other = TokenResult.TokensOf(
                Engines.Simd, call with { Seeds = [seed], Positions = [position] }).Token;
            int[] pairs = [.. own.Zip(other, (a, b) => (4 * a) + b)];
            ChiSquare.AssertFits(
                ChiSquare.Count(pairs, 16), [.. law.SelectMany(p => law.Select(q => p * q))]);
        }
    }

    [Theory]
    [InlineData(TokenNoise.PerBlock)]
    [InlineData(TokenNoise.PerToken)]
    public void At_temperature_0_every_draw_is_the_largest_logit(TokenNoise noise)
    {
        const int Columns = 32_000;
        float[] logits = new RandomRewards(672).Row(8 * Columns);
        TokenResult result = TokenResult.TokensOf(
            Engines.Simd2, new TokenCase(Columns, logits) { Temperatures = [0], Noise = noise, Draws = 3 });

        for (int draw = 0; draw < 24; draw++)
        {
            float[] row = RowOf(logits, draw / 3, Columns);
            Assert.Equal(Array.IndexOf(row, row.Max()), result.Token[draw]);
        }
    }

    [Fact]
    public void A_row_that_is_no_number_has_no_token()
    {
        float[] logits = [.. Enumerable.Repeat(float.NaN, 2000), .. new RandomRewards(673).Row(2000)];
        TokenResult result = TokenResult.Of(Engines.Simd, new TokenCase(2000, logits));

        Assert.Equal([RowStatus.LogitNaN, RowStatus.Ok], result.Status);
        Assert.Equal(-1, result.Token[0]);
        Assert.InRange(result.Token[1], 0, 1999);
    }

    private static void AssertTail(int columns, float tail, int draws)
    {
        float[] logits = [.. Enumerable.Repeat(tail, columns)];
        logits[columns / 3] = 0;
        int[] tokens = TokenResult.TokensOf(Engines.Simd, new TokenCase(columns, logits) { Draws = draws }).Token;
        double mass = (columns - 1) * Math.Exp(tail);
        double expected = draws * mass / (1 + mass);
        double sixSigma = 6 * Math.Sqrt(expected);
        int[] drawn = Array.FindAll(tokens, token => token != columns / 3);

        Assert.InRange(drawn.Length, expected - sixSigma, expected + sixSigma);
        Assert.True(drawn.Distinct().Count() > 0.9 * drawn.Length, "the tail is drawn from all over");
    }

    private static float[] RowOf(float[] values, int row, int columns) =>
        values.AsSpan(row * columns, columns).ToArray();
}
