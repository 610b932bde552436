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
        RewardPlan plan = Plans.At(args.Plan);
        WeightsArgs weights = args.Weights == null ? default : NativeCall.Read(args.Weights, "softbon_weights_args");
        SelectArgs selection = args.Selection == null ? default : NativeCall.Read(args.Selection, "softbon_select_args");
        CheckPart(in weights.Rewards, in weights.Rows, "weights");
        CheckPart(in selection.Rewards, in selection.Rows, "selection");
        if (args.Selection != null && args.Weights != null && weights.Lambda.Kind != 0)
        {
            NativeFault.Argument("weights.lambda is set and there is a selection; a call of a plan has one lambda, the selection's.");
        }

        if (args.Selection == null)
        {
            selection.Lambda = weights.Lambda;
        }

        engine.Run(
            plan,
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

    /// <summary>Throws where a part of a plan has rewards or rows of its own.</summary>
    public static void CheckPart(in NativeArray<float> rewards, in NativeRows rows, string name)
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
