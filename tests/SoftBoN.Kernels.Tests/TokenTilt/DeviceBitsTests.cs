using SoftBoN.Kernels.Tests.Devices;

namespace SoftBoN.Kernels.Tests.TokenTilt;

/// <summary>Calls with the caller's memory return the reference's bits on every device, however they are cut into chunks.</summary>
public sealed class DeviceBitsTests
{
    private const int Columns = 1100;

    [Theory]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Rows_of_all_kinds(SoftBonBackend backend)
    {
        int[] lengths = backend == SoftBonBackend.IlgpuCpu ? [45] : [1, 2, 31, 128, 999, 1024, 1025, 4097];
        foreach (SoftBonEngine engine in TokenEngines.Of(backend))
        {
            foreach (int length in lengths)
            {
                for (int i = 0; i < DeviceBackends.Scale(backend, full: 12, slow: 4); i++)
                {
                    TokenCase call = RandomTokens.Make(
                        (ulong)((1000 * length) + i), length, DeviceBackends.Scale(backend, 24, 4));
                    AssertSame(engine, call, $"{backend}, {length} tokens, case {i}");
                }
            }
        }
    }

    [Theory]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Every_output_by_itself(SoftBonBackend backend)
    {
        for (ulong seed = 0; seed < 8; seed++)
        {
            TokenCase call = RandomTokens.Make(8_000_000 + seed, 1300, 12);
            TokenResult expected = TokenResult.Of(Engines.Reference, call);
            foreach (TokenResult result in TokenResult.OneByOne(TokenEngines.One(backend), call))
            {
                TokenResult.AssertSame(expected, result, $"{backend}, one output, case {seed}");
            }
        }
    }

    [Theory]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Long_vocabularies(SoftBonBackend backend)
    {
        SoftBonEngine engine = TokenEngines.One(backend);
        var random = new RandomRewards(641);
        foreach (int length in new[] { 50_257, 128_256, 151_936, 262_144 })
        {
            foreach (TokenNoise noise in Enum.GetValues<TokenNoise>())
            {
                var call = new TokenCase(length, random.Row(length))
                {
                    Rewards = random.Row(length),
                    Noise = noise,
                    Draws = 2,
                    Top = 3,
                };
                AssertSame(engine, call, $"{backend}, {length} tokens, {noise}");
                AssertSame(engine, call with { Rewards = [], TopK = [50], TopP = [0.9f] }, $"{length} truncated, {noise}");
            }
        }
    }

    /// <summary>Rows of whole segments in which nothing is left out, beside such of which something turns out not to be finite.</summary>
    [Theory]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Whole_segments(SoftBonBackend backend)
    {
        const int Whole = 1024;
        Mood[] moods = [Mood.Normal, Mood.FarFromZero, Mood.Zeros, Mood.Tiny, Mood.Subnormal, Mood.Huge,
            Mood.SomeExcluded, Mood.WithNaN, Mood.WithInfinity];
        bool isSlow = backend == SoftBonBackend.IlgpuCpu;
        int columns = isSlow ? Whole : (3 * Whole) + 4;
        moods = isSlow ? [Mood.Normal, Mood.WithNaN] : moods;
        SoftBonEngine engine = TokenEngines.One(backend);
        var random = new RandomRewards(645);
        float[] Matrix(IEnumerable<Mood> of) => [.. of.SelectMany(mood => random.Row(columns, mood))];
        foreach (Stored stored in Enum.GetValues<Stored>())
        {
            var call = new TokenCase(columns, Matrix(moods))
            {
                Stored = stored,
                Temperatures = [.. new[] { 0.7f, 1f, 1f, 1e-30f, 1f, 1e-3f, 1f, 1f, 0f }.Take(moods.Length)],
                Modes = [TokenTiltMode.SoftBestOfN, .. new TokenTiltMode[moods.Length - 1]],
                Proposals = 2,
            };
            TokenCase tilted = call with
            {
                Rewards = Matrix(moods.Reverse()),
                RewardsStored = stored,
                Lambdas = [.. new[] { -0.4f, 2f, 1e-30f, 1f, 0f, 1f, 3f, 1f, 1f }.Take(moods.Length)],
                AllowNegative = true,
            };
            AssertSame(engine, call, $"{backend}, {stored}");
            AssertSame(engine, tilted, $"{backend}, {stored}, tilted");
            TokenResult expected = TokenResult.Of(Engines.Reference, tilted);
            foreach (TokenResult result in isSlow ? [] : TokenResult.OneByOne(engine, tilted))
            {
                TokenResult.AssertSame(expected, result, $"{backend}, {stored}, one output");
            }
        }
    }

    [Theory]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Maps_and_strides(SoftBonBackend backend)
    {
        int columns = DeviceBackends.Scale(backend, Columns, 37);
        var random = new RandomRewards(642);
        var strided = new TokenCase(columns, random.Row((5 * (columns + 3)) - 3)) { RowStride = columns + 3 };
        var mapped = strided with
        {
            RowMap = [4, 4, 0, 1, 1, 1, 3],
            Rewards = random.Row(2 * columns),
            RewardMap = [0, 1, 1, 1, 0, 0, 1],
            Seeds = [7],
        };
        var sparse = mapped with
        {
            Rewards = [],
            RewardMap = [],
            SparseOffsets = [0, 2, 2, 3, 4, 6],
            SparseTokens = [0, columns - 1, 5, 9, 3, 30],
            SparseValues = [1, 2, -1, 3, float.NegativeInfinity, 5],
            Mask = [.. Enumerable.Range(0, (columns + 31) / 32).Select(_ => 0xfffffff7u)],
        };
        foreach (SoftBonEngine engine in TokenEngines.Of(backend))
        {
            AssertSame(engine, strided, $"{backend}, strided");
            AssertSame(engine, mapped, $"{backend}, mapped");
            AssertSame(engine, sparse, $"{backend}, sparse");
        }
    }

    [Theory]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Written_in_place_as_halves(SoftBonBackend backend)
    {
        int columns = DeviceBackends.Scale(backend, Columns, 41);
        Half[] logits = Array.ConvertAll(new RandomRewards(643).Row(3 * columns), x => (Half)x);
        SoftBonEngine engine = TokenEngines.One(backend);
        Half[] expected = [.. logits];
        Half[] actual = [.. logits];
        Tilt(Engines.Reference, expected, columns);
        Tilt(engine, actual, columns);

        Assert.Equal(expected, actual);
        Assert.NotEqual(logits, actual);
    }

    /// <summary>So many that the keys of their races do not fit into one launch.</summary>
    [Theory]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Many_draws_with_noise_of_every_token(SoftBonBackend backend)
    {
        const int Rows = 8;
        const int Draws = 270_000;
        float[] logits = new RandomRewards(644).Row(Rows * 4);
        SoftBonEngine engine = TokenEngines.One(backend);
        int[] expected = new int[Rows * Draws];
        int[] actual = new int[Rows * Draws];
        var options = new TokenTiltOptions { Noise = TokenNoise.PerToken, Seed = 3, Draws = Draws };
        Engines.Simd.TiltTokens(TokenMatrix.Of(logits, Rows, 4), options, new() { Token = expected });
        engine.TiltTokens(TokenMatrix.Of(logits, Rows, 4), options, new() { Token = actual });

        Assert.Equal(expected, actual);
    }

    [Theory]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    public void Shards_are_refused(SoftBonBackend backend)
    {
        SoftBonEngine engine = TokenEngines.One(backend);
        var shard = new TokenShard(0, 4, 4);
        byte[] states = new byte[shard.StateBytes];
        NotSupportedException refusal = Assert.Throws<NotSupportedException>(
            () => engine.SumShard(shard, TokenMatrix.Of([1f, 2f, 3f, 4f], 1, 4), new(), states));

        Assert.Contains("Backend = Simd", refusal.Message, StringComparison.Ordinal);
    }

    private static void Tilt(SoftBonEngine engine, Half[] logits, int columns) => engine.TiltTokens(
        TokenMatrix.Of(logits, 3, columns),
        new TokenTiltOptions { Temperature = 0.7f },
        new TokenTiltOutputs { TiltedLogits = TokenOutput.Of(logits, 3, columns) });

    private static void AssertSame(SoftBonEngine engine, TokenCase call, string what)
    {
        TokenResult expected = TokenResult.Of(Engines.Reference, call);
        TokenResult.AssertSame(expected, TokenResult.Of(engine, call), what);
        TokenResult.AssertSame(expected, TokenResult.TokensOf(engine, call), $"{what}, tokens alone");
    }
}
