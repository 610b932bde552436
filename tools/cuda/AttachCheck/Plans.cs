using SoftBoN.Kernels;
using SoftBoN.Kernels.Cuda;

namespace SoftBoN.AttachCheck;

/// <summary>Attached plans have the bits of the processor: from heads or tokens, by every kind of step, to picks.</summary>
internal static class Plans
{
    private const int Candidates = 16;

    public static IEnumerable<string> Differences(
        CudaHost host, SoftBonCuda cuda, SoftBonEngine engine, int prompts, int dimension) =>
        [.. OfHeads(host, cuda, engine, prompts, dimension), .. OfTokens(host, cuda, engine, prompts)];

    private static IEnumerable<string> OfHeads(
        CudaHost host, SoftBonCuda cuda, SoftBonEngine engine, int prompts, int dimension)
    {
        const int Heads = 3;
        int candidates = prompts * Candidates;
        float[] hidden = Bits.Values(candidates * dimension, 1);
        float[] weights = Bits.Values(Heads * dimension, 2);
        float[] log = Bits.Values(candidates, 3);
        float[] reference = Bits.Values(candidates, 4);
        int[] lengths = [.. Enumerable.Range(0, candidates).Select(i => i % 300)];
        CudaRewardPlan call = Wanted(host, prompts) with
        {
            Head = new CudaRewardScoring
            {
                Hidden = CudaMatrix.Dense(host.Put(hidden), candidates, dimension),
                Weights = CudaMatrix.Dense(host.Put(weights), Heads, dimension),
            },
            Steps = cuda.Prepare(
                Heads,
                CudaRewardStep.Calibrate(CudaCalibrationKind.ZScore),
                CudaRewardStep.Ensemble(new CudaPooling(CudaPoolingKind.MeanLessVariance, 0.5f)),
                CudaRewardStep.Penalize(0.1f, 0.001f)),
            LogProbability = host.Put(log),
            ReferenceLogProbability = host.Put(reference),
            Length = host.Put(lengths),
        };
        RewardPlan plan = RewardPlan
            .FromHead(new RewardHead { Weights = TokenMatrix.Of(weights, Heads, dimension) })
            .Calibrate(RewardCalibration.ZScore)
            .Ensemble(RewardPooling.MeanLessVariance(0.5f))
            .Penalize(0.1f, 0.001f);
        return Compare("heads", host, cuda, engine, in call, plan, new RewardPlanInputs
        {
            Hidden = TokenMatrix.Of(hidden, candidates, dimension),
            LogProbability = log,
            ReferenceLogProbability = reference,
            Length = lengths,
        });
    }

    private static IEnumerable<string> OfTokens(CudaHost host, SoftBonCuda cuda, SoftBonEngine engine, int prompts)
    {
        const int Longest = 40;
        int candidates = prompts * Candidates;
        long[] offsets = new long[candidates + 1];
        for (int i = 0; i < candidates; i++)
        {
            offsets[i + 1] = offsets[i] + (i * 7 % (Longest + 1));
        }

        float[] rewards = Bits.Values((int)offsets[^1], 5);
        CudaRewardPlan call = Wanted(host, prompts) with
        {
            Tokens = new CudaRewardPooling
            {
                Rewards = host.Put(rewards),
                Rows = CudaRows.Ragged(candidates, host.Put(offsets), Longest, rewards.Length, rewards.Length),
                Pooling = cuda.Prepare(new CudaPooling(CudaPoolingKind.DiscountedSum, 0.9f), Longest),
            },
            Steps = cuda.Prepare(1, CudaRewardStep.Clip(-5f, 5f)),
        };
        RewardPlan plan = RewardPlan.FromTokens(RewardPooling.DiscountedSum(0.9f)).Calibrate(RewardCalibration.Clip(-5f, 5f));
        return Compare("tokens", host, cuda, engine, in call, plan, new RewardPlanInputs
        {
            Rewards = rewards,
            TokenRows = Rows.Ragged(offsets),
        });
    }

    private static CudaRewardPlan Wanted(CudaHost host, int prompts) => new()
    {
        Prompts = CudaRows.Dense(prompts, Candidates),
        Selection = new CudaSelection { Lambda = 0.5f, Seed = 3UL, Index = host.Take(prompts * sizeof(int)) },
        Reward = host.Take(prompts * Candidates * sizeof(float)),
    };

    private static IEnumerable<string> Compare(
        string what,
        CudaHost host,
        SoftBonCuda cuda,
        SoftBonEngine engine,
        in CudaRewardPlan call,
        RewardPlan plan,
        RewardPlanInputs inputs)
    {
        Bits.Reserve(host, cuda, cuda.WorkspaceBytes(in call));
        cuda.Run(in call);
        int prompts = call.Prompts.Rows;
        var index = new int[prompts];
        var reward = new float[prompts * Candidates];
        engine.Run(plan, inputs, Rows.Dense(prompts, Candidates), new() { Lambda = 0.5f, Seed = 3UL }, new RewardPlanOutputs
        {
            Reward = reward,
            Selection = new() { Index = index },
        });
        return
        [
            .. Bits.Compare($"plan of {what}, rewards", Bits.Words(reward), host.Get<uint>(call.Reward, reward.Length)),
            .. Bits.Compare($"plan of {what}, index", index, host.Get<int>(call.Selection!.Value.Index, prompts)),
        ];
    }
}
