namespace SoftBoN.Kernels.Hosting.Tests.Sampling;

public sealed class TiltedSamplerTests
{
    private const int Vocabulary = 3000;
    private const int Steps = 12;

    [Fact]
    public void A_token_is_that_of_the_bare_engine_bit_for_bit()
    {
        using SoftBonEngine engine = SoftBonEngine.CreateHost();
        float[] logits = Logits(7, 0);
        float[] rewards = Logits(7, 1);
        int[] expected = new int[1];
        float[] expectedLog = new float[1];
        engine.TiltTokens(
            TokenMatrix.Of(logits, 1, Vocabulary),
            new()
            {
                Lambda = 0.7f,
                Rewards = TokenMatrix.Of(rewards, 1, Vocabulary),
                Temperature = 0.9f,
                TopK = 50,
                TopP = 0.95f,
                Seed = 11,
                Position = 5,
            },
            new() { Token = expected, LogProbability = expectedLog });

        var sequence = new TiltedSequence(11, 5) { Lambda = 0.7f, Temperature = 0.9f, TopK = 50, TopP = 0.95f };
        int[] token = new int[1];
        float[] log = new float[1];
        new TiltedSampler(engine).Step(
            [sequence],
            new()
            {
                Logits = TokenMatrix.Of(logits, 1, Vocabulary),
                Rewards = TokenMatrix.Of(rewards, 1, Vocabulary),
            },
            new() { Token = token, LogProbability = log });
        Assert.Equal(expected, token);
        Assert.Equal(BitConverter.SingleToInt32Bits(expectedLog[0]), BitConverter.SingleToInt32Bits(log[0]));
        Assert.Equal(6ul, sequence.Position);
    }

    [Fact]
    public void Sequences_that_join_finish_and_change_places_have_the_tokens_they_have_alone()
    {
        using SoftBonEngine engine = SoftBonEngine.CreateHost();
        var sampler = new TiltedSampler(engine, proposals: 8);
        const int Count = 9;
        int[][] alone = [.. Enumerable.Range(0, Count).Select(id => Alone(sampler, id))];
        Assert.True(alone.Select(tokens => string.Join(',', tokens)).Distinct().Count() == Count);

        var random = new Random(3);
        TiltedSequence[] sequences = [.. Enumerable.Range(0, Count).Select(Sequence)];
        List<int>[] written = [.. Enumerable.Range(0, Count).Select(_ => new List<int>())];
        while (written.Any(tokens => tokens.Count < Steps))
        {
            int[] batch = [.. Enumerable.Range(0, Count)
                .Where(id => written[id].Count < Steps && random.Next(3) > 0).OrderBy(_ => random.Next())];
            int[] tokens = new int[batch.Length];
            float[] logits = [.. batch.SelectMany(id => Logits(id, written[id].Count))];
            float[] rewards = [.. batch.SelectMany(id => Logits(id + 100, written[id].Count))];
            sampler.Step(
                [.. batch.Select(id => sequences[id])],
                new()
                {
                    Logits = TokenMatrix.Of(logits, batch.Length, Vocabulary),
                    Rewards = TokenMatrix.Of(rewards, batch.Length, Vocabulary),
                },
                new() { Token = tokens });
            for (int i = 0; i < batch.Length; i++)
            {
                written[batch[i]].Add(tokens[i]);
            }
        }

        for (int id = 0; id < Count; id++)
        {
            Assert.Equal(alone[id], written[id]);
        }
    }

    [Fact]
    public void A_grammar_and_a_mask_allow_what_both_allow()
    {
        using SoftBonEngine engine = SoftBonEngine.CreateHost();
        var grammar = new Alternating();
        TiltedSequence[] sequences = [new(1) { Grammar = grammar }, new(2)];
        uint[] mask = new uint[(Vocabulary + 31) / 32];
        mask[0] = 0b1110;
        mask[1] = 0b1;
        var drawn = new HashSet<int>();
        for (int step = 0; step < 60; step++)
        {
            int[] tokens = new int[2];
            float[] flat = new float[2 * Vocabulary];
            new TiltedSampler(engine).Step(
                sequences,
                new() { Logits = TokenMatrix.Of(flat, 2, Vocabulary), Mask = TokenMask.Shared(mask) },
                new() { Token = tokens });
            Assert.Equal(step % 2, tokens[0] % 2);
            drawn.UnionWith(tokens);
        }

        Assert.Equal([1, 2, 3, 32], drawn.Order());
        Assert.Equal(60, grammar.Accepted);
    }

    [Fact]
    public void A_bad_sequence_stays_where_it_is_and_no_other_notices()
    {
        using SoftBonEngine engine = SoftBonEngine.CreateHost();
        var sampler = new TiltedSampler(engine);
        float[] logits = [.. Logits(1, 0), .. Logits(2, 0), .. Logits(3, 0)];
        logits[5] = float.NaN;
        TiltedSequence[] sequences = [Sequence(1), new(2) { Temperature = -1 }, Sequence(3)];
        int[] tokens = new int[3];
        var status = new RowStatus[3];
        sampler.Step(
            sequences,
            new() { Logits = TokenMatrix.Of(logits, 3, Vocabulary) },
            new() { Token = tokens, Status = status });
        Assert.Equal([-1, -1], tokens[..2]);
        Assert.NotEqual(RowStatus.Ok, status[0]);
        Assert.NotEqual(RowStatus.Ok, status[1]);
        Assert.Equal(RowStatus.Ok, status[2]);
        Assert.InRange(tokens[2], 0, Vocabulary - 1);
        Assert.Equal([100ul, 0ul, 301ul], sequences.Select(sequence => sequence.Position));
    }

    [Fact]
    public void Tokens_follow_the_tilted_law()
    {
        // Four tokens at p(v) exp(r_v / lambda): chi-square with 3 degrees of freedom, 33.4 at alpha 2.6e-7.
        using SoftBonEngine engine = SoftBonEngine.CreateHost();
        var sampler = new TiltedSampler(engine);
        float[] logits = [0f, 1f, 0.5f, -1f];
        float[] rewards = [1f, 0f, -0.5f, 2f];
        var sequence = new TiltedSequence(5) { Lambda = 0.8f };
        const int Draws = 20_000;
        double[] counts = new double[4];
        int[] token = new int[1];
        for (int i = 0; i < Draws; i++)
        {
            sampler.Step(
                [sequence],
                new() { Logits = TokenMatrix.Of(logits, 1, 4), Rewards = TokenMatrix.Of(rewards, 1, 4) },
                new() { Token = token });
            counts[token[0]]++;
        }

        double[] law = [.. logits.Zip(rewards, (logit, reward) => Math.Exp(logit + (reward / 0.8)))];
        double total = law.Sum();
        double chiSquare = counts.Zip(law, (count, weight) =>
            Math.Pow(count - (Draws * weight / total), 2) / (Draws * weight / total)).Sum();
        Assert.True(chiSquare < 33.4, $"chi-square {chiSquare}");
    }

    [Fact]
    public void Rows_that_do_not_fit_throw_before_anything_moves()
    {
        using SoftBonEngine engine = SoftBonEngine.CreateHost();
        var sampler = new TiltedSampler(engine);
        TiltedSequence sequence = Sequence(1);
        var fault = Assert.Throws<ArgumentException>(() => sampler.Step(
            [sequence], new() { Logits = TokenMatrix.Of(new float[8], 2, 4) }, new() { Token = new int[2] }));
        Assert.Contains("1 sequences and 2 rows of logits", fault.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => sampler.Step(
            [sequence], new() { Logits = TokenMatrix.Of(new float[4], 1, 4) }, default));
        Assert.Equal(100ul, sequence.Position);
    }

    [Fact]
    public void A_grammar_that_throws_keeps_no_other_sequence_from_its_token()
    {
        using SoftBonEngine engine = SoftBonEngine.CreateHost();
        var sampler = new TiltedSampler(engine);
        var told = new Alternating();
        var failing = new Failing();
        TiltedSequence[] sequences = [new(1) { Grammar = failing }, new(2) { Grammar = told }, new(3)];
        int[] tokens = new int[3];
        float[] logits = new float[3 * Vocabulary];
        var fault = Assert.Throws<InvalidOperationException>(() => sampler.Step(
            sequences, new() { Logits = TokenMatrix.Of(logits, 3, Vocabulary) }, new() { Token = tokens }));
        Assert.Equal("accept", fault.Message);
        Assert.Equal([1ul, 1ul, 1ul], sequences.Select(sequence => sequence.Position));
        Assert.Equal(1, told.Accepted);

        failing.IsInAllow = true;
        fault = Assert.Throws<InvalidOperationException>(() => sampler.Step(
            sequences, new() { Logits = TokenMatrix.Of(logits, 3, Vocabulary) }, new() { Token = tokens }));
        Assert.Equal("allow", fault.Message);
        Assert.Equal([1ul, 1ul, 1ul], sequences.Select(sequence => sequence.Position));

        sequences[1] = null!;
        var missing = Assert.Throws<ArgumentException>(() => sampler.Step(
            sequences, new() { Logits = TokenMatrix.Of(logits, 3, Vocabulary) }, new() { Token = tokens }));
        Assert.Contains("Sequence 1 is null", missing.Message, StringComparison.Ordinal);
    }

    private static int[] Alone(TiltedSampler sampler, int id)
    {
        TiltedSequence sequence = Sequence(id);
        int[] tokens = new int[Steps];
        for (int step = 0; step < Steps; step++)
        {
            sampler.Step(
                [sequence],
                new()
                {
                    Logits = TokenMatrix.Of(Logits(id, step), 1, Vocabulary),
                    Rewards = TokenMatrix.Of(Logits(id + 100, step), 1, Vocabulary),
                },
                new() { Token = tokens.AsSpan(step, 1) });
        }

        return tokens;
    }

    private static TiltedSequence Sequence(int id) => new((ulong)(id / 2), (ulong)(100 * id))
    {
        Lambda = id % 3 == 0 ? 0.5f : 2,
        Temperature = 0.8f,
        TopK = id % 2 == 0 ? 40 : 0,
        MinP = id % 4 == 1 ? 0.01f : 0,
        Mode = id % 3 == 1 ? TokenTiltMode.SoftBestOfN : TokenTiltMode.Tilt,
    };

    private static float[] Logits(int id, int step)
    {
        var random = new Random((1000 * id) + step);
        return [.. Enumerable.Range(0, Vocabulary).Select(_ => (4 * random.NextSingle()) - 2)];
    }

    /// <summary>Throws where it is told to.</summary>
    private sealed class Failing : ITokenGrammar
    {
        public bool IsInAllow { get; set; }

        public void Allow(Span<uint> words)
        {
            words.Fill(uint.MaxValue);
            if (IsInAllow)
            {
                throw new InvalidOperationException("allow");
            }
        }

        public void Accept(int token) => throw new InvalidOperationException("accept");
    }

    /// <summary>Even tokens and odd ones, in turn.</summary>
    private sealed class Alternating : ITokenGrammar
    {
        public int Accepted { get; private set; }

        public void Allow(Span<uint> words) => words.Fill(Accepted % 2 == 0 ? 0x55555555u : 0xAAAAAAAAu);

        public void Accept(int token) => Accepted++;
    }
}
