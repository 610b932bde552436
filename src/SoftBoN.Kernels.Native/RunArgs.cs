namespace SoftBoN.Kernels.Native;

/// <summary>A call of a plan (softbon_run_args).</summary>
internal unsafe struct RunArgs
{
    public const string Type = "softbon_run_args";

    public uint Size;
    public uint Reserved;
    public ulong Plan;
    public NativeRows Prompts;
    public NativeMatrix Hidden;
    public NativeArray<int> RowMap;
    public NativeArray<float> Gating;
    public NativeArray<float> Rewards;
    public NativeRows TokenRows;
    public NativeArray<float> LogProbability;
    public NativeArray<float> ReferenceLogProbability;
    public NativeArray<int> Length;
    public WeightsArgs* Weights;
    public SelectArgs* Selection;
    public NativeArray<float> Scores;
    public NativeArray<float> Reward;
    public NativeArray<RowStatus> Status;

    public static void Run(SoftBonEngine engine, in RunArgs args)
    {
        NativePlan plan = Plans.At(args.Plan);
        (WeightsArgs weights, SelectArgs selection) = args.Parts();
        engine.Run(
            plan.Plan,
            args.Inputs(),
            args.Prompts.Read("prompts"),
            selection.Options(),
            new RewardPlanOutputs
            {
                Scores = args.Scores.Write("scores"),
                Reward = args.Reward.Write("reward"),
                Status = args.Status.Write("status"),
                Weights = weights.Outputs(),
                Selection = selection.Outputs(),
            });
    }

    /// <summary>The arguments of weights and picks, zeros where they are absent; both have the lambda of the call.</summary>
    public readonly (WeightsArgs Weights, SelectArgs Selection) Parts()
    {
        WeightsArgs weights = Weights == null ? default : NativeCall.Read(Weights, "softbon_weights_args");
        SelectArgs selection = Selection == null ? default : NativeCall.Read(Selection, "softbon_select_args");
        CheckPart(in weights.Rewards, in weights.Rows, "weights");
        CheckPart(in selection.Rewards, in selection.Rows, "selection");
        if (Selection == null)
        {
            selection.Lambda = weights.Lambda;
        }
        else if (Weights != null && weights.Lambda.Kind != 0)
        {
            NativeFault.Argument("weights.lambda is set and there is a selection; a call of a plan has one lambda, the selection's.");
        }

        weights.Lambda = selection.Lambda;
        return (weights, selection);
    }

    /// <summary>What the caller set.</summary>
    public readonly PlanUse Use() => new()
    {
        Hidden = Hidden.IsGiven,
        RowMap = RowMap.Count > 0,
        Gating = Gating.Count > 0,
        Rewards = Rewards.Count > 0,
        TokenRows = !TokenRows.IsAbsent,
        LogProbability = LogProbability.Count > 0,
        ReferenceLogProbability = ReferenceLogProbability.Count > 0,
        Length = Length.Count > 0,
        Scores = Scores.Count > 0,
    };

    /// <summary>Throws where a part of a plan has rewards or rows of its own.</summary>
    private static void CheckPart(in NativeArray<float> rewards, in NativeRows rows, string name)
    {
        if (rewards.Data != null || rewards.Count != 0 || !rows.IsAbsent)
        {
            NativeFault.Argument($"{name} has rewards or rows; leave them zero, as the plan's are used.");
        }
    }

    private readonly RewardPlanInputs Inputs() => new()
    {
        Hidden = Hidden.Read("hidden"),
        RowMap = RowMap.Read("row_map"),
        Gating = Gating.Read("gating"),
        Rewards = Rewards.Read("rewards"),
        TokenRows = TokenRows.IsAbsent ? default : TokenRows.Read("token_rows"),
        LogProbability = LogProbability.Read("log_probability"),
        ReferenceLogProbability = ReferenceLogProbability.Read("reference_log_probability"),
        Length = Length.Read("length"),
    };
}
