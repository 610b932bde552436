using System.Numerics.Tensors;

namespace SoftBoN.Kernels.Tests.TokenTilt;

/// <summary>
/// A row's results depend on nothing but what it reads: not on its place, stride, batch mates or the split.
/// </summary>
public sealed class LayoutTests
{
    private const int Rows = 24;

    [Theory]
    [InlineData(37)]
    [InlineData(1500)]
    public void A_row_alone_returns_what_it_returns_among_others(int columns)
    {
        for (ulong seed = 0; seed < 6; seed++)
        {
            TokenCase batch = WithPositions(RandomTokens.Make(9_000_000 + seed, columns, Rows));
            TokenResult together = TokenResult.Of(Engines.Simd2, batch);
            for (int row = 0; row < Rows; row++)
            {
                TokenResult alone = TokenResult.Of(Engines.Simd, RowOf(batch, row));
                TokenResult.AssertSame(together.ForRow(row), alone.ForRow(1), $"case {seed}, row {row}");
            }
        }
    }

    [Fact]
    public void Rows_with_gaps_are_the_rows_without_them()
    {
        const int Columns = 1111;
        var random = new RandomRewards(631);
        float[] dense = random.Row(5 * Columns);
        float[] padded = new float[(4 * (Columns + 5)) + Columns];
        padded.AsSpan().Fill(float.NaN);
        for (int row = 0; row < 5; row++)
        {
            dense.AsSpan(row * Columns, Columns).CopyTo(padded.AsSpan(row * (Columns + 5)));
        }

        var call = new TokenCase(Columns, dense) { Draws = 3, Top = 3 };
        foreach (Stored stored in Enum.GetValues<Stored>())
        {
            TokenResult.AssertSame(
                TokenResult.Of(Engines.Simd, call with { Stored = stored }),
                TokenResult.Of(
                    Engines.Simd, call with { Stored = stored, Logits = padded, RowStride = Columns + 5 }),
                $"{stored}");
        }
    }

    [Fact]
    public void Tensors_are_spans_with_dimensions()
    {
        float[] logits = new RandomRewards(636).Row(3 * 1030);
        Half[] halves = Array.ConvertAll(logits, l => (Half)l);
        ushort[] bfloats = Array.ConvertAll(logits, l => (ushort)(BitConverter.SingleToUInt32Bits(l) >> 16));

        Bitwise.Same(
            Sums(TokenMatrix.Of(logits, 3, 1030)),
            Sums(TokenMatrix.Of(new ReadOnlyTensorSpan<float>(logits, [3, 1030]))),
            "float32");
        Bitwise.Same(
            Sums(TokenMatrix.Of(halves, 3, 1030)),
            Sums(TokenMatrix.Of(new ReadOnlyTensorSpan<Half>(halves, [3, 1030]))),
            "half");
        Bitwise.Same(
            Sums(TokenMatrix.OfBFloat16(bfloats, 3, 1030)),
            Sums(TokenMatrix.OfBFloat16(new ReadOnlyTensorSpan<ushort>(bfloats, [3, 1030]))),
            "bfloat16");
        Bitwise.Same(
            Sums(TokenMatrix.Of(logits, 1, 3090)), Sums(TokenMatrix.Of(new ReadOnlyTensorSpan<float>(logits))), "one row");
        Assert.Throws<ArgumentException>(() =>
            TokenMatrix.Of(new ReadOnlyTensorSpan<float>(logits, [3, 1030], [1, 3])).Rows);
        Assert.Throws<ArgumentException>(() =>
            TokenMatrix.Of(new ReadOnlyTensorSpan<float>(logits, [3, 103, 10])).Rows);
    }

    [Fact]
    public void Maps_read_logits_and_rewards_without_a_copy()
    {
        const int Columns = 700;
        var random = new RandomRewards(632);
        float[] logits = random.Row(4 * Columns);
        float[] rewards = random.Row(3 * Columns);
        int[] rowMap = [3, 0, 0, 2, 1, 3];
        int[] rewardMap = [0, 1, 2, 2, 0, 1];
        uint[] mask = [.. Enumerable.Range(0, 4 * 22).Select(_ => (uint)random.NextWord())];
        var mapped = new TokenCase(Columns, logits)
        {
            Rewards = rewards,
            RowMap = rowMap,
            RewardMap = rewardMap,
            Mask = mask,
            Draws = 2,
        };
        TokenCase copied = mapped with
        {
            Logits = [.. rowMap.SelectMany(row => logits[(row * Columns)..((row + 1) * Columns)])],
            Rewards = [.. rewardMap.SelectMany(row => rewards[(row * Columns)..((row + 1) * Columns)])],
            Mask = [.. rowMap.SelectMany(row => mask[(row * 22)..((row + 1) * 22)])],
            RowMap = [],
            RewardMap = [],
        };

        TokenResult.AssertSame(
            TokenResult.Of(Engines.Simd, copied), TokenResult.Of(Engines.Simd, mapped), "mapped");
    }

    [Fact]
    public void Sparse_rewards_are_dense_ones_with_zeros()
    {
        float[] dense = new float[1500];
        int[] tokens = [0, 5, 1023, 1024, 1499];
        float[] values = [1, -2, 0.5f, float.NegativeInfinity, 3];
        for (int i = 0; i < tokens.Length; i++)
        {
            dense[tokens[i]] = values[i];
        }

        var call = new TokenCase(1500, new RandomRewards(633).Row(1500)) { Draws = 50, Top = 20 };
        TokenResult.AssertSame(
            TokenResult.Of(Engines.Simd, call with { Rewards = dense }),
            TokenResult.Of(
                Engines.Simd,
                call with { SparseOffsets = [0, 5], SparseTokens = tokens, SparseValues = values }),
            "sparse");
    }

    [Fact]
    public void Noise_per_token_is_left_alone_by_a_mask()
    {
        // Whoever won without the mask still wins with one that leaves it in.
        float[] logits = new RandomRewards(634).Row(2000);
        var call = new TokenCase(2000, logits) { Noise = TokenNoise.PerToken, Draws = 200 };
        int[] before = TokenResult.TokensOf(Engines.Simd, call).Token;
        uint[] mask = new uint[63];
        foreach (int token in before)
        {
            mask[token / 32] |= 1u << (token % 32);
        }

        Assert.Equal(before, TokenResult.TokensOf(Engines.Simd, call with { Mask = mask }).Token);
    }

    [Fact]
    public void More_draws_begin_with_fewer()
    {
        var call = new TokenCase(1500, new RandomRewards(635).Row(1500)) { Draws = 9 };
        foreach (TokenNoise noise in Enum.GetValues<TokenNoise>())
        {
            Assert.Equal(
                TokenResult.Of(Engines.Simd, call with { Noise = noise, Draws = 4 }).Token,
                TokenResult.Of(Engines.Simd, call with { Noise = noise }).Token[..4]);
        }
    }

    private static float[] Sums(TokenMatrix logits)
    {
        float[] sums = new float[logits.Rows];
        Engines.Simd.TiltTokens(logits, new TokenTiltOptions(), new TokenTiltOutputs { LogSumExp = sums });
        return sums;
    }

    private static TokenCase WithPositions(TokenCase call) =>
        call with { Positions = [.. Enumerable.Range(0, Rows).Select(i => (ulong)i * 77)] };

    /// <summary>A row as a batch of its own, twice, so that one value per row stays one per row.</summary>
    private static TokenCase RowOf(TokenCase call, int row)
    {
        int words = (call.Columns + 31) / 32;
        int start = row * call.Columns;
        return call with
        {
            Logits = call.Logits[start..(start + call.Columns)],
            Rewards = call.Rewards.Length == 0 ? [] : call.Rewards[start..(start + call.Columns)],
            Mask = call.Mask.Length == 0 ? [] : call.Mask[(row * words)..((row + 1) * words)],
            SparseOffsets = call.SparseOffsets.Length == 0 ? [] : call.SparseOffsets[row..(row + 2)],
            RowMap = [0, 0],
            RewardMap = call.Rewards.Length == 0 ? [] : [0, 0],
            Temperatures = Twice(call.Temperatures),
            Lambdas = Twice(call.Lambdas),
            TopK = Twice(call.TopK),
            TopP = Twice(call.TopP),
            MinP = Twice(call.MinP),
            TopNSigma = Twice(call.TopNSigma),
            Modes = Twice(call.Modes),
            Seeds = Twice(call.Seeds),
            Positions = Twice(call.Positions),
        };

        T[] Twice<T>(T[] values) => values.Length == 0 ? [] : [values[row], values[row]];
    }
}
