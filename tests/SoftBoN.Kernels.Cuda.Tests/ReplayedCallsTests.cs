using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Cuda.Tests;

/// <summary>What no vector has: long rows that teams share, plans, maps and parameters in device memory, against the engine.</summary>
[Collection(FakeDriver.Collection)]
public sealed class ReplayedCallsTests : IDisposable
{
    private readonly KernelPlayer? player;
    private readonly SoftBonEngine engine = SoftBonEngine.CreateHost(new SoftBonOptions());

    public ReplayedCallsTests()
    {
        if (FakeDriver.Obstacle == null)
        {
            FakeDriver.Reset(FakeDriver.Context);
            player = new KernelPlayer();
        }
    }

    public void Dispose()
    {
        engine.Dispose();
        player?.Dispose();
    }

    private static SoftBonCudaOptions Options => new() { Driver = FakeDriver.Path, Threads = KernelPlayer.Threads };

    private static float[] Random(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 8f) - 4f)];
    }

    /// <summary>A row of 4,100 candidates for four teams: what else takes 2^16.</summary>
    [FakeDriverFact]
    public void Long_rows_are_shared_and_have_the_bits_of_the_engine()
    {
        const int Columns = 4100;
        float[] rewards = Random(2 * Columns, 1);
        rewards[77] = float.NegativeInfinity;
        using var cuda = SoftBonCuda.Attach(0, 5, new() { Driver = FakeDriver.Path, Threads = KernelPlayer.Threads, Split = new RowSplit(2048, 8, 1) });
        var picks = new CudaSelection
        {
            Rewards = player!.Put<float>(rewards),
            Rows = CudaRows.Dense(2, Columns),
            Lambda = CudaLambda.TargetKl(2f),
            Seed = 9UL,
            Draws = 2,
            Index = player.Take(4 * sizeof(int)),
            LogProbability = player.Take(4 * sizeof(float)),
            LambdaUsed = player.Take(2 * sizeof(float)),
        };
        long bytes = cuda.WorkspaceBytes(in picks);
        cuda.UseWorkspace(player.Take(bytes), bytes);
        FakeDriver.Clear();
        cuda.Select(in picks);
        player.Check();
        Assert.Contains("SplitLook.Group.Shuffle", FakeDriver.Kernels);
        Assert.Contains("SplitBudget.Group.Shuffle", FakeDriver.Kernels);
        Assert.Contains("SplitSelectionFinish.Group.Shuffle", FakeDriver.Kernels);
        Assert.Contains(FakeDriver.Launches, line => line.StartsWith("launch SplitSum.Group.Shuffle grid 2 4 1", StringComparison.Ordinal));

        int[] index = new int[4];
        float[] probabilities = new float[4];
        float[] lambdas = new float[2];
        engine.Select(
            rewards,
            Rows.Dense(2, Columns),
            new() { Lambda = Lambda.TargetKl(2f), Seed = 9UL, Draws = 2 },
            new SelectionOutputs { Index = index, LogProbability = probabilities, Lambda = lambdas });
        Assert.Equal(index, KernelPlayer.Get<int>(picks.Index, 4));
        Assert.Equal(Bits(probabilities), KernelPlayer.Get<uint>(picks.LogProbability, 4));
        Assert.Equal(Bits(lambdas), KernelPlayer.Get<uint>(picks.LambdaUsed, 2));
    }

    /// <summary>From hidden states to weights and picks, with a ragged batch, a row map, and seeds in device memory.</summary>
    [FakeDriverFact]
    public void A_plan_has_the_bits_of_its_pieces()
    {
        const int Dimension = 40;
        int[] map = [5, 0, 1, 2, 3, 4, 6];
        long[] offsets = [0, 3, 3, 7];
        float[] hidden = Random(8 * Dimension, 2);
        float[] weights = Random(2 * Dimension, 3);
        float[] mixture = [0.25f, 0.75f];
        ulong[] seeds = [7, 8, 9];
        using var cuda = SoftBonCuda.Attach(0, 5, Options);
        var plan = new CudaRewardPlan
        {
            Head = new CudaRewardScoring
            {
                Hidden = CudaMatrix.Dense(player!.Put<float>(hidden), 8, Dimension),
                RowMap = player.Put<int>(map),
                MappedRows = map.Length,
                Weights = CudaMatrix.Dense(player.Put<float>(weights), 2, Dimension),
                Mixture = player.Put<float>(mixture),
            },
            Prompts = CudaRows.Ragged(3, player.Put<long>(offsets), 4, 7, 7),
            Weights = new CudaSoftWeights { Lambda = 0.5f, Weights = player.Take(7 * sizeof(float)) },
            Selection = new CudaSelection
            {
                Lambda = 0.5f,
                Seed = CudaPerRow.At<ulong>(player.Put<ulong>(seeds)),
                Index = player.Take(3 * sizeof(int)),
            },
        };
        long bytes = cuda.WorkspaceBytes(in plan);
        cuda.UseWorkspace(player.Take(bytes), bytes);
        FakeDriver.Clear();
        cuda.Run(in plan);
        player.Check();
        Assert.Equal(
            [
                "RowGuard", "RewardHeads.Warp.Shuffle", "RewardMix.Warp.Shuffle", "Weights.Eight.Shuffle", "Picks.Eight.Shuffle",
            ],
            FakeDriver.Kernels);
        Assert.Equal(bytes, cuda.Workspace);

        float[] rewards = new float[7];
        float[] expected = new float[7];
        int[] index = new int[3];
        engine.ScoreRewards(
            TokenMatrix.Of(hidden, 8, Dimension),
            new RewardHead { Weights = TokenMatrix.Of(weights, 2, Dimension) },
            new() { RowMap = map, Mixture = mixture },
            new RewardScoringOutputs { Reward = rewards });
        engine.SoftWeights(rewards, Rows.Ragged(offsets), 0.5f, new SoftWeightsOutputs { Weights = expected });
        engine.Select(rewards, Rows.Ragged(offsets), new() { Lambda = 0.5f, Seed = seeds }, index);
        Assert.Equal(Bits(expected), KernelPlayer.Get<uint>(plan.Weights.Value.Weights, 7));
        Assert.Equal(index, KernelPlayer.Get<int>(plan.Selection.Value.Index, 3));
    }

    /// <summary>Two groups of rows of very different lengths are brought into order first.</summary>
    [FakeDriverFact]
    public void Ragged_rows_in_order_have_the_bits_of_the_engine()
    {
        int[] lengths = [.. Enumerable.Range(0, 40).Select(row => row % 16 == 0 ? 1030 : 3 + row)];
        long[] offsets = [0, .. lengths.Select((_, row) => lengths.Take(row + 1).Sum(length => (long)length))];
        var candidates = (int)offsets[^1];
        float[] rewards = Random(candidates, 4);
        using var cuda = SoftBonCuda.Attach(0, 5, Options);
        var call = new CudaSelection
        {
            Rewards = player!.Put<float>(rewards),
            Rows = CudaRows.Ragged(40, player.Put<long>(offsets), 1030, candidates, candidates),
            Lambda = 0.7f,
            Seed = 3UL,
            Index = player.Take(40 * sizeof(int)),
        };
        long bytes = cuda.WorkspaceBytes(in call);
        cuda.UseWorkspace(player.Take(bytes), bytes);
        FakeDriver.Clear();
        cuda.Select(in call);
        player.Check();
        Assert.Equal(
            [
                "RowGuard", "RowOrder.Count", "RowOrder.Scatter", "Picks.Group.Shuffle", "Picks.Warp.Shuffle",
                "Picks.Sixteen.Shuffle", "Picks.Eight.Shuffle",
            ],
            FakeDriver.Kernels);
        Assert.Contains("memset 0 bytes 56 stream 5", FakeDriver.Record);
        int[] index = new int[40];
        engine.Select(rewards, Rows.Ragged(offsets), new() { Lambda = 0.7f, Seed = 3UL }, index);
        Assert.Equal(index, KernelPlayer.Get<int>(call.Index, 40));
    }

    /// <summary>A replay that finds other numbers in device memory draws anew, as the engine does with those numbers.</summary>
    [FakeDriverFact]
    public void What_lies_in_device_memory_is_read_at_every_replay()
    {
        const int Columns = 30;
        float[] logits = Random(2 * Columns, 5);
        float[] values = Random(2 * Columns, 6);
        using var cuda = SoftBonCuda.Attach(0, 5, Options);
        nuint positions = player!.Take(2 * sizeof(ulong));
        nuint lambdas = player.Take(2 * sizeof(float));
        nuint temperatures = player.Take(2 * sizeof(float));
        var call = new CudaTokenTilt
        {
            Logits = CudaMatrix.Dense(player.Put<float>(logits), 2, Columns),
            Rewards = CudaMatrix.Dense(player.Put<float>(values), 2, Columns),
            Lambda = CudaPerRow.At<float>(lambdas),
            Temperature = CudaPerRow.At<float>(temperatures),
            Seed = 11UL,
            Position = CudaPerRow.At<ulong>(positions),
            Token = player.Take(2 * sizeof(int)),
        };
        long bytes = cuda.WorkspaceBytes(in call);
        cuda.UseWorkspace(player.Take(bytes), bytes);
        var seen = new HashSet<string>();
        for (int replay = 0; replay < 4; replay++)
        {
            float lambda = 1f + replay;
            float temperature = 0.5f + replay;
            ulong[] position = [(ulong)replay * 2, ((ulong)replay * 2) + 1];
            Write(positions, position);
            Write(lambdas, [lambda, lambda]);
            Write(temperatures, [temperature, temperature]);
            cuda.TiltTokens(in call);
            player.Check();
            int[] expected = new int[2];
            engine.TiltTokens(
                TokenMatrix.Of(logits, 2, Columns),
                new()
                {
                    Rewards = TokenMatrix.Of(values, 2, Columns),
                    Lambda = lambda,
                    Temperature = temperature,
                    Seed = 11UL,
                    Position = position,
                },
                new TokenTiltOutputs { Token = expected });
            Assert.Equal(expected, KernelPlayer.Get<int>(call.Token, 2));
            seen.Add(string.Join(' ', expected));
        }

        Assert.True(seen.Count > 1, "All replays drew the same.");
    }

    private static unsafe void Write<T>(nuint address, T[] values)
        where T : unmanaged => values.CopyTo(new Span<T>((void*)address, values.Length));

    private static uint[] Bits(float[] values) => [.. values.Select(BitConverter.SingleToUInt32Bits)];
}
