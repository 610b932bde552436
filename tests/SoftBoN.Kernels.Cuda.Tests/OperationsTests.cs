namespace SoftBoN.Kernels.Cuda.Tests;

/// <summary>Which kernels every operation launches, on which grids; and what it asks of the driver besides: nothing.</summary>
[Collection(FakeDriver.Collection)]
public sealed class OperationsTests : IDisposable
{
    private const nint Stream = 77;
    private const nuint Some = 0x100000;
    private const nuint Other = 0x4000000;

    private readonly SoftBonCuda? cuda;

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
        Assert.Empty(FakeDriver.Record);

        void Tilts(string part, CudaTokenTilt call) => Fails<ArgumentException>(part, () => cuda!.TiltTokens(in call));
    }

    private static void Fails<TFault>(string part, Action call)
        where TFault : Exception => Assert.Contains(part, Assert.ThrowsAny<TFault>(call).Message, StringComparison.Ordinal);

    private void RunAll()
    {
        cuda!.TiltTokens(Tilt(20, 5000) with { TopK = CudaPerRow.At<int>(Other), Top = 3, TopToken = Other });
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
