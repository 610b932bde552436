using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Cuda.Launching;

/// <summary>The names of the kernels in the PTX, made once so that a launch makes none.</summary>
internal static class KernelNames
{
    public const string RowGuard = "RowGuard";
    public const string RowOrderCount = "RowOrder.Count";
    public const string RowOrderScatter = "RowOrder.Scatter";
    public const string Penalty = "RewardPenalty";
    public const string SplitBudget = "SplitBudget.Group.Shuffle";
    public const string SplitWeights = "SplitWeights.Group.Shuffle";
    public const string SplitSoftWeights = "SplitSoftWeights.Group.Shuffle";

    public static readonly string[] Budget = OfTeams("Budget");
    public static readonly string[] Weights = OfTeams("Weights");
    public static readonly string[] SoftWeights = OfTeams("SoftWeights");
    public static readonly string[] Picks = OfTeams("Picks");
    public static readonly string[] Selection = OfTeams("Selection");
    public static readonly string[] Majority = OfTeams("WeightedMajority");
    public static readonly string[] Pool = OfTeams("RewardPool");
    public static readonly string[] Steps = OfTeams("RewardSteps");
    public static readonly string[] Split = OfSteps<DevicePrograms.SplitStep>("Split", _ => TeamKind.Group);
    public static readonly string[] SplitPicks = OfSteps<DevicePrograms.SelectionStep>("SplitPicks", _ => TeamKind.Group);
    public static readonly string[] SplitSelection =
        OfSteps<DevicePrograms.SelectionStep>("SplitSelection", _ => TeamKind.Group);

    public static readonly string[] Tokens = OfSteps<DevicePrograms.TokenStep>(
        "Token",
        step => step is DevicePrograms.TokenStep.Threshold or DevicePrograms.TokenStep.Top ? TeamKind.Group : TeamKind.Warp);

    public static readonly string[] Rewards = OfSteps<DevicePrograms.RewardStepOfHeads>("Reward", _ => TeamKind.Warp);

    /// <summary>The kernels that calls of some kinds may need.</summary>
    public static IEnumerable<string> For(CudaKernels wanted)
    {
        string[] nothing = [];
        bool isWeighed = (wanted & (CudaKernels.SoftWeights | CudaKernels.Majority)) != 0;
        bool isPicked = (wanted & CudaKernels.Selection) != 0;
        bool isStepped = (wanted & CudaKernels.RewardSteps) != 0;
        return
        [
            .. isWeighed || isPicked || isStepped ? [RowGuard, RowOrderCount, RowOrderScatter] : nothing,
            .. isWeighed || isPicked ? Split : nothing,
            .. isWeighed ? [.. Weights, .. SoftWeights, SplitWeights, SplitSoftWeights] : nothing,
            .. isPicked ? [.. Picks, .. Selection, .. WithoutNormalize(SplitPicks), .. SplitSelection] : nothing,
            .. (wanted & CudaKernels.Majority) != 0 ? Majority : nothing,
            .. (wanted & CudaKernels.Budgets) != 0 ? [.. Budget, SplitBudget] : nothing,
            .. (wanted & CudaKernels.TokenTilt) != 0 ? Tokens : nothing,
            .. (wanted & CudaKernels.RewardScoring) != 0 ? Rewards : nothing,
            .. isStepped ? [.. Pool, .. Steps, Penalty] : nothing,
        ];
    }

    /// <summary>Picks alone have no probabilities to normalize.</summary>
    private static IEnumerable<string> WithoutNormalize(string[] picks) =>
        picks.Where((_, step) => step != (int)DevicePrograms.SelectionStep.Normalize);

    private static string[] OfTeams(string operation) =>
        [.. Enum.GetValues<TeamKind>().Where(kind => kind != TeamKind.One).Select(kind => $"{operation}.{kind}.Shuffle")];

    private static string[] OfSteps<TStep>(string operation, Func<TStep, TeamKind> kindOf)
        where TStep : struct, Enum =>
        [.. Enum.GetValues<TStep>().Select(step => $"{operation}{step}.{kindOf(step)}.Shuffle")];
}
