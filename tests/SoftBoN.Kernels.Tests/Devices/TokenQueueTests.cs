using SoftBoN.Kernels.Tests.TokenTilt;

namespace SoftBoN.Kernels.Tests.Devices;

/// <summary>Token tilts in device memory return what calls with the caller's memory return.</summary>
public sealed class TokenQueueTests
{
    private const int Rows = 6;
    private const int Columns = 70;
    private const int Words = 3;
    private const int Draws = 2;
    private const int Top = 3;

    private static readonly float[] Logits = new RandomRewards(651).Row(Rows * Columns);
    private static readonly float[] Rewards = new RandomRewards(652).Row(Rows * Columns, Mood.SomeExcluded);
    private static readonly float[] Temperatures = [1, 0, 0.5f, -1, 2, 1];
    private static readonly int[] TopK = [0, 5, 0, 3, 20, 70];
    private static readonly ulong[] Seeds = [1, 2, 3, 4, 5, 6];
    private static readonly TokenTiltMode[] Modes =
    [
        TokenTiltMode.Tilt, TokenTiltMode.Greedy, TokenTiltMode.SoftBestOfN, TokenTiltMode.Tilt, TokenTiltMode.Tilt,
        TokenTiltMode.SoftBestOfN,
    ];

    [Theory]
    [OnBackend(SoftBonBackend.Reference)]
    [OnBackend(SoftBonBackend.Simd)]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void All_options_and_outputs(SoftBonBackend backend)
    {
        uint[] mask = [.. Enumerable.Range(0, Rows * Words).Select(word => ~(0x10101u << (word % 8)))];
        Half[] rewards = Array.ConvertAll(Rewards, reward => (Half)reward);
        int[] map = [2, 2, 0, 1, 5, 4];
        SoftBonEngine engine = TokenEngines.One(backend);
        using var memory = new Memory(engine);
        using DeviceBuffer<Half> deviceRewards = engine.CreateBuffer<Half>(rewards.Length);
        deviceRewards.CopyFrom(rewards);
        using SoftBonQueue queue = engine.CreateQueue();
        foreach (TokenNoise noise in Enum.GetValues<TokenNoise>())
        {
            Results expected = new();
            Engines.Reference.TiltTokens(
                TokenMatrix.Of(Logits, Rows, Columns),
                new TokenTiltOptions
                {
                    Temperature = Temperatures,
                    Lambda = 0.7f,
                    Rewards = TokenMatrix.Of(rewards, Rows, Columns),
                    Mask = TokenMask.PerRow(mask, Words),
                    RowMap = map,
                    TopK = TopK,
                    TopP = 0.9f,
                    Mode = Modes,
                    Proposals = 3,
                    Noise = noise,
                    Seed = Seeds,
                    Draws = Draws,
                    Top = Top,
                },
                expected.Outputs);
            queue.TiltTokens(
                DeviceTokenMatrix.Of(memory.Floats(Logits), Rows, Columns),
                new DeviceTokenTiltOptions
                {
                    Temperature = memory.Floats(Temperatures),
                    Lambda = 0.7f,
                    Rewards = DeviceTokenMatrix.Of(deviceRewards, Rows, Columns),
                    Mask = DeviceTokenMask.PerRow(memory.Of(mask), Words),
                    RowMap = memory.Of(map),
                    TopK = memory.Of(TopK),
                    TopP = 0.9f,
                    Mode = memory.Of(Modes),
                    Proposals = 3,
                    Noise = noise,
                    Seed = memory.Of(Seeds),
                    Draws = Draws,
                    Top = Top,
                },
                memory.Outputs);
            queue.Synchronize();
            expected.AssertSame(memory.Results(), $"{backend}, {noise}");
        }
    }

    [Theory]
    [OnBackend(SoftBonBackend.Reference)]
    [OnBackend(SoftBonBackend.Simd)]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Numbers_that_name_nothing_give_their_rows_a_status(SoftBonBackend backend)
    {
        SoftBonEngine engine = TokenEngines.One(backend);
        using var memory = new Memory(engine);
        using SoftBonQueue queue = engine.CreateQueue();
        DeviceSpan<float> logits = memory.Floats(Logits);
        using DeviceBuffer<RowStatus> status = engine.CreateBuffer<RowStatus>(Rows);
        queue.TiltTokens(
            DeviceTokenMatrix.Of(logits, Rows, Columns),
            new() { RowMap = memory.Of<int>([0, -1, Rows, int.MaxValue, int.MinValue, Rows - 1]) },
            new() { Status = status });
        queue.Synchronize();
        Assert.Equal(
            [RowStatus.Ok, RowStatus.Empty, RowStatus.Empty, RowStatus.Empty, RowStatus.Empty, RowStatus.Ok], status.Read());

        var sparse = new DeviceSparseTokenRewards(
            memory.Of<long>([0, 2, 5, -3, 1, 2, 4]), memory.Of<int>([3, 9, 4, 4]), memory.Floats([1, 2, 3, 4]));
        queue.TiltTokens(
            DeviceTokenMatrix.Of(logits, Rows, Columns),
            new() { SparseRewards = sparse, Lambda = 1 },
            new() { Status = status });
        queue.Synchronize();
        const RowStatus Invalid = RowStatus.SparseRewardsInvalid;
        Assert.Equal([RowStatus.Ok, Invalid, Invalid, Invalid, RowStatus.Ok, Invalid], status.Read());
    }

    [Theory]
    [OnBackend(SoftBonBackend.Simd)]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Tilted_logits_may_take_the_logits_place_and_nothing_else_may(SoftBonBackend backend)
    {
        SoftBonEngine engine = TokenEngines.One(backend);
        using DeviceBuffer<float> logits = engine.CreateBuffer<float>(Logits.Length);
        using SoftBonQueue queue = engine.CreateQueue();
        logits.CopyFrom(Logits);
        var matrix = DeviceTokenMatrix.Of(logits, Rows, Columns);
        queue.TiltTokens(matrix, new() { Temperature = 0.5f }, new() { TiltedLogits = matrix });
        queue.Synchronize();

        float[] expected = new float[Logits.Length];
        Engines.Reference.TiltTokens(
            TokenMatrix.Of(Logits, Rows, Columns),
            new() { Temperature = 0.5f },
            new() { TiltedLogits = TokenOutput.Of(expected, Rows, Columns) });
        Bitwise.Same(expected, logits.Read(), "in place");
        Assert.Throws<ArgumentException>(() => queue.TiltTokens(
            matrix, new(), new() { TiltedLogits = matrix, Probabilities = matrix }));
        Assert.Throws<ArgumentException>(() => queue.TiltTokens(
            DeviceTokenMatrix.Of(logits, Rows - 1, Columns), new(), new() { LogSumExp = logits }));
    }

    [Fact]
    public void Arguments_that_do_not_fit_are_named()
    {
        using DeviceBuffer<float> values = Engines.Simd.CreateBuffer<float>(100);
        using DeviceBuffer<int> tokens = Engines.Simd.CreateBuffer<int>(100);
        using SoftBonQueue queue = Engines.Simd.CreateQueue();
        var logits = DeviceTokenMatrix.Of(values, 2, 40);
        void Refused(string named, DeviceTokenTiltOptions options)
        {
            ArgumentException refusal = Assert.ThrowsAny<ArgumentException>(
                () => queue.TiltTokens(logits, options, new() { Token = tokens }));
            Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
        }

        Refused("Seed", new());
        Refused("Temperature", new() { Seed = 1, Temperature = -1 });
        Refused("Rewards", new() { Seed = 1, Lambda = 1, Rewards = DeviceTokenMatrix.Of(values, 3, 30) });
        Refused("Lambda", new() { Seed = 1, Rewards = logits });
        Refused("Draws", new() { Seed = 1, Draws = 0 });
        Refused("Proposals", new() { Seed = 1, Mode = TokenTiltMode.SoftBestOfN });
        Refused("Token", new() { Seed = 1, Draws = 60 });
        Assert.Throws<ArgumentException>(() => DeviceTokenMatrix.Of(values, 3, 40));
    }

    /// <summary>The results of a call.</summary>
    private sealed class Results
    {
        public int[] Integers { get; } = new int[(2 * Rows * Draws) + (Rows * Top)];

        public float[] Floats { get; } = new float[(3 * Rows * Draws) + (Rows * Top) + (5 * Rows)];

        public float[] Tokens { get; } = new float[2 * Rows * Columns];

        public RowStatus[] Status { get; } = new RowStatus[Rows];

        public TokenTiltOutputs Outputs => new()
        {
            Token = Integers.AsSpan(0, Rows * Draws),
            Rank = Integers.AsSpan(Rows * Draws, Rows * Draws),
            TopToken = Integers.AsSpan(2 * Rows * Draws),
            LogProbability = Floats.AsSpan(0, Rows * Draws),
            BaseLogProbability = Floats.AsSpan(Rows * Draws, Rows * Draws),
            ModelLogProbability = Floats.AsSpan(2 * Rows * Draws, Rows * Draws),
            TopLogProbability = Floats.AsSpan(3 * Rows * Draws, Rows * Top),
            LeastKept = PerRow(0),
            LogSumExp = PerRow(1),
            BaseLogSumExp = PerRow(2),
            Kl = PerRow(3),
            EffectiveSampleSize = PerRow(4),
            Status = Status,
            TiltedLogits = TokenOutput.Of(Tokens.AsSpan(0, Rows * Columns), Rows, Columns),
            Probabilities = TokenOutput.Of(Tokens.AsSpan(Rows * Columns), Rows, Columns),
        };

        public void AssertSame(Results actual, string what)
        {
            Assert.Equal(Status, actual.Status);
            Assert.Equal(Integers, actual.Integers);
            Bitwise.Same(Floats, actual.Floats, $"{what}, floats");
            Bitwise.Same(Tokens, actual.Tokens, $"{what}, tokens");
        }

        private Span<float> PerRow(int number) =>
            Floats.AsSpan((3 * Rows * Draws) + (Rows * Top) + (number * Rows), Rows);
    }

    /// <summary>Device memory for arguments and results of a call.</summary>
    private sealed class Memory : IDisposable
    {
        private readonly SoftBonEngine engine;
        private readonly List<IDisposable> buffers = [];
        private readonly DeviceBuffer<int> integers;
        private readonly DeviceBuffer<float> floats;
        private readonly DeviceBuffer<float> tokens;
        private readonly DeviceBuffer<RowStatus> status;

        public Memory(SoftBonEngine engine)
        {
            this.engine = engine;
            var shape = new Results();
            integers = Kept(engine.CreateBuffer<int>(shape.Integers.Length));
            floats = Kept(engine.CreateBuffer<float>(shape.Floats.Length));
            tokens = Kept(engine.CreateBuffer<float>(shape.Tokens.Length));
            status = Kept(engine.CreateBuffer<RowStatus>(Rows));
        }

        public DeviceTokenTiltOutputs Outputs => new()
        {
            Token = Part(integers, 0, Rows * Draws),
            Rank = Part(integers, Rows * Draws, Rows * Draws),
            TopToken = Part(integers, 2 * Rows * Draws, Rows * Top),
            LogProbability = Part(floats, 0, Rows * Draws),
            BaseLogProbability = Part(floats, Rows * Draws, Rows * Draws),
            ModelLogProbability = Part(floats, 2 * Rows * Draws, Rows * Draws),
            TopLogProbability = Part(floats, 3 * Rows * Draws, Rows * Top),
            LeastKept = PerRow(0),
            LogSumExp = PerRow(1),
            BaseLogSumExp = PerRow(2),
            Kl = PerRow(3),
            EffectiveSampleSize = PerRow(4),
            Status = status,
            TiltedLogits = DeviceTokenMatrix.Of(Part(tokens, 0, Rows * Columns), Rows, Columns),
            Probabilities = DeviceTokenMatrix.Of(Part(tokens, Rows * Columns, Rows * Columns), Rows, Columns),
        };

        public DeviceSpan<float> Floats(float[] values) => Of(values);

        public DeviceBuffer<T> Of<T>(T[] values)
            where T : unmanaged => Kept(engine.BufferOf(values));

        public Results Results()
        {
            var results = new Results();
            integers.CopyTo(results.Integers);
            floats.CopyTo(results.Floats);
            tokens.CopyTo(results.Tokens);
            status.CopyTo(results.Status);
            return results;
        }

        public void Dispose() => buffers.ForEach(buffer => buffer.Dispose());

        private DeviceSpan<float> PerRow(int number) =>
            Part(floats, (3 * Rows * Draws) + (Rows * Top) + (number * Rows), Rows);

        private DeviceBuffer<T> Kept<T>(DeviceBuffer<T> buffer)
            where T : unmanaged
        {
            buffers.Add(buffer);
            return buffer;
        }

        private static DeviceSpan<T> Part<T>(DeviceBuffer<T> buffer, long start, long length)
            where T : unmanaged => ((DeviceSpan<T>)buffer).Slice(start, length);
    }
}
