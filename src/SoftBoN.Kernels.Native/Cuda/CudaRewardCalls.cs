using SoftBoN.Kernels.Cuda;

namespace SoftBoN.Kernels.Native.Cuda;

/// <summary>Scores and plans of the native interface whose data are device pointers.</summary>
internal static unsafe class CudaRewardCalls
{
    public static CudaRewardScoring ScoringOf(in ScoreArgs args)
    {
        int rows = RowsOf(in args.Hidden, in args.RowMap);
        int heads = args.Weights.Rows;
        return HiddenOf(in args.Hidden, in args.RowMap) with
        {
            Weights = CudaCalls.MatrixOf(in args.Weights, "weights"),
            Bias = CudaCalls.Of(in args.Bias, heads, "bias"),
            Mixture = CudaCalls.Of(in args.Mixture, heads, "mixture"),
            Gating = CudaCalls.Of(in args.Gating, (long)rows * heads, "gating"),
            Scores = CudaCalls.Of(in args.Scores, (long)rows * heads, "scores"),
            Reward = CudaCalls.Of(in args.Reward, rows, "reward"),
            Status = CudaCalls.Of(in args.Status, rows, "status"),
        };
    }

    public static CudaRewardPlan PlanOf(in RunArgs args, AttachedCuda attached)
    {
        NativePlan native = Plans.At(args.Plan);
        RewardSource source = native.Plan.Source;
        RewardPlanCheck.CheckUnused(native.Plan, args.Use());
        (WeightsArgs weights, SelectArgs selection) = args.Parts();
        long candidates = CudaCalls.PackedOf(in args.Prompts);
        ResidentPlan resident = attached.PlanOf(native);
        return new CudaRewardPlan
        {
            Head = source.Kind == RewardSourceKind.Head ? HeadOf(in args, source, resident) : null,
            Tokens = source.Kind == RewardSourceKind.Tokens ? TokensOf(in args, resident) : null,
            Rewards = source.Kind == RewardSourceKind.Given
                ? CudaCalls.Of(in args.Rewards, candidates * source.Members, "rewards")
                : 0,
            Steps = resident.Steps,
            LogProbability = CudaCalls.Of(in args.LogProbability, candidates, "log_probability"),
            ReferenceLogProbability =
                CudaCalls.Of(in args.ReferenceLogProbability, candidates, "reference_log_probability"),
            Length = CudaCalls.Of(in args.Length, candidates, "length"),
            Prompts = CudaCalls.RowsOf(in args.Prompts, candidates, "prompts"),
            Weights = WeightsOf(weights, in args.Prompts),
            Selection = SelectionOf(selection, in args.Prompts),
            Reward = CudaCalls.Of(in args.Reward, candidates, "reward"),
            Status = CudaCalls.Of(in args.Status, candidates, "status"),
        };
    }

    private static CudaRewardScoring HeadOf(in RunArgs args, RewardSource source, ResidentPlan resident)
    {
        long shares = (long)RowsOf(in args.Hidden, in args.RowMap) * source.Heads;
        if (source.IsGated && args.Gating.Count == 0 && shares > 0)
        {
            NativeFault.Argument("The plan mixes heads by gating and there is none; pass [candidates, heads].");
        }

        return HiddenOf(in args.Hidden, in args.RowMap) with
        {
            Weights = resident.Weights,
            Bias = resident.Bias,
            Mixture = resident.Mixture,
            Gating = CudaCalls.Of(in args.Gating, shares, "gating"),
            Scores = CudaCalls.Of(in args.Scores, shares, "scores"),
        };
    }

    private static CudaRewardPooling TokensOf(in RunArgs args, ResidentPlan resident)
    {
        args.Rewards.Check("rewards");
        return new CudaRewardPooling
        {
            Rewards = (nuint)args.Rewards.Data,
            Rows = CudaCalls.RowsOf(in args.TokenRows, in args.Rewards, "token_rows"),
            Pooling = resident.TokensOf(args.TokenRows.Columns),
        };
    }

    private static CudaRewardScoring HiddenOf(in NativeMatrix hidden, in NativeArray<int> rowMap)
    {
        int rows = RowsOf(in hidden, in rowMap);
        return new CudaRewardScoring
        {
            Hidden = CudaCalls.MatrixOf(in hidden, "hidden"),
            RowMap = CudaCalls.Of(in rowMap, rows, "row_map"),
            MappedRows = rowMap.Data != null ? rows : 0,
        };
    }

    private static int RowsOf(in NativeMatrix hidden, in NativeArray<int> rowMap) =>
        rowMap.Data != null ? checked((int)rowMap.Count) : hidden.Rows;

    /// <summary>Weights of a plan's rewards; null where nothing of them is wanted.</summary>
    private static CudaSoftWeights? WeightsOf(WeightsArgs weights, in NativeRows prompts)
    {
        weights.Rows = prompts;
        weights.Rewards.Count = long.MaxValue;
        CudaSoftWeights made = CudaCalls.WeightsOf(in weights, isPart: true);
        return made == new CudaSoftWeights { Rows = made.Rows, Lambda = made.Lambda } ? null : made;
    }

    /// <summary>Picks by a plan's rewards; null where nothing of them is wanted.</summary>
    private static CudaSelection? SelectionOf(SelectArgs selection, in NativeRows prompts)
    {
        selection.Rows = prompts;
        selection.Rewards.Count = long.MaxValue;
        CudaSelection made = CudaCalls.SelectionOf(in selection, isPart: true);
        bool isWanted = made is { Index: not 0 } or { Reward: not 0 } or { LogProbability: not 0 } or { Margin: not 0 }
            or { LambdaUsed: not 0 } or { Status: not 0 };
        return isWanted ? made : null;
    }
}
