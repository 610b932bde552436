namespace SoftBoN.Kernels.Tests.RewardScoring;

/// <summary>Linear heads: equal bits on all engines, and the truth in double precision.</summary>
public sealed class HeadTests
{
    /// <summary>
    /// What RewardScoring.md says: one rounding per addition on the longest way through the canonical sum.
    /// </summary>
    private static int RoundingsOf(int dimension) => dimension <= 1024 ? 16 : dimension <= 131072 ? 23 : 30;

    public static TheoryData<Format> Formats => [.. Enum.GetValues<Format>()];

    [Theory]
    [MemberData(nameof(Formats))]
    public void All_engines_return_the_bits_of_the_reference(Format format)
    {
        int[] dimensions = [.. Enumerable.Range(1, 40), 63, 64, 65, 127, 128, 129, 160, 500, 1023, 1024, 1025, 2048, 4099];
        foreach (int dimension in dimensions)
        {
            int heads = 1 + (dimension % 5);
            HeadCall call = RandomHeads.Make((ulong)dimension, format, 1 + (dimension % 9), dimension, heads);
            AssertAllAgree(call, $"{format}, {dimension} dimensions, {heads} heads");
        }
    }

    [Fact]
    public void Wide_rows_and_many_heads_agree()
    {
        AssertAllAgree(RandomHeads.Make(71, Format.Half, 3, 140_000, 2), "140,000 dimensions");
        AssertAllAgree(RandomHeads.Make(72, Format.Full, 6, 33, 1500), "1,500 heads");
        AssertAllAgree(RandomHeads.Make(73, Format.BFloat16, 900, 700, 3), "900 rows");
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Scores_are_within_the_bound_of_the_canonical_sum(Format format)
    {
        foreach (int dimension in new[] { 1, 2, 100, 1024, 4096, 16_384, 140_000 })
        {
            HeadCall call = RandomHeads.Make((ulong)(5000 + dimension), format, 3, dimension, 2);
            ScoredRows scored = call.On(Engines.Simd);
            for (int row = 0; row < call.Rows; row++)
            {
                for (int head = 0; head < 2; head++)
                {
                    (double score, double magnitude) = Exact(call, row, head);
                    double roundings = RoundingsOf(dimension) * Near.Rounding;
                    double bound = roundings / (1 - roundings) * magnitude;
                    Near.Absolute(score, scored.Scores[(row * 2) + head], bound, $"{format}, {dimension} dimensions");
                }
            }
        }
    }

    [Fact]
    public void Sums_of_integers_are_exact()
    {
        var random = new RandomRewards(74);
        float[] hidden = [.. Enumerable.Range(0, 5 * 3000).Select(_ => (float)(random.NextInt(31) - 15))];
        float[] weights = [.. Enumerable.Range(0, 3000).Select(_ => (float)(random.NextInt(31) - 15))];
        var call = new HeadCall(
            new StoredMatrix(Format.Half, 5, 3000, hidden), new StoredMatrix(Format.BFloat16, 1, 3000, weights));
        float[] expected = [.. Enumerable.Range(0, 5).Select(row =>
            (float)Enumerable.Range(0, 3000).Sum(i => (long)hidden[(row * 3000) + i] * (long)weights[i]))];

        Assert.Equal(expected, call.On(Engines.Simd).Reward);
    }

    [Fact]
    public void A_reward_is_the_mixture_of_scores()
    {
        var call = new HeadCall(
            new StoredMatrix(Format.Full, 2, 2, [1, 2, 3, 4]),
            new StoredMatrix(Format.Full, 3, 2, [1, 0, 0, 1, 1, 1]))
        {
            Bias = [0, 0, 10],
            Mixture = [1, 2, 0.5f],
        };
        ScoredRows shared = call.On(Engines.Simd);
        ScoredRows gated = (call with { Mixture = [], Gating = [1, 2, 0.5f, 0, 0, 1] }).On(Engines.Simd);

        Assert.Equal([1, 2, 13, 3, 4, 17], shared.Scores);
        Assert.Equal([11.5f, 19.5f], shared.Reward);
        Assert.Equal([11.5f, 17f], gated.Reward);
    }

    [Fact]
    public void Every_sixteen_bit_pattern_scores_as_itself()
    {
        float[] one = [1];
        foreach (Format format in new[] { Format.Half, Format.BFloat16 })
        {
            ushort[] patterns = [.. Enumerable.Range(0, 65536).Select(i => (ushort)i)];
            float[] rewards = new float[patterns.Length];
            var status = new RowStatus[patterns.Length];
            TokenMatrix hidden = format == Format.Half
                ? TokenMatrix.Of(System.Runtime.InteropServices.MemoryMarshal.Cast<ushort, Half>(patterns), 65536, 1)
                : TokenMatrix.OfBFloat16(patterns, 65536, 1);
            Engines.Simd.ScoreRewards(
                hidden,
                new RewardHead { Weights = TokenMatrix.Of(one, 1, 1) },
                default,
                new RewardScoringOutputs { Reward = rewards, Status = status });
            for (int i = 0; i < patterns.Length; i++)
            {
                float value = format == Format.Half
                    ? (float)BitConverter.UInt16BitsToHalf(patterns[i])
                    : BitConverter.UInt32BitsToSingle((uint)i << 16);
                bool isTiny = MathF.Abs(value) < MathF.ScaleB(1, -40);
                float expected = !float.IsFinite(value) ? float.NaN : isTiny ? 0f : value;
                Assert.Equal(expected, rewards[i]);
                Assert.Equal(
                    float.IsNaN(value) ? RowStatus.HiddenNaN
                    : float.IsInfinity(value) ? RowStatus.HiddenInfinity
                    : RowStatus.Ok,
                    status[i]);
            }
        }
    }

    [Fact]
    public void A_row_alone_returns_what_it_returns_among_others()
    {
        HeadCall call = RandomHeads.Make(76, Format.Full, 23, 1300, 3) with { RowMap = [], Gating = [] };
        call = call with { Mixture = [0.5f, -1, 2] };
        ScoredRows together = call.On(Engines.Simd2);
        for (int row = 0; row < 23; row++)
        {
            ScoredRows alone = (call with { RowMap = [row] }).On(Engines.Simd);
            Bitwise.Same(together.Scores.AsSpan(row * 3, 3), alone.Scores, $"row {row}");
            Bitwise.Same(together.Reward.AsSpan(row, 1), alone.Reward, $"row {row}");
        }
    }

    [Fact]
    public void Every_output_by_itself()
    {
        HeadCall call = RandomHeads.Make(77, Format.Half, 9, 900, 4);
        ScoredRows all = call.On(Engines.Simd);

        ScoredRows.AssertSame(all, call.On(Engines.Simd, reward: false), "scores alone");
        ScoredRows.AssertSame(all, call.On(Engines.Simd, scores: false), "rewards alone");
    }

    [Fact]
    public void Rows_in_trouble_have_a_status_and_their_neighbours_do_not_notice()
    {
        const float Most = float.MaxValue;
        float[] hidden = [1, 2, float.NaN, 1, 1, float.PositiveInfinity, float.NegativeInfinity, 0, Most, Most, 3, 4];
        var call = new HeadCall(
            new StoredMatrix(Format.Full, 6, 2, hidden), new StoredMatrix(Format.Full, 2, 2, [1, 2, 0, 0]))
        {
            Gating = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, float.NaN, 1],
        };
        foreach (SoftBonEngine engine in new[] { Engines.Reference, Engines.Simd, Engines.Simd2 })
        {
            ScoredRows scored = call.On(engine);
            RowStatus[] expected =
            [
                RowStatus.Ok, RowStatus.HiddenNaN, RowStatus.HiddenInfinity, RowStatus.HiddenInfinity,
                RowStatus.RewardOutOfRange, RowStatus.GatingInvalid,
            ];
            Assert.Equal(expected, scored.Status);
            Assert.Equal([5, 0], scored.Scores[..2]);
            Assert.All(scored.Scores[2..], score => Assert.Equal(0x7fc00000u, BitConverter.SingleToUInt32Bits(score)));
            Assert.All(scored.Reward[1..], score => Assert.Equal(0x7fc00000u, BitConverter.SingleToUInt32Bits(score)));
        }
    }

    [Fact]
    public void A_batch_of_nothing_is_nothing() => Engines.Simd.ScoreRewards(
        TokenMatrix.Of(ReadOnlySpan<float>.Empty, 0, 8),
        new RewardHead { Weights = TokenMatrix.Of(new float[8], 1, 8) },
        default,
        default);

    /// <summary>A score in double precision, and the sum of the magnitudes of its terms.</summary>
    private static (double Score, double Magnitude) Exact(HeadCall call, int row, int head)
    {
        int source = call.RowMap.Length == 0 ? row : call.RowMap[row];
        double score = call.Bias.Length == 0 ? 0 : call.Bias[head];
        double magnitude = Math.Abs(score);
        for (int i = 0; i < call.Hidden.Columns; i++)
        {
            double term = call.Hidden[source, i] * call.Weights[head, i];
            score += term;
            magnitude += Math.Abs(term);
        }

        return (score, magnitude);
    }

    private static void AssertAllAgree(HeadCall call, string what)
    {
        ScoredRows expected = call.On(Engines.Reference);
        ScoredRows.AssertSame(expected, call.On(Engines.Simd), $"{what}, simd");
        ScoredRows.AssertSame(expected, call.On(Engines.Simd2), $"{what}, two threads");
    }
}
