using SoftBoN.Kernels.Cuda.Launching;

namespace SoftBoN.Kernels.Ops;

/// <content>The kernels by their names.</content>
internal sealed partial class DevicePrograms
{
    private static KernelName<RowGuardArgs> RowGuardKernel => new(KernelNames.RowGuard);

    private static KernelName<RewardPenaltyKernelArgs> PenaltyKernel => new(KernelNames.Penalty);

    private static KernelName<RowOrderArgs> RowOrderKernelFor(RowOrderStep step) =>
        new(step == RowOrderStep.Count ? KernelNames.RowOrderCount : KernelNames.RowOrderScatter);

    private static KernelName<BudgetKernelArgs> BudgetKernelFor(TeamKind kind, bool shuffles) =>
        new(KernelNames.Budget[(int)kind]);

    private static KernelName<SoftWeightsKernelArgs> SoftWeightsKernelFor(TeamKind kind, bool shuffles, bool full) =>
        new((full ? KernelNames.SoftWeights : KernelNames.Weights)[(int)kind]);

    private static KernelName<SelectionKernelArgs> SelectionKernelFor(TeamKind kind, bool shuffles, bool full) =>
        new((full ? KernelNames.Selection : KernelNames.Picks)[(int)kind]);

    private static KernelName<WeightedMajorityKernelArgs> MajorityKernelFor(TeamKind kind, bool shuffles) =>
        new(KernelNames.Majority[(int)kind]);

    private static KernelName<SplitArgs> SplitKernelFor(SplitStep step, DeviceShape shape) =>
        new(KernelNames.Split[(int)step]);

    private static KernelName<SplitBudgetArgs> SplitBudgetKernelFor(DeviceShape shape) =>
        new(KernelNames.SplitBudget);

    private static KernelName<SplitWeightsArgs> SplitWeightsKernelFor(DeviceShape shape, bool full) =>
        new(full ? KernelNames.SplitSoftWeights : KernelNames.SplitWeights);

    private static KernelName<SplitSelectionArgs> SplitSelectionKernelFor(
        SelectionStep step, DeviceShape shape, bool full) =>
        new((full ? KernelNames.SplitSelection : KernelNames.SplitPicks)[(int)step]);

    private static KernelName<TokenKernelArgs> TokenKernelFor(TokenStep step, DeviceShape shape) =>
        new(KernelNames.Tokens[(int)step]);

    private static KernelName<RewardKernelArgs> RewardKernelFor(RewardStepOfHeads step, DeviceShape shape) =>
        new(KernelNames.Rewards[(int)step]);

    private static KernelName<RewardPoolKernelArgs> RewardPoolKernelFor(TeamKind kind, bool shuffles) =>
        new(KernelNames.Pool[(int)kind]);

    private static KernelName<RewardStepsKernelArgs> RewardStepsKernelFor(TeamKind kind, bool shuffles) =>
        new(KernelNames.Steps[(int)kind]);
}
