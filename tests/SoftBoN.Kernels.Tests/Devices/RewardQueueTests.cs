using SoftBoN.Kernels.Tests.TokenTilt;

namespace SoftBoN.Kernels.Tests.Devices;

/// <summary>Reward heads and plans in device memory return what calls with the caller's memory return.</summary>
public sealed class RewardQueueTests
{
    private const int Prompts = 4;
    private const int Candidates = 6;
    private const int Rows = Prompts * Candidates;
    private const int Dimension = 70;
    private const int Heads = 3;

    private static readonly float[] Hidden = new RandomRewards(661).Row(Rows * Dimension);
    private static readonly float[] Weights = new RandomRewards(662).Row(Heads * Dimension);
    private static readonly float[] Bias = [0.5f, -1, 2];
    private static readonly float[] Mixture = [0.25f, 0.5f, -1];
    private static readonly float[] Gating = new RandomRewards(663).Row(Rows * Heads);

    [Theory]
    [OnBackend(SoftBonBackend.Reference)]
    [OnBackend(SoftBonBackend.Simd)]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Heads_with_maps_and_shares(SoftBonBackend backend)
    {
        int[] map = [.. Enumerable.Range(0, Rows).Select(row => row * 7 % Rows)];
        using var memory = new Memory(TokenEngines.One(backend));
        var hidden = DeviceTokenMatrix.Of(memory.Of(Hidden), Rows, Dimension);
        var head = new DeviceRewardHead
        {
            Weights = DeviceTokenMatrix.Of(memory.Of(Weights), Heads, Dimension),
            Bias = memory.Of(Bias),
        };
        foreach (bool isGated in new[] { false, true })
        {
            Results expected = new();
            Engines.Reference.ScoreRewards(
                TokenMatrix.Of(Hidden, Rows, Dimension),
                new RewardHead { Weights = TokenMatrix.Of(Weights, Heads, Dimension), Bias = Bias },
                new() { RowMap = map, Mixture = isGated ? [] : Mixture, Gating = isGated ? Gating : [] },
                new() { Scores = expected.Scores, Reward = expected.Reward, Status = expected.Status });
            memory.Queue.ScoreRewards(
                hidden,
                head,
                new()
                {
                    RowMap = memory.Of(map),
                    Mixture = isGated ? default : (DeviceSpan<float>)memory.Of(Mixture),
                    Gating = isGated ? memory.Of(Gating) : default(DeviceSpan<float>),
                },
                memory.Outputs);
            expected.AssertSame(memory.Results(), $"{backend}, gated {isGated}");
        }
    }

    [Theory]
    [OnBackend(SoftBonBackend.Reference)]
    [OnBackend(SoftBonBackend.Simd)]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Rows_that_name_nothing_are_empty(SoftBonBackend backend)
    {
        using var memory = new Memory(TokenEngines.One(backend));
        var hidden = DeviceTokenMatrix.Of(memory.Of(Hidden), Rows, Dimension);
        var head = new DeviceRewardHead { Weights = DeviceTokenMatrix.Of(memory.Of(Weights), 1, Dimension) };
        DeviceSpan<int> map = memory.Of([0, -1, Rows, int.MaxValue, int.MinValue, Rows - 1]);
        memory.Queue.ScoreRewards(hidden, head, new() { RowMap = map }, memory.Outputs);
        Results results = memory.Results();

        const RowStatus Empty = RowStatus.Empty;
        Assert.Equal([RowStatus.Ok, Empty, Empty, Empty, Empty, RowStatus.Ok], results.Status[..6]);
        Assert.All(results.Reward[1..5], reward => Assert.True(float.IsNaN(reward)));
        Assert.All(results.Scores[1..5], score => Assert.True(float.IsNaN(score)));
        Assert.True(float.IsFinite(results.Reward[0]) && float.IsFinite(results.Reward[5]));
    }

    [Theory]
    [OnBackend(SoftBonBackend.Reference)]
    [OnBackend(SoftBonBackend.Simd)]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void A_plan_of_a_head_is_two_launches(SoftBonBackend backend)
    {
        RewardPlan plan = RewardPlan.FromHead(
            new RewardHead { Weights = TokenMatrix.Of(Weights, 1, Dimension), Bias = [0.25f] });
        using SoftBonEngine engine = DeviceBackends.Make(backend);
        using var memory = new Memory(engine);
        using DeviceBuffer<int> picks = engine.CreateBuffer<int>(Prompts);
        var inputs = new DeviceRewardPlanInputs { Hidden = DeviceTokenMatrix.Of(memory.Of(Hidden), Rows, Dimension) };
        RunOn(memory, picks, plan, inputs, default);
        Assert.Equal(BackendNames.IsDevice(backend) ? 2 : 0, engine.KernelLaunches);

        int[] expected = new int[Prompts];
        float[] rewards = new float[Rows];
        Engines.Reference.Run(
            plan,
            new RewardPlanInputs { Hidden = TokenMatrix.Of(Hidden, Rows, Dimension) },
            Kernels.Rows.Dense(Prompts, Candidates),
            new SelectionOptions { Lambda = 0.5f, Seed = 3 },
            new RewardPlanOutputs { Reward = rewards, Selection = new() { Index = expected } });
        Assert.Equal(expected, picks.Read());
        RunOn(memory, picks, plan, inputs, memory.Outputs.Reward);
        Assert.Equal(expected, picks.Read());
        Bitwise.Same(rewards, memory.Results().Reward, "rewards of a plan");
    }

    [Theory]
    [OnBackend(SoftBonBackend.Simd)]
    [OnBackend(SoftBonBackend.OpenCl)]
    public void Plans_of_shares_weigh_too(SoftBonBackend backend)
    {
        var head = new RewardHead { Weights = TokenMatrix.Of(Weights, Heads, Dimension), Bias = Bias };
        SoftBonEngine engine = TokenEngines.One(backend);
        using var memory = new Memory(engine);
        using DeviceBuffer<float> gains = engine.CreateBuffer<float>(Prompts);
        foreach (bool isGated in new[] { false, true })
        {
            RewardPlan plan = isGated ? RewardPlan.FromGatedHead(head) : RewardPlan.FromHead(head, Mixture);
            float[] gain = new float[Prompts];
            Engines.Reference.Run(
                plan,
                new RewardPlanInputs
                {
                    Hidden = TokenMatrix.Of(Hidden, Rows, Dimension),
                    Gating = isGated ? Gating : [],
                },
                Kernels.Rows.Dense(Prompts, Candidates),
                new SelectionOptions { Lambda = 0.5f },
                new RewardPlanOutputs { Weights = new() { ExpectedReward = gain } });
            memory.Queue.Run(
                plan,
                new DeviceRewardPlanInputs
                {
                    Hidden = DeviceTokenMatrix.Of(memory.Of(Hidden), Rows, Dimension),
                    Gating = isGated ? memory.Of(Gating) : default(DeviceSpan<float>),
                },
                DeviceRows.Ragged(memory.Of<long>([0, 6, 12, 18, 24]), Candidates, Rows),
                new() { Lambda = 0.5f },
                new() { Weights = new() { ExpectedReward = gains } });
            memory.Queue.Synchronize();
            Bitwise.Same(gain, gains.Read(), $"{backend}, expected rewards, gated {isGated}");
        }
    }

    [Fact]
    public void What_does_not_fit_is_named_before_anything_is_queued()
    {
        SoftBonEngine engine = Engines.Simd;
        using var memory = new Memory(engine);
        using DeviceBuffer<int> picks = engine.CreateBuffer<int>(Prompts);
        var one = new RewardHead { Weights = TokenMatrix.Of(Weights, 1, Dimension) };
        RewardPlan plan = RewardPlan.FromHead(one);
        var inputs = new DeviceRewardPlanInputs { Hidden = DeviceTokenMatrix.Of(memory.Of(Hidden), Rows, Dimension) };
        void Refused<TException>(string named, RewardPlan refused, DeviceRewardPlanInputs given, DeviceSpan<float> rewards)
            where TException : Exception
        {
            TException refusal = Assert.ThrowsAny<TException>(() => RunOn(memory, picks, refused, given, rewards));
            Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
        }

        Refused<ArgumentException>("LogProbability", plan.Penalize(0.1f), inputs, default);
        Refused<ArgumentException>("inputs 0", RewardPlan.FromTokens(RewardPooling.Sum), default, default);
        Refused<ArgumentException>("0 rewards", RewardPlan.FromRewards(2).Ensemble(RewardPooling.Sum), default, default);
        Refused<ArgumentException>("does not use Hidden", RewardPlan.FromRewards(), inputs, default);
        Refused<ArgumentException>(
            "add Ensemble",
            RewardPlan.FromHead(new RewardHead { Weights = TokenMatrix.Of(Weights, Heads, Dimension) }),
            inputs,
            default);
        Refused<ArgumentException>("hidden", plan, default, default);
        Refused<ArgumentException>("Gating", RewardPlan.FromGatedHead(one), inputs, default);
        Refused<ArgumentException>("Reward", plan, inputs, memory.Outputs.Reward.Slice(0, Rows - 1));
        Assert.Throws<ArgumentException>(() => memory.Queue.Run(
            plan,
            inputs,
            DeviceRows.Dense(Prompts, Candidates),
            new() { Lambda = 1 },
            new() { Selection = new() { Index = picks } }));
    }

    private static void RunOn(
        Memory memory,
        DeviceBuffer<int> picks,
        RewardPlan plan,
        DeviceRewardPlanInputs inputs,
        DeviceSpan<float> rewards)
    {
        memory.Queue.Run(
            plan,
            inputs,
            DeviceRows.Dense(Prompts, Candidates),
            new() { Lambda = 0.5f, Seed = 3 },
            new() { Reward = rewards, Selection = new() { Index = picks } });
        memory.Queue.Synchronize();
    }

    private sealed class Results
    {
        public float[] Scores { get; init; } = new float[Rows * Heads];

        public float[] Reward { get; init; } = new float[Rows];

        public RowStatus[] Status { get; init; } = new RowStatus[Rows];

        public void AssertSame(Results actual, string what)
        {
            Bitwise.Same(Scores, actual.Scores, $"{what}, scores");
            Bitwise.Same(Reward, actual.Reward, $"{what}, rewards");
            Assert.Equal(Status, actual.Status);
        }
    }

    /// <summary>A queue, and device memory for arguments and results.</summary>
    private sealed class Memory : IDisposable
    {
        private readonly SoftBonEngine engine;
        private readonly List<IDisposable> buffers = [];
        private readonly DeviceBuffer<float> scores;
        private readonly DeviceBuffer<float> reward;
        private readonly DeviceBuffer<RowStatus> status;

        public Memory(SoftBonEngine engine)
        {
            this.engine = engine;
            Queue = engine.CreateQueue();
            scores = Of(new float[Rows * Heads]);
            reward = Of(new float[Rows]);
            status = Of(new RowStatus[Rows]);
        }

        public SoftBonQueue Queue { get; }

        public DeviceRewardScoringOutputs Outputs => new() { Scores = scores, Reward = reward, Status = status };

        public DeviceBuffer<T> Of<T>(T[] values)
            where T : unmanaged
        {
            DeviceBuffer<T> buffer = engine.BufferOf(values);
            buffers.Add(buffer);
            return buffer;
        }

        public Results Results()
        {
            Queue.Synchronize();
            return new Results { Scores = scores.Read(), Reward = reward.Read(), Status = status.Read() };
        }

        public void Dispose()
        {
            Queue.Dispose();
            buffers.ForEach(buffer => buffer.Dispose());
        }
    }
}
