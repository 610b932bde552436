namespace SoftBoN.Kernels.Cuda.Tests;

/// <summary>Which kernels every operation launches, on which grids; and what it asks of the driver besides: nothing.</summary>
[Collection(FakeDriver.Collection)]
public sealed class OperationsTests : IDisposable
{
    private const nint Stream = 77;
    private const nuint Some = 0x100000;
    private const nuint Other = 0x4000000;

    private readonly SoftBonCuda? cuda;
    private CudaRewardSteps? calibration;
    private CudaRewardSteps? steps;
    private CudaPooling discounted;

    public OperationsTests()
    {
        if (FakeDriver.Obstacle == null)
        {
            FakeDriver.Reset(FakeDriver.Context);
            cuda = SoftBonCuda.Attach(FakeDriver.Context, Stream, new() { Driver = FakeDriver.Path });
            cuda.UseWorkspace(0x10000000, 1L << 40);
            FakeDriver.Clear();
        }
    }

    private static CudaTokenTilt Tilt(int rows, int columns) => new()
    {
        Logits = CudaMatrix.Dense(Some, rows, columns, CudaFormat.BF16),
        Seed = 1UL,
        Token = Other,
    };

    private static CudaRewardScoring Head(int rows, int heads) => new()
    {
        Hidden = CudaMatrix.Dense(Some, rows, 4096, CudaFormat.BF16),
        Weights = CudaMatrix.Dense(Other, heads, 4096),
        Mixture = heads > 1 ? Other : 0,
        Reward = Other,
    };

    private static CudaMajority Votes(int rows, int columns) => new()
    {
        Rewards = Some,
        Rows = CudaRows.Dense(rows, columns),
        Lambda = 0.5f,
        Answers = Other,
        Answer = Other,
    };

    private static CudaRewardPlan Plan(int prompts, int candidates) => new()
    {
        Head = Head(prompts * candidates, 1) with { Reward = 0 },
        Prompts = CudaRows.Dense(prompts, candidates),
        Selection = new CudaSelection { Lambda = 0.5f, Seed = 1UL, Index = Other },
    };

    private static CudaRewardPooling Pooling(int rows, int columns) => new()
    {
        Rewards = Some,
        Rows = CudaRows.Dense(rows, columns),
        Pooling = new CudaPooling(CudaPoolingKind.MeanLessVariance, 0.5f),
        Reward = Other,
    };

    private static CudaRewardPenalty Penalty(int candidates) => new()
    {
        Rewards = Some,
        Candidates = candidates,
        Beta = 0.1f,
        LogProbability = Some,
        ReferenceLogProbability = Some,
        Reward = Other,
    };

    /// <summary>Three heads, whose scores are calibrated, pooled and penalized.</summary>
    private static CudaRewardPlan LongPlan(int prompts, int candidates, CudaRewardSteps steps) => Plan(prompts, candidates) with
    {
        Head = Head(prompts * candidates, 3) with { Reward = 0, Mixture = 0 },
        Steps = steps,
        LogProbability = Some,
        ReferenceLogProbability = Some,
        Length = Some,
    };

    private static readonly CudaRewardStep[] LongSteps =
    [
        CudaRewardStep.Calibrate(CudaCalibrationKind.ZScore),
        CudaRewardStep.Ensemble(new CudaPooling(CudaPoolingKind.Min)),
        CudaRewardStep.Penalize(0.1f, 0.01f),
    ];

    public void Dispose() => cuda?.Dispose();

    private static string Line(string kernel, int x, int y = 1) =>
        $"launch {kernel} grid {x} {y} 1 block 256 1 1 shared 0 stream {Stream} extra 0";

    [FakeDriverFact]
    public void A_tilt_launches_what_its_outputs_need()
    {
        cuda!.TiltTokens(Tilt(20, 5000));
        Assert.Equal(
            [
                Line("TokenSegments.Warp.Shuffle", 3, 5), Line("TokenRows.Warp.Shuffle", 3),
                Line("TokenDraws.Warp.Shuffle", 3),
            ],
            FakeDriver.Launches);
        FakeDriver.Clear();
        cuda.TiltTokens(Tilt(20, 5000) with
        {
            TopP = 0.9f,
            Draws = 2,
            Rank = Other,
            Top = 5,
            TopToken = Other,
            Probabilities = CudaMatrix.Dense(Other, 20, 5000),
        });
        Assert.Equal(
            [
                Line("TokenThreshold.Group.Shuffle", 20), Line("TokenSegments.Warp.Shuffle", 3, 5),
                Line("TokenRows.Warp.Shuffle", 3), Line("TokenDraws.Warp.Shuffle", 3, 2), Line("TokenRanks.Warp.Shuffle", 3, 5),
                Line("TokenTop.Group.Shuffle", 20), Line("TokenWrite.Warp.Shuffle", 3, 5),
            ],
            FakeDriver.Launches);
    }

    [FakeDriverFact]
    public void A_head_is_one_launch_and_several_are_two()
    {
        cuda!.ScoreRewards(Head(1000, 1));
        Assert.Equal([Line("RewardHead.Warp.Shuffle", 125)], FakeDriver.Launches);
        FakeDriver.Clear();
        cuda.ScoreRewards(Head(1000, 9));
        Assert.Equal([Line("RewardHeads.Warp.Shuffle", 125, 3), Line("RewardMix.Warp.Shuffle", 125)], FakeDriver.Launches);
    }

    [FakeDriverFact]
    public void A_majority_is_its_weights_and_their_count()
    {
        cuda!.Majority(Votes(100, 50));
        Assert.Equal([Line("Weights.Sixteen.Shuffle", 7), Line("WeightedMajority.Sixteen.Shuffle", 7)], FakeDriver.Launches);
    }

    [FakeDriverFact]
    public void A_plan_of_a_head_and_picks_is_two_launches()
    {
        cuda!.Run(Plan(100, 8));
        Assert.Equal([Line("RewardHead.Warp.Shuffle", 100), Line("Picks.Eight.Shuffle", 4)], FakeDriver.Launches);
    }

    [FakeDriverFact]
    public void Steps_are_a_launch_each_and_those_of_a_plan_are_one_for_all()
    {
        Prepare();
        FakeDriver.Clear();
        cuda!.PoolRewards(Pooling(100, 50));
        cuda.CalibrateRewards(new CudaRewardCalibration
        {
            Rewards = Some,
            Rows = CudaRows.Ragged(100, Other, 8, 800, 800),
            Steps = calibration!,
            Reward = Other,
        });
        cuda.PenalizeRewards(Penalty(1000));
        Assert.Equal(
            [Line("RewardPool.Sixteen.Shuffle", 7), Line("RowGuard", 1), Line("RewardSteps.Eight.Shuffle", 4), Line("RewardPenalty", 4)],
            FakeDriver.Launches);
        FakeDriver.Clear();
        cuda.Run(LongPlan(100, 8, steps!));
        Assert.Equal(
            [
                Line("RewardHeads.Warp.Shuffle", 100), Line("RewardMix.Warp.Shuffle", 100),
                Line("RewardSteps.Eight.Shuffle", 4), Line("Picks.Eight.Shuffle", 4),
            ],
            FakeDriver.Launches);
    }

    [FakeDriverFact]
    public void What_is_prepared_is_copied_on_the_stream_and_freed_at_the_end()
    {
        FakeDriver.Reset(FakeDriver.Context);
        using (var attached = SoftBonCuda.Attach(FakeDriver.Context, Stream, new() { Driver = FakeDriver.Path }))
        {
            FakeDriver.Clear();
            Assert.Equal((3, 1), (attached.Prepare(3, LongSteps).Members, attached.Prepare(3, LongSteps).MembersAfter));
            Assert.Equal(2, FakeDriver.Record.Count(line => line == $"copy {3 * 6 * sizeof(uint)} bytes stream {Stream}"));
            FakeDriver.Clear();
            attached.Prepare(new CudaPooling(CudaPoolingKind.Mean), 100);
            attached.Prepare(1);
            Assert.Equal(["cuCtxGetCurrent"], FakeDriver.Record.Distinct());
            attached.Prepare(new CudaPooling(CudaPoolingKind.DiscountedSum, 0.5f), 1000);
            // 2^-100 is the last that counts.
            Assert.Contains($"copy {101 * sizeof(float)} bytes stream {Stream}", FakeDriver.Record);
            FakeDriver.Capture(on: true);
            Fails<InvalidOperationException>("being captured", () => attached.Prepare(1, LongSteps[0]));
            FakeDriver.Capture(on: false);
            FakeDriver.Clear();
        }

        Assert.Equal(3, FakeDriver.Record.Count(line => line == "cuMemFree"));
    }

    /// <summary>As many teams as twice the multiprocessors, which the driver says, each with eight segments at least.</summary>
    [FakeDriverTheory]
    [InlineData(108, 8)]
    [InlineData(8, 4)]
    [InlineData(3, 1)]
    public void Long_rows_of_small_batches_are_shared(int multiprocessors, int teams)
    {
        FakeDriver.Multiprocessors(multiprocessors);
        using var attached = SoftBonCuda.Attach(FakeDriver.Context, Stream, new() { Driver = FakeDriver.Path });
        attached.UseWorkspace(0x10000000, 1 << 30);
        FakeDriver.Clear();
        attached.SoftWeights(new CudaSoftWeights
        {
            Rewards = Some,
            Rows = CudaRows.Dense(4, 128_256),
            Lambda = 0.5f,
            Weights = Other,
        });
        string[] shared =
        [
            Line("SplitLook.Group.Shuffle", 4, teams), Line("SplitSum.Group.Shuffle", 4, teams),
            Line("SplitFold.Group.Shuffle", 4), Line("SplitWeights.Group.Shuffle", 4, teams),
        ];
        Assert.Equal(teams == 1 ? [Line("Weights.Group.Shuffle", 4)] : shared, FakeDriver.Launches);
        Assert.Equal(teams > 1, FakeDriver.Record.Contains($"memset 0 bytes {4 * 16 * sizeof(uint)} stream {Stream}"));
    }

    [FakeDriverFact]
    public void After_the_first_calls_nothing_is_loaded_allocated_copied_or_waited_for()
    {
        cuda!.Load(CudaKernels.All);
        Prepare();
        RunAll();
        FakeDriver.Clear();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 50; i++)
        {
            RunAll();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(
            ["cuCtxGetCurrent", "cuLaunchKernel", "cuMemsetD8Async", "launch", "memset"],
            FakeDriver.Record.Select(line => line.Split(' ')[0]).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>The driver fails whatever a capture forbids; with kernels loaded and workspace there, nothing is asked for.</summary>
    [FakeDriverFact]
    public void Every_call_can_be_captured()
    {
        Prepare();
        FakeDriver.Capture(on: true);
        CudaFaultException early = Assert.Throws<CudaFaultException>(RunAll);
        Assert.Equal(("cuModuleLoadDataEx", true), (early.Function, early.IsContextUsable));
        Assert.Throws<CudaFaultException>(() => cuda!.Reserve(1 << 20));
        FakeDriver.Capture(on: false);
        cuda!.UseWorkspace(0x10000000, 1L << 40);
        cuda.Load(CudaKernels.All);
        FakeDriver.Capture(on: true);
        RunAll();
        FakeDriver.Capture(on: false);
    }

    [FakeDriverFact]
    public void A_destroyed_context_is_seen_by_every_call()
    {
        FakeDriver.Destroy(FakeDriver.Context);
        CudaFaultException fault = Assert.Throws<CudaFaultException>(() => cuda!.TiltTokens(Tilt(2, 10)));
        Assert.False(fault.IsContextUsable);
        Assert.Throws<InvalidOperationException>(() => cuda!.ScoreRewards(Head(2, 1)));
        Assert.Throws<InvalidOperationException>(() => cuda!.Run(Plan(2, 3)));
        Assert.Throws<InvalidOperationException>(() => cuda!.PoolRewards(Pooling(2, 3)));
        Assert.Throws<InvalidOperationException>(() => cuda!.Prepare(3, LongSteps));
        FakeDriver.Reset(FakeDriver.Context);
    }

    [FakeDriverFact]
    public void Bad_arguments_are_named_before_anything_is_asked_of_the_driver()
    {
        Tilts("There are no logits", Tilt(2, 10) with { Logits = default, RowMap = Some, MappedRows = 2 });
        Tilts("multiple of 2", Tilt(2, 10) with { Logits = CudaMatrix.Dense(Some + 1, 2, 10, CudaFormat.F16) });
        Tilts("Must be F32", Tilt(2, 10) with { Logits = CudaMatrix.Dense(Some, 2, 10, (CudaFormat)3) });
        Tilts("columns", Tilt(2, 10) with { Logits = CudaMatrix.Dense(Some, 2, (1 << 20) + 1) });
        Tilts("MaskStride is 1", Tilt(2, 100) with { Mask = Some, MaskStride = 1 });
        Tilts("dense and sparse", Tilt(2, 10) with { Rewards = CudaMatrix.Dense(Some, 2, 10), SparseOffsets = Some });
        Tilts("Lambda is not set", Tilt(2, 10) with { Rewards = CudaMatrix.Dense(Some, 2, 10) });
        Tilts("no lambda from a budget", Tilt(2, 10) with { Rewards = CudaMatrix.Dense(Some, 2, 10), Lambda = CudaLambda.TargetKl(1f) });
        Tilts("3 rows of 10", Tilt(2, 10) with { Rewards = CudaMatrix.Dense(Some, 3, 10), Lambda = 1f });
        Tilts("Must be above 0, to 1", Tilt(2, 10) with { TopP = 0f });
        Tilts("0 to +infinity", Tilt(2, 10) with { Temperature = float.NaN });
        Tilts("Must be 1 to 1024", Tilt(2, 10) with { Mode = CudaTokenMode.SoftBestOfN });
        Tilts("Seed is not set", Tilt(2, 10) with { Seed = default });
        Tilts("Must be 0 to 20", Tilt(2, 10) with { Top = 21 });
        Tilts("Probabilities has 1 rows", Tilt(2, 10) with { Probabilities = CudaMatrix.Dense(Some, 1, 10) });
        Fails<ArgumentException>("and the hidden values 4096", () => cuda!.ScoreRewards(Head(2, 1) with { Weights = CudaMatrix.Dense(Some, 1, 8) }));
        Fails<ArgumentException>("needs their shares", () => cuda!.ScoreRewards(Head(2, 2) with { Mixture = 0 }));
        Fails<ArgumentException>("pass one of them", () => cuda!.ScoreRewards(Head(2, 2) with { Gating = Some }));
        Fails<ArgumentException>("Answers is 0", () => cuda!.Majority(Votes(2, 3) with { Answers = 0 }));
        Fails<ArgumentException>("have 7 candidates", () => cuda!.Run(Plan(2, 3) with { Prompts = CudaRows.Dense(1, 7) }));
        Fails<ArgumentException>("no output", () => cuda!.Run(Plan(2, 3) with { Selection = null }));
        Fails<ArgumentException>("follow each other", () => cuda!.Run(Plan(2, 3) with { Prompts = new(2, 3, 4) }));
        Fails<ArgumentException>("lack a device pointer", () => cuda!.Majority(Votes(2, 3) with { Rows = CudaRows.Ragged(2, 0, 3, 6, 6) }));
        Fails<ArgumentException>("Starts is at 1", () => cuda!.Majority(Votes(2, 3) with { Rows = CudaRows.Ragged(2, 1, 3, 6, 6) }));
        Fails<ArgumentException>("3 rewards per candidate", () => cuda!.Run(LongPlan(2, 3, null!)));
        Fails<ArgumentException>("2 sources", () => cuda!.Run(Plan(2, 3) with { Rewards = Some }));
        Fails<ArgumentException>("0 sources", () => cuda!.Run(Plan(2, 3) with { Head = null }));
        Fails<ArgumentException>("pass the plan's", () => cuda!.Run(Plan(2, 3) with { Head = Head(6, 1) }));
        Fails<ArgumentException>("There is no calibration", () => cuda!.CalibrateRewards(new() { Rows = CudaRows.Dense(2, 3), Rewards = Some }));
        Fails<ArgumentException>("LogProbability is 0", () => cuda!.PenalizeRewards(Penalty(3) with { LogProbability = 0 }));
        Fails<ArgumentException>("Must be finite", () => cuda!.PenalizeRewards(Penalty(3) with { Beta = float.NaN }));
        Fails<ArgumentException>("Rewards is 0", () => cuda!.PenalizeRewards(Penalty(3) with { Rewards = 0 }));
        Fails<ArgumentException>("16777217 rewards", () => cuda!.PoolRewards(Pooling(2, (1 << 24) + 1)));
        Fails<ArgumentException>("not in device memory", () => cuda!.PoolRewards(Pooling(2, 3) with { Pooling = new(CudaPoolingKind.DiscountedSum, 0.5f) }));
        Fails<ArgumentException>("0 to 1", () => _ = new CudaPooling(CudaPoolingKind.DiscountedSum, 1.5f));
        Fails<ArgumentException>("Sum to", () => _ = new CudaPooling((CudaPoolingKind)9));
        Fails<ArgumentException>("ZScore, MinMax or Quantile", () => CudaRewardStep.Calibrate(CudaCalibrationKind.Clip));
        Fails<ArgumentException>("Quantile 1 is 1", () => CudaRewardStep.Calibrate([2f, 1f]));
        Fails<ArgumentException>("nothing from 2 to 1", () => CudaRewardStep.Clip(2f, 1f));
        Fails<ArgumentException>("needs 2 or more", () => cuda!.Prepare(1, LongSteps));
        Fails<ArgumentException>("penalties need 1", () => cuda!.Prepare(3, LongSteps[2]));
        Fails<ArgumentException>("both prices", () => cuda!.Prepare(1, LongSteps[2], LongSteps[2]));
        Assert.Empty(FakeDriver.Record);
        steps = cuda!.Prepare(3, LongSteps);
        FakeDriver.Clear();
        Fails<ArgumentException>("steps are for 3", () => cuda!.Run(Plan(2, 3) with { Steps = steps }));
        Fails<ArgumentException>("Length is 0", () => cuda!.Run(LongPlan(2, 3, steps) with { Length = 0 }));
        using var another = SoftBonCuda.Attach(FakeDriver.Context, Stream, new() { Driver = FakeDriver.Path });
        FakeDriver.Clear();
        Fails<ArgumentException>("another SoftBonCuda", () => another.Run(LongPlan(2, 3, steps!)));
        Assert.Empty(FakeDriver.Record);

        void Tilts(string part, CudaTokenTilt call) => Fails<ArgumentException>(part, () => cuda!.TiltTokens(in call));
    }

    private static void Fails<TFault>(string part, Action call)
        where TFault : Exception => Assert.Contains(part, Assert.ThrowsAny<TFault>(call).Message, StringComparison.Ordinal);

    private void Prepare()
    {
        calibration = cuda!.Prepare(1, CudaRewardStep.Calibrate(CudaCalibrationKind.Quantile));
        steps = cuda.Prepare(3, LongSteps);
        discounted = cuda.Prepare(new CudaPooling(CudaPoolingKind.DiscountedSum, 0.9f), 3000);
    }

    private void RunAll()
    {
        CudaRows listed = CudaRows.Mapped(500, Other, Other, Other, 3000, 10_000, 20_000);
        cuda!.PoolRewards(Pooling(500, 3000) with { Rows = listed, Pooling = discounted });
        cuda.CalibrateRewards(new CudaRewardCalibration { Rewards = Some, Rows = listed, Steps = calibration!, Reward = Other });
        cuda.PenalizeRewards(Penalty(1000));
        cuda.Run(LongPlan(64, 8, steps!) with { Weights = new CudaSoftWeights { Lambda = 1f, Weights = Other } });
        cuda.Run(Plan(100, 5) with
        {
            Head = null,
            Tokens = Pooling(500, 3000) with { Rows = listed, Reward = 0 },
            Prompts = CudaRows.Ragged(100, Other, 20, 500, 500),
        });
        cuda.TiltTokens(Tilt(20, 5000) with { TopK = CudaPerRow.At<int>(Other), Top = 3, TopToken = Other });
        cuda.TiltTokens(Tilt(20, 5000) with { Noise = CudaTokenNoise.PerToken, Position = CudaPerRow.At<ulong>(Other) });
        cuda.ScoreRewards(Head(64, 1));
        cuda.ScoreRewards(Head(64, 8));
        cuda.Majority(Votes(64, 2000));
        cuda.Run(Plan(64, 16));
        cuda.SoftWeights(new CudaSoftWeights
        {
            Rewards = Some,
            Rows = CudaRows.Dense(2, 1 << 20),
            Lambda = CudaLambda.TargetEss(9f),
            Entropy = Other,
        });
        cuda.Select(new CudaSelection
        {
            Rewards = Some,
            Rows = CudaRows.Ragged(100, Other, 1 << 17, 1 << 20, 1 << 20),
            Lambda = CudaPerRow.At<float>(Other),
            Seed = CudaPerRow.At<ulong>(Other),
            Index = Other,
        });
    }
}
