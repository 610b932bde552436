namespace SoftBoN.Kernels.Orleans.Tests;

/// <summary>Candidates with hidden states, rewards of tokens or of several models, and plans for them.</summary>
internal sealed class PlanBatch
{
    private const int Dimension = 24;
    private const int Heads = 3;
    private const int PerPrompt = 4;

    private readonly int prompts;
    private readonly int candidates;
    private readonly long[] offsets;
    private readonly float[] hidden;
    private readonly Half[] halves;
    private readonly float[] weights;
    private readonly float[] bias;
    private readonly float[] mixture;
    private readonly float[] gating;
    private readonly int[] map;
    private readonly float[] given;
    private readonly long[] tokenOffsets;
    private readonly float[] logs;
    private readonly float[] reference;
    private readonly int[] lengths;

    public PlanBatch(int seed, int prompts)
    {
        var random = new Random(seed);
        this.prompts = prompts;
        candidates = prompts * PerPrompt;
        long[] cuts = [.. Enumerable.Range(0, prompts - 1).Select(_ => random.NextInt64(candidates)).Order()];
        offsets = [0, .. cuts, candidates];
        hidden = Floats(random, candidates * Dimension);
        hidden[5 * Dimension] = float.NaN;
        halves = [.. hidden.Select(value => (Half)value)];
        weights = Floats(random, Heads * Dimension);
        bias = Floats(random, Heads);
        mixture = Floats(random, Heads);
        gating = Floats(random, candidates * Heads);
        map = [.. Enumerable.Range(0, candidates).Select(_ => random.Next(candidates))];
        given = Floats(random, candidates * Heads);
        int[] counts = [.. Enumerable.Range(0, candidates).Select(_ => random.Next(6))];
        tokenOffsets = new long[candidates + 1];
        for (int i = 0; i < candidates; i++)
        {
            tokenOffsets[i + 1] = tokenOffsets[i] + counts[i];
        }

        logs = Floats(random, candidates);
        reference = Floats(random, candidates);
        lengths = counts;
    }

    /// <summary>Scores and rewards of hidden states.</summary>
    public byte[] Score(SoftBonEngine engine, int form)
    {
        float[] scores = Batch.Filled(candidates * Heads, -7f);
        float[] reward = Batch.Filled(candidates, -7f);
        RowStatus[] status = new RowStatus[candidates];
        engine.ScoreRewards(
            form % 2 == 0 ? TokenMatrix.Of(hidden, candidates, Dimension) : TokenMatrix.Of(halves, candidates, Dimension),
            Head(form),
            new RewardScoringOptions
            {
                RowMap = form % 3 == 1 ? map : default,
                Mixture = form % 2 == 0 ? mixture : default,
                Gating = form % 2 == 1 ? gating : default,
            },
            new RewardScoringOutputs { Scores = form % 4 == 3 ? default : scores, Reward = reward, Status = status });
        return Batch.Bits([scores, reward, status]);
    }

    /// <summary>All results of a plan.</summary>
    public byte[] Plan(SoftBonEngine engine, int form)
    {
        bool isHead = form % 5 < 3;
        bool isTokens = form % 5 == 3;
        bool penalizes = form % 2 == 0;
        float[] scores = Batch.Filled(candidates * Heads, -7f);
        float[] reward = Batch.Filled(candidates, -7f);
        float[] soft = Batch.Filled(candidates, -7f);
        float[] ess = Batch.Filled(prompts, -7f);
        int[] index = Batch.Filled(prompts * 2, -7);
        RowStatus[] status = new RowStatus[candidates];
        RowStatus[] picked = new RowStatus[prompts];
        float[] rewards = isTokens ? given[..(int)tokenOffsets[^1]] : given;
        var inputs = new RewardPlanInputs
        {
            Hidden = isHead ? TokenMatrix.Of(hidden, candidates, Dimension) : default,
            RowMap = isHead && form % 4 == 1 ? map : default,
            Gating = form % 5 == 2 ? gating : default,
            Rewards = isHead ? default : rewards,
            TokenRows = isTokens ? Rows.Ragged(tokenOffsets) : default,
            LogProbability = penalizes ? logs : default,
            ReferenceLogProbability = penalizes ? reference : default,
            Length = penalizes ? lengths : default,
        };
        engine.Run(
            PlanOf(form, penalizes),
            inputs,
            form % 3 == 0 ? Rows.Dense(prompts, PerPrompt) : Rows.Ragged(offsets),
            new SelectionOptions { Lambda = form % 2 == 0 ? 0.5f : Lambda.TargetEss(2f), Seed = 3, Draws = 2 },
            new RewardPlanOutputs
            {
                Scores = isHead && form % 7 != 6 ? scores : default,
                Reward = reward,
                Status = status,
                Weights = form % 4 == 2 ? default : new() { Weights = soft, EffectiveSampleSize = ess },
                Selection = form % 4 == 3 ? default : new() { Index = index, Status = picked },
            });
        return Batch.Bits([scores, reward, status, soft, ess, index, picked]);
    }

    private RewardHead Head(int form) => new()
    {
        Weights = TokenMatrix.Of(weights, Heads, Dimension),
        Bias = form % 3 == 0 ? default : bias,
    };

    private RewardPlan PlanOf(int form, bool penalizes)
    {
        RewardPlan plan = (form % 5) switch
        {
            0 => RewardPlan.FromHead(Head(form), mixture),
            1 => RewardPlan.FromHead(Head(form)).Calibrate(RewardCalibration.ZScore).Ensemble(RewardPooling.Min),
            2 => RewardPlan.FromGatedHead(Head(form)).Calibrate(RewardCalibration.FromTable([-1f, 0f, 2f])),
            3 => RewardPlan.FromTokens(RewardPooling.DiscountedSum(0.9f)).Calibrate(RewardCalibration.Clip(-1f, 1f)),
            _ => RewardPlan.FromRewards(Heads).Ensemble(RewardPooling.MeanLessVariance(0.5f)),
        };
        return penalizes ? plan.Penalize(0.1f, 0.01f) : plan;
    }

    private static float[] Floats(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];
}
