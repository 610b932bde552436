using SoftBoN.Kernels.Cuda;

namespace SoftBoN.Kernels.Native.Cuda;

/// <summary>A plan in a context of the host (softbon_cuda_run_args).</summary>
internal unsafe struct CudaRunArgs
{
    public uint Size;
    public uint Reserved;
    public ScoreArgs* Head;
    public NativeRows Prompts;
    public WeightsArgs* Weights;
    public SelectArgs* Selection;
}

/// <summary>Scores and plans of the native interface whose data are device pointers.</summary>
internal static unsafe class CudaRewardCalls
{
    public static CudaRewardScoring ScoringOf(in ScoreArgs args)
    {
        bool isMapped = args.RowMap.Data != null;
        int rows = isMapped ? checked((int)args.RowMap.Count) : args.Hidden.Rows;
        int heads = args.Weights.Rows;
        return new CudaRewardScoring
        {
            Hidden = CudaCalls.MatrixOf(in args.Hidden, "hidden"),
            RowMap = CudaCalls.Of(in args.RowMap, rows, "row_map"),
            MappedRows = isMapped ? rows : 0,
            Weights = CudaCalls.MatrixOf(in args.Weights, "weights"),
            Bias = CudaCalls.Of(in args.Bias, heads, "bias"),
            Mixture = CudaCalls.Of(in args.Mixture, heads, "mixture"),
            Gating = CudaCalls.Of(in args.Gating, (long)rows * heads, "gating"),
            Scores = CudaCalls.Of(in args.Scores, (long)rows * heads, "scores"),
            Reward = CudaCalls.Of(in args.Reward, rows, "reward"),
            Status = CudaCalls.Of(in args.Status, rows, "status"),
        };
    }

    public static CudaRewardPlan PlanOf(in CudaRunArgs args)
    {
        CudaRewardScoring head = ScoringOf(NativeCall.Read(args.Head, "softbon_score_args"));
        long candidates = head.RowMap != 0 ? head.MappedRows : head.Hidden.Rows;
        return new CudaRewardPlan
        {
            Head = head,
            Prompts = CudaCalls.RowsOf(in args.Prompts, candidates, "prompts"),
            Weights = args.Weights == null ? null : WeightsOf(NativeCall.Read(args.Weights, "softbon_weights_args"), in args),
            Selection = args.Selection == null
                ? null
                : SelectionOf(NativeCall.Read(args.Selection, "softbon_select_args"), in args),
        };
    }

    private static CudaSoftWeights WeightsOf(WeightsArgs weights, in CudaRunArgs args)
    {
        RunArgs.CheckPart(in weights.Rewards, in weights.Rows, "weights");
        weights.Rows = args.Prompts;
        weights.Rewards.Count = long.MaxValue;
        return CudaCalls.WeightsOf(in weights, isPart: true);
    }

    private static CudaSelection SelectionOf(SelectArgs selection, in CudaRunArgs args)
    {
        RunArgs.CheckPart(in selection.Rewards, in selection.Rows, "selection");
        selection.Rows = args.Prompts;
        selection.Rewards.Count = long.MaxValue;
        return CudaCalls.SelectionOf(in selection, isPart: true);
    }
}
