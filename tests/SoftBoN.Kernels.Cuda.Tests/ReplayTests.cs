using SoftBoN.Kernels.Vectors.Files;

namespace SoftBoN.Kernels.Cuda.Tests;

/// <summary>
/// The committed vectors through attached calls: the launches that the driver gets are run as they came on ILGPU's CPU
/// accelerator and give the vectors' bits. So arguments, grids, workspace and the order of launches are right, as far as can be
/// seen without a GPU.
/// </summary>
[Collection(FakeDriver.Collection)]
public sealed class ReplayTests : IDisposable
{
    /// <summary>A call of more is left out: every thread of a group is a thread of the system.</summary>
    private const int MostCost = 150;

    private static readonly Lazy<VectorCall[]> Calls = new(() =>
    {
        string path = Path.Combine(AppContext.BaseDirectory, "calls.bin");
        CallWriter.Write(path);
        return [.. VectorCall.ReadAll(path)];
    });

    private readonly KernelPlayer? player;
    private readonly SoftBonCuda? cuda;

    public ReplayTests()
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
        cuda?.Dispose();
        player?.Dispose();
    }

    [FakeDriverTheory]
    [InlineData("selection")]
    [InlineData("soft-weights")]
    [InlineData("weighted-majority")]
    [InlineData("token-tilt")]
    [InlineData("reward-scoring")]
    [InlineData("reward-plan")]
    public void Vectors_have_their_bits(string operation)
    {
        // The cheapest calls that have every parameter, format, layout and kind of lambda and noise that vectors have.
        var seen = new HashSet<string>();
        VectorCall[] calls =
        [
            .. Calls.Value.Where(call => call.Operation == operation && call.Cost is > 0 and <= MostCost && call.ExpectsValues)
                .OrderBy(call => call.Cost)
                .Where(call => call.AddsTo(seen)),
        ];
        Assert.NotEmpty(calls);
        foreach (VectorCall call in calls)
        {
            player!.Clear();
            Run(call);
            player.Check();
            Assert.Empty(call.NotAskedFor());
            Assert.Empty(call.Differences());
        }
    }

    private void Run(VectorCall call)
    {
        switch (call.Operation)
        {
            case "selection":
                Select(call);
                break;
            case "soft-weights":
                Weigh(call);
                break;
            case "weighted-majority":
                Count(call);
                break;
            case "token-tilt":
                Tilt(call);
                break;
            case "reward-plan":
                RunStep(call);
                Assert.Empty(call.Differences());
                RunPlan(call);
                break;
            default:
                Score(call);
                break;
        }
    }

    private void Reserve(long bytes)
    {
        if (bytes > 0)
        {
            cuda!.UseWorkspace(player!.Take(bytes), bytes);
        }
    }

    private void Select(VectorCall vector)
    {
        var call = new CudaSelection
        {
            Rewards = vector.Put(player!, "rewards"),
            Rows = vector.Rows(player!),
            Lambda = vector.Lambda(player!),
            Seed = vector.PerRow<ulong>(player!, "seed"),
            Position = vector.PerRow<ulong>(player!, "position"),
            Noise = (CudaNoise)vector.Number("noise"),
            Draws = vector.Number("draws"),
            Distinct = vector.Number("distinct") != 0,
            Offsets = vector.Put(player!, "offsets"),
            Elements = vector.Put(player!, "elements"),
            Index = vector.Out(player!, "index"),
            Reward = vector.Out(player!, "reward"),
            LogProbability = vector.Out(player!, "log_probability"),
            Margin = vector.Out(player!, "margin"),
            LambdaUsed = vector.Out(player!, "lambda_used"),
            Status = vector.Out(player!, "status"),
        };
        Reserve(cuda!.WorkspaceBytes(in call));
        cuda.Select(in call);
    }

    private void Weigh(VectorCall vector)
    {
        var call = new CudaSoftWeights
        {
            Rewards = vector.Put(player!, "rewards"),
            Rows = vector.Rows(player!),
            Lambda = vector.Lambda(player!),
            Weights = vector.Out(player!, "weights"),
            LogWeights = vector.Out(player!, "log_weights"),
            LogMeanExp = vector.Out(player!, "log_mean_exp"),
            EffectiveSampleSize = vector.Out(player!, "effective_sample_size"),
            Entropy = vector.Out(player!, "entropy"),
            KlToUniform = vector.Out(player!, "kl_to_uniform"),
            ExpectedReward = vector.Out(player!, "expected_reward"),
            ChiSquare = vector.Out(player!, "chi_square"),
            KlFromTiltBound = vector.Out(player!, "kl_from_tilt_bound"),
            KlFromModelBound = vector.Out(player!, "kl_from_model_bound"),
            LambdaUsed = vector.Out(player!, "lambda_used"),
            Status = vector.Out(player!, "status"),
        };
        Reserve(cuda!.WorkspaceBytes(in call));
        cuda.SoftWeights(in call);
    }

    private void Count(VectorCall vector)
    {
        var call = new CudaMajority
        {
            Rewards = vector.Put(player!, "rewards"),
            Rows = vector.Rows(player!),
            Lambda = vector.Lambda(player!),
            Answers = vector.Put(player!, "answers"),
            Answer = vector.Out(player!, "answer"),
            Index = vector.Out(player!, "index"),
            Share = vector.Out(player!, "share"),
            LambdaUsed = vector.Out(player!, "lambda_used"),
            Status = vector.Out(player!, "status"),
        };
        Reserve(cuda!.WorkspaceBytes(in call));
        cuda.Majority(in call);
    }

    private void Tilt(VectorCall vector)
    {
        CudaMatrix logits = vector.Matrix(player!, "logits");
        var call = new CudaTokenTilt
        {
            Logits = logits,
            Rewards = vector.Matrix(player!, "rewards"),
            SparseOffsets = vector.Put(player!, "sparse_offsets"),
            SparseTokens = vector.Put(player!, "sparse_tokens"),
            SparseValues = vector.Put(player!, "sparse_values"),
            SparseCount = vector.Length("sparse_tokens"),
            Mask = vector.Put(player!, "mask"),
            MaskStride = vector.Number("mask_words_per_row"),
            Lambda = vector.Lambda(player!),
            Temperature = vector.PerRow<float>(player!, "temperature"),
            TopK = vector.PerRow<int>(player!, "top_k"),
            TopP = vector.PerRow<float>(player!, "top_p"),
            MinP = vector.PerRow<float>(player!, "min_p"),
            TopNSigma = vector.PerRow<float>(player!, "top_n_sigma"),
            Mode = vector.PerRow<CudaTokenMode>(player!, "mode"),
            Proposals = vector.Number("proposals"),
            Noise = (CudaTokenNoise)vector.Number("noise"),
            Seed = vector.PerRow<ulong>(player!, "seed"),
            Position = vector.PerRow<ulong>(player!, "position"),
            Draws = vector.Number("draws"),
            Top = vector.Number("top"),
            Token = vector.Out(player!, "token"),
            Rank = vector.Out(player!, "rank"),
            LogProbability = vector.Out(player!, "log_probability"),
            BaseLogProbability = vector.Out(player!, "base_log_probability"),
            ModelLogProbability = vector.Out(player!, "model_log_probability"),
            TopToken = vector.Out(player!, "top_token"),
            TopLogProbability = vector.Out(player!, "top_log_probability"),
            TiltedLogits = vector.Like(player!, logits, "tilted_logits"),
            Probabilities = vector.Like(player!, logits, "probabilities"),
            LeastKept = vector.Out(player!, "least_kept"),
            LogSumExp = vector.Out(player!, "log_sum_exp"),
            BaseLogSumExp = vector.Out(player!, "base_log_sum_exp"),
            Kl = vector.Out(player!, "kl"),
            EffectiveSampleSize = vector.Out(player!, "effective_sample_size"),
            Status = vector.Out(player!, "status"),
        };
        Reserve(cuda!.WorkspaceBytes(in call));
        cuda.TiltTokens(in call);
    }

    private void Score(VectorCall vector)
    {
        var call = new CudaRewardScoring
        {
            Hidden = vector.Matrix(player!, "hidden"),
            Weights = vector.Matrix(player!, "weights"),
            Bias = vector.Put(player!, "bias"),
            Mixture = vector.Put(player!, "mixture"),
            Gating = vector.Put(player!, "gating"),
            Reward = vector.Out(player!, "reward"),
        };
        Reserve(cuda!.WorkspaceBytes(in call));
        cuda.ScoreRewards(in call);
    }

    /// <summary>A step by an operation of its own.</summary>
    private void RunStep(VectorCall vector)
    {
        if (vector.Step is not { } step)
        {
            CudaRewardPooling pooling = vector.Tokens(player!, cuda!) with { Reward = vector.Out(player!, "reward") };
            Reserve(cuda!.WorkspaceBytes(in pooling));
            cuda.PoolRewards(in pooling);
        }
        else if (step.Kind == CudaStepKind.Penalize)
        {
            float[] prices = vector.Values<float>("step.parameters");
            cuda!.PenalizeRewards(new CudaRewardPenalty
            {
                Rewards = vector.Put(player!, "rewards"),
                Candidates = vector.Length("rewards"),
                Beta = prices[0],
                LogProbability = vector.Put(player!, "log_probability"),
                ReferenceLogProbability = vector.Put(player!, "reference_log_probability"),
                Gamma = prices[1],
                Length = vector.Put(player!, "length"),
                Reward = vector.Out(player!, "reward"),
            });
        }
        else
        {
            var calibration = new CudaRewardCalibration
            {
                Rewards = vector.Put(player!, "rewards"),
                Rows = vector.Rows(player!),
                Steps = cuda!.Prepare(1, step),
                Reward = vector.Out(player!, "reward"),
            };
            Reserve(cuda.WorkspaceBytes(in calibration));
            cuda.CalibrateRewards(in calibration);
        }

        player!.Check();
    }

    /// <summary>The same as a plan of a source and that step.</summary>
    private void RunPlan(VectorCall vector)
    {
        bool isTokens = vector.Step == null;
        var plan = new CudaRewardPlan
        {
            Tokens = isTokens ? vector.Tokens(player!, cuda!) : null,
            Rewards = isTokens ? 0 : vector.Put(player!, "rewards"),
            Steps = vector.Step is { } step ? cuda!.Prepare(1, step) : null,
            LogProbability = vector.Put(player!, "log_probability"),
            ReferenceLogProbability = vector.Put(player!, "reference_log_probability"),
            Length = vector.Put(player!, "length"),
            Prompts = isTokens ? CudaRows.Dense(1, (int)vector.Values<long>("rows")[1]) : vector.Rows(player!),
            Reward = vector.Out(player!, "reward"),
        };
        Reserve(cuda!.WorkspaceBytes(in plan));
        cuda.Run(in plan);
    }
}
