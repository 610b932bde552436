namespace SoftBoN.Kernels.Tests.RewardScoring;

/// <summary>One plan, its inputs and prompts, to be run as a plan and as separate calls.</summary>
/// <param name="Source">head, mixture, gated, members (a head without a mixture), tokens, given or single.</param>
/// <param name="Steps">z-score, table, mean, least, penalty, in their order.</param>
/// <param name="Prompts">The prompts; their memory is not read.</param>
internal sealed partial record PlanCase(string Source, string[] Steps, Batch Prompts)
{
    public int Heads { get; init; } = 3;

    public int Dimension { get; init; } = 1100;

    private static readonly Dictionary<string, RewardPooling> Ensembles = new()
    {
        ["mean"] = RewardPooling.Mean,
        ["least"] = RewardPooling.Min,
        ["product"] = RewardPooling.Product,
        ["spread"] = RewardPooling.MeanLessVariance(0.5f),
        ["discounted"] = RewardPooling.DiscountedSum(0.8f),
    };

    private static readonly float[] Table = [-20, -1, 0, 0.5f, 3, 20];

    private readonly RandomRewards random = new((ulong)(Source.Length + (7 * Steps.Length)));

    public int Candidates => Prompts.Packed;

    private int Members => Source is "members" or "given" ? Heads : 1;

    private int HeadsOfSource => Source == "head" ? 1 : Heads;

    private float[] Hidden => field ??= MakeHidden();

    private float[] Weights => field ??= random.Row(HeadsOfSource * Dimension);

    private float[] Bias => field ??= random.Row(HeadsOfSource);

    private float[] Mixture => field ??= Source == "mixture" ? random.Row(Heads) : [];

    private float[] Gating => field ??= Source == "gated" ? random.Row(Heads * Candidates) : [];

    private float[] Given => field ??= random.Row(Math.Max(1, Members * Candidates), Mood.SomeExcluded);

    private Batch Tokens => field ??= random.Rows(
        Enumerable.Range(0, Candidates).Select(i => 1 + (i % 9)), Mood.Normal);

    private float[] Log => field ??= random.Row(Candidates);

    private float[] Reference => field ??= random.Row(Candidates);

    private int[] Lengths => field ??= [.. Enumerable.Range(0, Candidates).Select(i => i % 300)];

    public RewardPlan Plan()
    {
        var head = new RewardHead { Weights = TokenMatrix.Of(Weights, HeadsOfSource, Dimension), Bias = Bias };
        RewardPlan plan = Source switch
        {
            "tokens" => RewardPlan.FromTokens(RewardPooling.DiscountedSum(0.9f)),
            "given" => RewardPlan.FromRewards(Heads),
            "single" => RewardPlan.FromRewards(),
            "gated" => RewardPlan.FromGatedHead(head),
            _ => RewardPlan.FromHead(head, Mixture),
        };
        foreach (string step in Steps)
        {
            plan = step switch
            {
                "z-score" => plan.Calibrate(RewardCalibration.ZScore),
                "table" => plan.Calibrate(RewardCalibration.FromTable(Table)),
                "quantile" => plan.Calibrate(RewardCalibration.Quantile),
                _ when Ensembles.TryGetValue(step, out RewardPooling ensemble) => plan.Ensemble(ensemble),
                _ => plan.Penalize(0.1f, 0.001f),
            };
        }

        return plan;
    }

    public PlanResult RunPlan(SoftBonEngine engine, RewardPlan plan, Pick pick, bool intermediate = true)
    {
        var result = new PlanResult(this, pick);
        bool isHead = Source is not ("tokens" or "given" or "single");
        bool penalizes = Steps.Contains("penalty");
        engine.Run(
            plan,
            new RewardPlanInputs
            {
                Hidden = isHead ? TokenMatrix.Of(Hidden, Candidates, Dimension) : default,
                Gating = Gating,
                Rewards = Source == "tokens" ? Tokens.Memory : isHead ? [] : Given.AsSpan(0, Members * Candidates),
                TokenRows = Source == "tokens" ? Tokens.Rows : default,
                LogProbability = penalizes ? Log : [],
                ReferenceLogProbability = penalizes ? Reference : [],
                Length = penalizes ? Lengths : [],
            },
            Prompts.Rows,
            pick.Options,
            new RewardPlanOutputs
            {
                Scores = isHead && intermediate ? new float[Candidates * HeadsOfSource] : [],
                Reward = intermediate ? result.Reward : [],
                Status = intermediate ? result.Status : [],
                Weights = intermediate ? result.Weights.Outputs : default,
                Selection = result.Picks.Outputs,
            });
        return result;
    }

    /// <summary>The same by the operations themselves, one after the other.</summary>
    public PlanResult RunSeparately(SoftBonEngine engine, Pick pick)
    {
        var result = new PlanResult(this, pick);
        float[][] members = Produce(engine, result.Status);
        foreach (string step in Steps)
        {
            members = Apply(engine, step, members, result.Status);
        }

        members[0].CopyTo(result.Reward, 0);
        engine.SoftWeights(members[0], Prompts.Rows, pick.Options.Lambda, result.Weights.Outputs);
        engine.Select(members[0], Prompts.Rows, pick.Options, result.Picks.Outputs);
        return result;
    }

    private static void Keep(RowStatus[] kept, int candidate, RowStatus status) =>
        kept[candidate] = kept[candidate] == RowStatus.Ok ? status : kept[candidate];

    private float[] MakeHidden()
    {
        float[] hidden = random.Row(Candidates * Dimension);
        hidden[(3 * Dimension) + 5] = float.NaN;
        hidden[(Candidates - 1) * Dimension] = float.PositiveInfinity;
        return hidden;
    }

    private float[][] Produce(SoftBonEngine engine, RowStatus[] status)
    {
        float[] reward = new float[Candidates];
        switch (Source)
        {
            case "tokens":
                engine.PoolRewards(Tokens.Memory, Tokens.Rows, RewardPooling.DiscountedSum(0.9f), new()
                {
                    Reward = reward,
                    Status = status,
                });
                return [reward];
            case "given" or "single":
                return [.. Enumerable.Range(0, Members).Select(m => Given[(m * Candidates)..((m + 1) * Candidates)])];
        }

        float[] scores = new float[Candidates * HeadsOfSource];
        engine.ScoreRewards(
            TokenMatrix.Of(Hidden, Candidates, Dimension),
            new RewardHead { Weights = TokenMatrix.Of(Weights, HeadsOfSource, Dimension), Bias = Bias },
            new RewardScoringOptions { Mixture = Mixture, Gating = Gating },
            new RewardScoringOutputs { Scores = scores, Reward = Members == 1 ? reward : [], Status = status });
        return Members == 1
            ? [reward]
            : [.. Enumerable.Range(0, Heads).Select(
                head => Enumerable.Range(0, Candidates).Select(i => scores[(i * Heads) + head]).ToArray())];
    }

    private float[][] Apply(SoftBonEngine engine, string step, float[][] members, RowStatus[] status)
    {
        if (Ensembles.TryGetValue(step, out RewardPooling ensemble))
        {
            return [OfCandidates(status, output => engine.PoolRewards(
                [.. members.SelectMany(member => member)],
                Rows.Strided(Candidates, members.Length, 1, Candidates),
                ensemble,
                new RewardOutputs { Reward = output.Reward, Status = output.Status }))];
        }

        if (step == "penalty")
        {
            var penalty = (float[] rewards, float[] to, RowStatus[] statuses) => engine.PenalizeRewards(
                rewards,
                new RewardPenalty
                {
                    Beta = 0.1f,
                    Gamma = 0.001f,
                    LogProbability = Log,
                    ReferenceLogProbability = Reference,
                    Length = Lengths,
                },
                new RewardOutputs { Reward = to, Status = statuses });
            return [OfCandidates(status, output => penalty(members[0], output.Reward, output.Status))];
        }

        return [.. members.Select(member => Calibrated(engine, step, member, status))];
    }

    private float[] OfCandidates(RowStatus[] status, Action<(float[] Reward, RowStatus[] Status)> run)
    {
        (float[] Reward, RowStatus[] Status) output = (new float[Candidates], new RowStatus[Candidates]);
        run(output);
        for (int i = 0; i < Candidates; i++)
        {
            Keep(status, i, output.Status[i]);
        }

        return output.Reward;
    }

    private float[] Calibrated(SoftBonEngine engine, string step, float[] member, RowStatus[] status)
    {
        float[] reward = new float[Candidates];
        var prompts = new RowStatus[Prompts.Count];
        engine.CalibrateRewards(
            member,
            Prompts.Rows,
            step switch
            {
                "table" => RewardCalibration.FromTable(Table),
                "quantile" => RewardCalibration.Quantile,
                _ => RewardCalibration.ZScore,
            },
            new RewardOutputs { Reward = reward, Status = prompts });
        int[] starts = Prompts.PackedStarts();
        for (int prompt = 0; prompt < Prompts.Count; prompt++)
        {
            for (int i = starts[prompt]; i < starts[prompt + 1]; i++)
            {
                Keep(status, i, prompts[prompt]);
            }
        }

        return reward;
    }
}

/// <summary>What a plan returned.</summary>
internal sealed class PlanResult(PlanCase plan, Pick pick)
{
    public float[] Reward { get; } = new float[plan.Candidates];

    public RowStatus[] Status { get; } = new RowStatus[plan.Candidates];

    public WeightsResult Weights { get; } = new(plan.Prompts, WeightsWanted.All);

    public SelectionResult Picks { get; } = new(plan.Prompts.Count, pick.Draws, SelectionWanted.All);

    public static void AssertSame(PlanResult expected, PlanResult actual, string what)
    {
        Bitwise.Same(expected.Reward, actual.Reward, $"{what}: rewards");
        Assert.Equal(expected.Status, actual.Status);
        WeightsResult.AssertSame(expected.Weights, actual.Weights, what);
        SelectionResult.AssertSame(expected.Picks, actual.Picks, what);
    }
}
