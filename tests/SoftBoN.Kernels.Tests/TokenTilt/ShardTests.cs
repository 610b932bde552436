using System.Runtime.InteropServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Tests.TokenTilt;

/// <summary>
/// A vocabulary cut at multiples of 1024 in any way, each shard worked on by itself, has the results of the whole rows.
/// </summary>
public sealed class ShardTests
{
    private const int Rows = 6;

    public static TheoryData<int> Columns => [1, 999, 1024, 1025, 4097, 9516];

    [Theory]
    [MemberData(nameof(Columns))]
    public void Random_shards_of_rows_of_all_kinds(int columns)
    {
        for (ulong seed = 0; seed < 12; seed++)
        {
            TokenCase call = RandomTokens.Make(8_000_000 + seed, columns, Rows) with
            {
                TopK = [],
                TopP = [],
                MinP = [],
                TopNSigma = [],
                LeastLogits = seed % 3 == 0 ? [float.NegativeInfinity, 0, 1, -2, float.PositiveInfinity, 0.5f] : [],
            };
            var random = new Random((int)seed);
            AssertMerges(call, RandomCuts(random, columns), random, $"{columns} tokens, case {seed}");
        }
    }

    [Theory]
    [InlineData(TokenNoise.PerBlock)]
    [InlineData(TokenNoise.PerToken)]
    public void Every_shard_has_its_share_of_the_draws(TokenNoise noise)
    {
        const int Tokens = 4096;
        var call = new TokenCase(Tokens, new float[Tokens]) { Noise = noise, Draws = 400 };
        int[] tokens = AssertMerges(call, [0, 1024, 2048, 3072, Tokens], new Random(1), $"{noise}");
        Assert.All(Enumerable.Range(0, 4), shard =>
            Assert.InRange(tokens.Count(token => token / 1024 == shard), 50, 150));
    }

    [Fact]
    public void Truncation_takes_its_threshold_from_the_whole_row()
    {
        var call = new TokenCase(5000, new RandomRewards(661).Row(Rows * 5000))
        {
            TopK = [300],
            TopP = [0.8f],
            MinP = [0.01f],
            TopNSigma = [2.5f],
            Draws = 3,
        };
        TokenResult whole = TokenResult.Of(Engines.Simd, call);
        Assert.All(whole.LeastKept, least => Assert.True(float.IsFinite(least)));
        TokenCase bounded = call with { TopK = [], TopP = [], MinP = [], TopNSigma = [], LeastLogits = whole.LeastKept };
        TokenResult.AssertSame(whole, TokenResult.Of(Engines.Simd, bounded), "threshold given");
        Assert.Equal(whole.Token, AssertMerges(bounded, [0, 2048, 5000], new Random(2), "truncated"));
    }

    [Fact]
    public void States_that_do_not_belong_together_are_refused()
    {
        var call = new TokenCase(3000, new RandomRewards(662).Row(3000));
        var left = new TokenShard(0, 1024, 3000);
        var right = new TokenShard(1024, 1976, 3000);
        byte[] a = Sum(call, left);
        byte[] b = Sum(call, right);
        byte[] merged = new byte[TokenShard.Whole(3000).StateBytes];

        Refused("does not begin where", () => TokenShard.MergeStates(right, b, left, a, merged));
        Refused("pass whole rows", () => TokenShard.MergeStates(left, a.AsSpan(1), right, b, merged));
        Refused("is no state of", () => TokenShard.MergeStates(left, new byte[a.Length], right, b, merged));
        Refused("T = 1 ", () => TokenShard.MergeStates(left, a, right, Sum(call with { Temperatures = [2] }, right), merged));
        Refused("elements and", () => TokenShard.MergeStates(left, a, right, b, merged.AsSpan(1)));
        byte[] both = [.. a, .. b];
        Refused("overlap", () => TokenShard.MergeStates(left, both.AsSpan(0, a.Length), right, b, both));
        TokenShard.MergeStates(left, a, right, b, merged);
        Refused("same options", () => Draw(call with { Temperatures = [2] }, left, merged));
        Refused("is no state of", () => Draw(call, left, new byte[merged.Length]));
        Refused("least", () => Sum(call with { TopK = [3] }, left));
        Refused("pass those of the shard", () => Sum(call, new TokenShard(2048, 952, 3000), columns: 900));
        Refused("no tokens", () => Sum(call, default, columns: 1));
        Refused("20 each", () => TokenShard.MergePicks(new byte[7], new byte[7]));
        Refused("those of TopShard", () => TokenShard.MergeTop(new() { Top = 2 }, new byte[41], new byte[41]));
        Refused("1 to 20", () => TokenShard.MergeTop(new() { Top = -1 }, new byte[40], new byte[40]));
        Refused("as many", () => TokenShard.MergeRanks(new int[2], new int[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenShard(5, 10, 3000));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenShard(0, 1000, 3000));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenShard(0, 10, 1 << 21));

        static void Refused(string message, Action run) =>
            Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(run).Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Tokens_that_are_named_have_the_log_probabilities_of_the_whole_row()
    {
        // The mask leaves out token 5, and the least logit what lies below it: one law, said in two ways.
        float[] logits = new RandomRewards(663).Row(2048);
        uint[] mask = new uint[64];
        for (int v = 0; v < logits.Length; v++)
        {
            mask[v / 32] |= v != 5 && logits[v] >= -1 ? 1u << (v % 32) : 0;
        }

        double[] law = new ExactTokens(new TokenCase(2048, logits) { Mask = mask }).Tilt;
        var call = new TokenCase(2048, logits)
        {
            Mask = [~(1u << 5), .. Enumerable.Repeat(uint.MaxValue, 63)],
            LeastLogits = [-1],
            Modes = [TokenTiltMode.Greedy],
            Draws = 5,
        };
        int[] named =
        [
            Array.FindIndex(law, p => p > 0), Array.FindLastIndex(law, p => p > 0), 5,
            Array.FindIndex(logits, logit => logit < -1), -1,
        ];
        var left = new TokenShard(0, 1024, 2048);
        var right = new TokenShard(1024, 1024, 2048);
        byte[] states = MergeAll(call, [left, right], new Random(3));
        byte[][] picks = [new byte[100], new byte[100]];
        foreach ((TokenShard shard, byte[] own) in new[] { left, right }.Zip(picks))
        {
            TokenCase part = PartOf(call, shard.FirstToken, shard.Tokens);
            Engines.Simd.ScoreShard(shard, part.LogitMatrix, part.Options, states, named, own);
        }

        TokenShard.MergePicks(picks[1], picks[0]);
        float[] log = new float[5];
        float[] baseLog = new float[5];
        Engines.Simd.FinishShards(
            2048, 1, call.Options, states, picks[0], new() { LogProbability = log, BaseLogProbability = baseLog });
        for (int draw = 0; draw < 2; draw++)
        {
            Near.Absolute(Math.Log(law[named[draw]]), log[draw], 1e-5);
            Near.Absolute(Math.Log(law[named[draw]]), baseLog[draw], 1e-5);
        }

        Assert.Equal([float.NegativeInfinity, float.NegativeInfinity, float.NaN], log[2..]);
        Assert.Equal([float.NegativeInfinity, float.NegativeInfinity, float.NaN], baseLog[2..]);
    }

    [Fact]
    public void A_state_has_the_bytes_that_are_documented()
    {
        var call = new TokenCase(1026, [.. Enumerable.Repeat(0f, 1024), 5, 5]) { Temperatures = [2] };
        byte[] state = Sum(call, TokenShard.Whole(1026));

        Assert.Equal(32 + (2 * 32), state.Length);
        Assert.Equal("TSR1"u8, state.AsSpan(0, 4));
        Assert.Equal([1026, 0, 2], Words(state.AsSpan(4, 12)));
        Assert.Equal(2f, BitConverter.ToSingle(state, 16));
        Assert.Equal([2, 0], Words(state.AsSpan(24, 8)));
        Assert.Equal(5f, BitConverter.ToSingle(state, 64));
        Assert.Equal(2f, BitConverter.ToSingle(state, 64 + 12));
        Assert.Equal(1024, BitConverter.ToInt32(state, 32 + 28));

        static int[] Words(ReadOnlySpan<byte> bytes) => MemoryMarshal.Cast<byte, int>(bytes).ToArray();
    }

    /// <summary>Runs all steps and compares them with the reference of the whole rows.</summary>
    private static int[] AssertMerges(TokenCase call, int[] cuts, Random random, string what)
    {
        TokenShard[] shards = [.. cuts.Zip(cuts.Skip(1), (a, b) => new TokenShard(a, b - a, call.Columns))];
        byte[] states = MergeAll(call, shards, random);
        byte[][] picks = [.. shards.OrderBy(_ => random.Next()).Select(shard => Draw(call, shard, states))];
        foreach (byte[] others in picks.Skip(1))
        {
            TokenShard.MergePicks(others, picks[0]);
        }

        int draws = call.Count * call.Draws;
        int[] token = new int[draws];
        float[] log = new float[draws];
        float[] baseLog = new float[draws];
        float[] lse = new float[call.Count];
        float[] baseLse = new float[call.Count];
        float[] kl = new float[call.Count];
        float[] size = new float[call.Count];
        var status = new RowStatus[call.Count];
        Engines.Simd.FinishShards(
            call.Columns,
            call.Count,
            call.Options,
            states,
            picks[0],
            new TokenTiltOutputs
            {
                Token = token,
                LogProbability = log,
                BaseLogProbability = baseLog,
                LogSumExp = lse,
                BaseLogSumExp = baseLse,
                Kl = kl,
                EffectiveSampleSize = size,
                Status = status,
            });
        TokenResult whole = TokenResult.Of(Engines.Reference, call);
        string shape = $"{what}, cut at {string.Join(' ', cuts)}";
        Assert.True(whole.Status.AsSpan().SequenceEqual(status), $"{shape}: {string.Join(' ', whole.Status)}");
        Bitwise.Same(whole.LogSumExp, lse, $"{shape}: log-sum-exp");
        Bitwise.Same(whole.BaseLogSumExp, baseLse, $"{shape}: base log-sum-exp");
        Bitwise.Same(whole.Kl, kl, $"{shape}: KL");
        Bitwise.Same(whole.EffectiveSampleSize, size, $"{shape}: effective sample size");
        Bitwise.Same(whole.Token, token, $"{shape}: tokens");
        Bitwise.Same(whole.LogProbability, log, $"{shape}: log-probabilities");
        Bitwise.Same(whole.BaseLogProbability, baseLog, $"{shape}: base log-probabilities");
        AssertRanks(whole, call, shards, states, picks[0], shape);
        AssertTop(whole, call, shards, states, random, shape);
        AssertModel(whole, call, shards, random, shape);
        return token;
    }

    private static void AssertRanks(
        TokenResult whole, TokenCase call, TokenShard[] shards, byte[] states, byte[] picks, string shape)
    {
        int[][] ranks = [.. shards.Select(shard =>
        {
            TokenCase part = PartOf(call, shard.FirstToken, shard.Tokens);
            int[] own = new int[call.Count * call.Draws];
            Engines.Simd2.RankShard(shard, part.LogitMatrix, part.Options, states, picks, own);
            return own;
        })];
        foreach (int[] others in ranks.Skip(1))
        {
            TokenShard.MergeRanks(others, ranks[0]);
        }

        Bitwise.Same(whole.Rank, ranks[0], $"{shape}: ranks");
    }

    private static void AssertTop(
        TokenResult whole, TokenCase call, TokenShard[] shards, byte[] states, Random random, string shape)
    {
        if (call.Top == 0)
        {
            return;
        }

        byte[][] tops = [.. shards.OrderBy(_ => random.Next()).Select(shard =>
        {
            TokenCase part = PartOf(call, shard.FirstToken, shard.Tokens);
            byte[] own = new byte[call.Count * TokenShard.TopBytes(part.Options)];
            Engines.Simd2.TopShard(shard, part.LogitMatrix, part.Options, states, own);
            return own;
        })];
        foreach (byte[] others in tops.Skip(1))
        {
            TokenShard.MergeTop(call.Options, others, tops[0]);
        }

        int[] tokens = new int[call.Count * call.Top];
        float[] logs = new float[call.Count * call.Top];
        Engines.Simd.FinishTop(call.Columns, call.Count, call.Options, states, tops[0], tokens, logs);
        Bitwise.Same(whole.TopToken, tokens, $"{shape}: likeliest tokens");
        Bitwise.Same(whole.TopLogProbability, logs, $"{shape}: their log-probabilities");
    }

    /// <summary>The model's law is a tilt without all that makes one.</summary>
    private static void AssertModel(
        TokenResult whole, TokenCase call, TokenShard[] shards, Random random, string shape)
    {
        var model = new TokenCase(call.Columns, call.Logits)
        {
            Stored = call.Stored,
            RowMap = call.RowMap,
            Modes = [TokenTiltMode.Greedy],
            Seeds = [],
            Draws = call.Draws,
        };
        byte[] states = MergeAll(model, shards, random);
        byte[][] picks = [.. shards.Select(shard =>
        {
            TokenCase part = PartOf(model, shard.FirstToken, shard.Tokens);
            byte[] own = new byte[model.Count * TokenShard.PickBytes(part.Options)];
            Engines.Simd2.ScoreShard(shard, part.LogitMatrix, part.Options, states, whole.Token, own);
            return own;
        })];
        foreach (byte[] others in picks.Skip(1))
        {
            TokenShard.MergePicks(others, picks[0]);
        }

        float[] log = new float[model.Count * model.Draws];
        Engines.Simd.FinishShards(
            model.Columns, model.Count, model.Options, states, picks[0], new TokenTiltOutputs { BaseLogProbability = log });
        Bitwise.Same(whole.ModelLogProbability, log, $"{shape}: model log-probabilities");
    }

    /// <summary>Merges neighbours in any order.</summary>
    private static byte[] MergeAll(TokenCase call, TokenShard[] shards, Random random)
    {
        List<(TokenShard Shard, byte[] States)> parts = [.. shards.Select(shard => (shard, Sum(call, shard)))];
        while (parts.Count > 1)
        {
            int at = random.Next(parts.Count - 1);
            ((TokenShard left, byte[] leftStates), (TokenShard right, byte[] rightStates)) = (parts[at], parts[at + 1]);
            byte[] merged = new byte[
                call.Count * new TokenShard(left.FirstToken, left.Tokens + right.Tokens, call.Columns).StateBytes];
            parts[at] = (TokenShard.MergeStates(left, leftStates, right, rightStates, merged), merged);
            parts.RemoveAt(at + 1);
        }

        Assert.True(parts[0].Shard.IsWhole);
        return parts[0].States;
    }

    private static byte[] Sum(TokenCase call, TokenShard shard, int? columns = null)
    {
        TokenCase part = PartOf(call, shard.FirstToken, columns ?? shard.Tokens);
        byte[] states = new byte[call.Count * Math.Max(1, shard.StateBytes)];
        Engines.Simd2.SumShard(shard, part.LogitMatrix, part.Options, states);
        return states;
    }

    private static byte[] Draw(TokenCase call, TokenShard shard, byte[] states)
    {
        TokenCase part = PartOf(call, shard.FirstToken, shard.Tokens);
        byte[] picks = new byte[call.Count * TokenShard.PickBytes(part.Options)];
        Engines.Simd2.DrawShard(shard, part.LogitMatrix, part.Options, states, picks);
        return picks;
    }

    private static int[] RandomCuts(Random random, int columns)
    {
        int segments = (columns + CanonicalSum.SegmentLength - 1) / CanonicalSum.SegmentLength;
        IEnumerable<int> inner = Enumerable.Range(1, Math.Max(0, segments - 1)).Where(_ => random.Next(2) == 0);
        return [0, .. inner.Select(s => s * CanonicalSum.SegmentLength), columns];
    }

    /// <summary>The columns that a shard has, of everything.</summary>
    private static TokenCase PartOf(TokenCase call, int first, int tokens)
    {
        int rows = call.LogitRows;
        int words = (call.Columns + 31) / 32;
        T[] Cut<T>(T[] values, int width, int from, int count) => values.Length == 0
            ? []
            : [.. Enumerable.Range(0, values.Length / width).SelectMany(
                row => values.AsSpan((row * width) + from, count).ToArray())];
        var offsets = new List<long> { 0 };
        var sparse = new List<int>();
        var values = new List<float>();
        for (int row = 0; row < rows && call.SparseOffsets.Length > 0; row++)
        {
            for (long i = call.SparseOffsets[row]; i < call.SparseOffsets[row + 1]; i++)
            {
                // One that is beyond the vocabulary is the last shard's.
                bool isLast = first + tokens == call.Columns;
                int token = call.SparseTokens[i] - first;
                if (token >= 0 && (token < tokens || isLast))
                {
                    sparse.Add(token);
                    values.Add(call.SparseValues[i]);
                }
            }

            offsets.Add(sparse.Count);
        }

        return call with
        {
            Columns = tokens,
            Logits = Cut(call.Logits, call.Columns, first, tokens),
            Rewards = Cut(call.Rewards, call.Columns, first, tokens),
            Mask = Cut(call.Mask, words, first / 32, (tokens + 31) / 32),
            SparseOffsets = call.SparseOffsets.Length == 0 ? [] : [.. offsets],
            SparseTokens = [.. sparse],
            SparseValues = [.. values],
        };
    }
}
