extern alias ops;

using RowStatus = ops::SoftBoN.Kernels.RowStatus;

namespace SoftBoN.Kernels.Cuda.Tests;

/// <summary>Steps and plans of several, in layouts that no vector has, against the engine.</summary>
[Collection(FakeDriver.Collection)]
public sealed class ReplayedStepsTests : IDisposable
{
    private const int Prompts = 3;
    private const int Candidates = 7;

    private static readonly long[] Offsets = [0, 3, 3, 7];
    private static readonly ulong[] Seeds = [7, 8, 9];

    private readonly KernelPlayer? player;
    private readonly SoftBonCuda? cuda;
    private readonly SoftBonEngine engine = SoftBonEngine.CreateHost(new SoftBonOptions());
    private readonly Random random = new(11);

    public ReplayedStepsTests()
    {
        if (FakeDriver.Obstacle == null)
        {
            FakeDriver.Reset(FakeDriver.Context);
            player = new KernelPlayer();
            cuda = SoftBonCuda.Attach(0, 5, new() { Driver = FakeDriver.Path, Threads = KernelPlayer.Threads });
        }
    }

    public void Dispose()
    {
        engine.Dispose();
        cuda?.Dispose();
        player?.Dispose();
    }

    /// <summary>Two heads that are an ensemble, calibrated each and penalized together; one hidden value is no number.</summary>
    [FakeDriverFact]
    public void A_plan_of_heads_and_steps_has_the_engines_bits()
    {
        const int Dimension = 40;
        float[] hidden = Floats(Candidates * Dimension);
        hidden[(4 * Dimension) + 3] = float.NaN;
        float[] weights = Floats(2 * Dimension);
        float[] bias = Floats(2);
        float[] table = [-20, -1, 0, 0.5f, 3, 20];
        float[] log = Floats(Candidates);
        float[] reference = Floats(Candidates);
        int[] lengths = [4, 0, 9, 100, 2, 3, 1];
        CudaRewardPlan call = Wanted() with
        {
            Head = new CudaRewardScoring
            {
                Hidden = CudaMatrix.Dense(player!.Put<float>(hidden), Candidates, Dimension),
                Weights = CudaMatrix.Dense(player.Put<float>(weights), 2, Dimension),
                Bias = player.Put<float>(bias),
                Scores = player.Take(2 * Candidates * sizeof(float)),
            },
            Steps = cuda!.Prepare(
                2,
                CudaRewardStep.Calibrate(table),
                CudaRewardStep.Calibrate(CudaCalibrationKind.ZScore),
                CudaRewardStep.Ensemble(new CudaPooling(CudaPoolingKind.DiscountedSum, 0.8f)),
                CudaRewardStep.Penalize(0.1f, 0.01f)),
            LogProbability = player.Put<float>(log),
            ReferenceLogProbability = player.Put<float>(reference),
            Length = player.Put<int>(lengths),
        };
        RewardPlan plan = RewardPlan
            .FromHead(new RewardHead { Weights = TokenMatrix.Of(weights, 2, Dimension), Bias = bias })
            .Calibrate(RewardCalibration.FromTable(table))
            .Calibrate(RewardCalibration.ZScore)
            .Ensemble(RewardPooling.DiscountedSum(0.8f))
            .Penalize(0.1f, 0.01f);
        string[] launched = Same(call, plan, new RewardPlanInputs
        {
            Hidden = TokenMatrix.Of(hidden, Candidates, Dimension),
            LogProbability = log,
            ReferenceLogProbability = reference,
            Length = lengths,
        });
        Assert.Equal(
            [
                "RowGuard", "RewardHeads.Warp.Shuffle", "RewardMix.Warp.Shuffle", "RewardSteps.Eight.Shuffle",
                "Weights.Eight.Shuffle", "Picks.Eight.Shuffle",
            ],
            launched);
    }

    /// <summary>Token rows anywhere in their memory, one of them empty and one that leaves it.</summary>
    [FakeDriverFact]
    public void A_plan_of_tokens_has_the_engines_bits()
    {
        float[] rewards = Floats(60);
        rewards[33] = float.NegativeInfinity;
        long[] starts = [50, 0, 9, 30, 4, 4, 20];
        int[] lengths = [10, 9, 1, 12, 0, 3, 8];
        long[] packed = [.. lengths.Select((_, row) => lengths.Take(row).Sum(length => (long)length))];
        CudaRewardPlan call = Wanted() with
        {
            Tokens = new CudaRewardPooling
            {
                Rewards = player!.Put<float>(rewards),
                Rows = CudaRows.Mapped(
                    Candidates, player.Put<long>(starts), player.Put<int>(lengths), player.Put<long>(packed), 12, lengths.Sum(), 60),
                Pooling = cuda!.Prepare(new CudaPooling(CudaPoolingKind.DiscountedSum, 0.9f), 12),
            },
            Steps = cuda.Prepare(1, CudaRewardStep.Calibrate(CudaCalibrationKind.Quantile), CudaRewardStep.Clip(0.2f, 0.9f)),
        };
        RewardPlan plan = RewardPlan.FromTokens(RewardPooling.DiscountedSum(0.9f))
            .Calibrate(RewardCalibration.Quantile)
            .Calibrate(RewardCalibration.Clip(0.2f, 0.9f));
        string[] launched = Same(
            call, plan, new RewardPlanInputs { Rewards = rewards, TokenRows = Rows.Mapped(starts, lengths) });
        Assert.Equal(
            [
                "RowGuard", "RowGuard", "RewardPool.Eight.Shuffle", "RewardSteps.Eight.Shuffle", "Weights.Eight.Shuffle",
                "Picks.Eight.Shuffle",
            ],
            launched);
    }

    /// <summary>More members than a thread has registers for: a launch before the ensemble, it, and one after it.</summary>
    [FakeDriverFact]
    public void A_wide_ensemble_has_the_engines_bits()
    {
        const int Members = 40;
        float[] rewards = Floats(Members * Candidates);
        CudaRewardPlan call = Wanted() with
        {
            Rewards = player!.Put<float>(rewards),
            Steps = cuda!.Prepare(
                Members,
                CudaRewardStep.Calibrate(CudaCalibrationKind.MinMax),
                CudaRewardStep.Ensemble(new CudaPooling(CudaPoolingKind.MeanLessVariance, 0.5f)),
                CudaRewardStep.Calibrate(CudaCalibrationKind.ZScore)),
        };
        RewardPlan plan = RewardPlan.FromRewards(Members)
            .Calibrate(RewardCalibration.MinMax)
            .Ensemble(RewardPooling.MeanLessVariance(0.5f))
            .Calibrate(RewardCalibration.ZScore);
        string[] launched = Same(call, plan, new RewardPlanInputs { Rewards = rewards });
        Assert.Equal(
            [
                "RowGuard", "RewardSteps.Eight.Shuffle", "RewardPool.Sixteen.Shuffle", "RewardSteps.Eight.Shuffle",
                "Weights.Eight.Shuffle", "Picks.Eight.Shuffle",
            ],
            launched);
    }

    /// <summary>Every other value of rows far apart, and of a row that is empty, one that is all excluded.</summary>
    [FakeDriverFact]
    public void Calibration_takes_rows_with_strides_and_mapped_ones()
    {
        const int Columns = 40;
        float[] rewards = Floats(3 * 100);
        Array.Fill(rewards, float.NegativeInfinity, 100, 100);
        var strided = new CudaRewardCalibration
        {
            Rewards = player!.Put<float>(rewards),
            Rows = new CudaRows(3, Columns, 100, 2),
            Steps = cuda!.Prepare(1, CudaRewardStep.Calibrate(CudaCalibrationKind.Quantile)),
            Reward = player.Take(3 * Columns * sizeof(float)),
            Status = player.Take(3),
        };
        SameCalibration(strided, rewards, Rows.Strided(3, Columns, 100, 2), RewardCalibration.Quantile, 3 * Columns);

        long[] starts = [200, 5, 0];
        int[] lengths = [90, 0, 40];
        CudaRewardCalibration mapped = strided with
        {
            Rows = CudaRows.Mapped(
                3, player.Put<long>(starts), player.Put<int>(lengths), player.Put<long>([0L, 90, 90]), 90, 130, rewards.Length),
            Steps = cuda.Prepare(1, CudaRewardStep.Calibrate(CudaCalibrationKind.ZScore)),
            Reward = player.Take(130 * sizeof(float)),
        };
        SameCalibration(mapped, rewards, Rows.Mapped(starts, lengths), RewardCalibration.ZScore, 130);
    }

    private static uint[] Bits(float[] values) => [.. values.Select(BitConverter.SingleToUInt32Bits)];

    private float[] Floats(int count) => [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 8f) - 4f)];

    /// <summary>All that plans of these prompts can be asked for.</summary>
    private CudaRewardPlan Wanted() => new()
    {
        Prompts = CudaRows.Ragged(Prompts, player!.Put<long>(Offsets), 4, Candidates, Candidates),
        Weights = new CudaSoftWeights { Lambda = 0.5f, Weights = player.Take(Candidates * sizeof(float)) },
        Selection = new CudaSelection
        {
            Lambda = 0.5f,
            Seed = CudaPerRow.At<ulong>(player.Put<ulong>(Seeds)),
            Index = player.Take(Prompts * sizeof(int)),
        },
        Reward = player.Take(Candidates * sizeof(float)),
        Status = player.Take(Candidates),
    };

    /// <summary>Compares a call with the engine's.</summary>
    /// <returns>The kernels that were launched.</returns>
    private string[] Same(CudaRewardPlan call, RewardPlan plan, RewardPlanInputs inputs)
    {
        long bytes = cuda!.WorkspaceBytes(in call);
        cuda.UseWorkspace(player!.Take(bytes), bytes);
        FakeDriver.Clear();
        cuda.Run(in call);
        player.Check();
        float[] reward = new float[Candidates];
        var status = new RowStatus[Candidates];
        float[] weights = new float[Candidates];
        int[] index = new int[Prompts];
        engine.Run(plan, inputs, Rows.Ragged(Offsets), new() { Lambda = 0.5f, Seed = Seeds }, new RewardPlanOutputs
        {
            Reward = reward,
            Status = status,
            Weights = new SoftWeightsOutputs { Weights = weights },
            Selection = new SelectionOutputs { Index = index },
        });
        Assert.Equal(Bits(reward), KernelPlayer.Get<uint>(call.Reward, Candidates));
        Assert.Equal(status, KernelPlayer.Get<RowStatus>(call.Status, Candidates));
        Assert.Equal(Bits(weights), KernelPlayer.Get<uint>(call.Weights!.Value.Weights, Candidates));
        Assert.Equal(index, KernelPlayer.Get<int>(call.Selection!.Value.Index, Prompts));
        return FakeDriver.Kernels;
    }

    private void SameCalibration(
        CudaRewardCalibration call, float[] rewards, Rows rows, RewardCalibration calibration, int packed)
    {
        long bytes = cuda!.WorkspaceBytes(in call);
        cuda.UseWorkspace(player!.Take(Math.Max(1, bytes)), bytes);
        cuda.CalibrateRewards(in call);
        player.Check();
        float[] reward = new float[packed];
        var status = new RowStatus[rows.Count];
        engine.CalibrateRewards(rewards, rows, calibration, new RewardOutputs { Reward = reward, Status = status });
        Assert.Equal(Bits(reward), KernelPlayer.Get<uint>(call.Reward, packed));
        Assert.Equal(status, KernelPlayer.Get<RowStatus>(call.Status, status.Length));
    }
}
