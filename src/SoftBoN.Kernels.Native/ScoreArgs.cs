namespace SoftBoN.Kernels.Native;

/// <summary>The arguments of linear reward heads (softbon_score_args).</summary>
internal struct ScoreArgs
{
    public uint Size;
    public uint Reserved;
    public NativeMatrix Hidden;
    public NativeMatrix Weights;
    public NativeArray<float> Bias;
    public NativeArray<int> RowMap;
    public NativeArray<float> Mixture;
    public NativeArray<float> Gating;
    public NativeArray<float> Scores;
    public NativeArray<float> Reward;
    public NativeArray<RowStatus> Status;

    public static void Run(SoftBonEngine engine, in ScoreArgs args) => engine.ScoreRewards(
        args.Hidden.Read("hidden"),
        new RewardHead { Weights = args.Weights.Read("weights"), Bias = args.Bias.Read("bias") },
        new RewardScoringOptions
        {
            RowMap = args.RowMap.Read("row_map"),
            Mixture = args.Mixture.Read("mixture"),
            Gating = args.Gating.Read("gating"),
        },
        new RewardScoringOutputs
        {
            Scores = args.Scores.Write("scores"),
            Reward = args.Reward.Write("reward"),
            Status = args.Status.Write("status"),
        });
}
