namespace SoftBoN.Kernels.Ops;

/// <content>The kernels of the search for lambdas.</content>
internal sealed partial class DevicePrograms
{
    private static Action<BudgetKernelArgs> BudgetKernelFor(TeamKind kind, bool shuffles) => (kind, shuffles) switch
    {
        (TeamKind.One, _) => BudgetKernel<NoWarp, TeamOne>.Run,
        (TeamKind.Eight, true) => BudgetKernel<ShuffleWarp, Team8>.Run,
        (TeamKind.Sixteen, true) => BudgetKernel<ShuffleWarp, Team16>.Run,
        (TeamKind.Warp, true) => BudgetKernel<ShuffleWarp, Team32>.Run,
        (TeamKind.Group, true) => BudgetKernel<ShuffleWarp, TeamGroup>.Run,
        (TeamKind.Eight, false) => BudgetKernel<SharedWarp, Team8>.Run,
        (TeamKind.Sixteen, false) => BudgetKernel<SharedWarp, Team16>.Run,
        (TeamKind.Warp, false) => BudgetKernel<SharedWarp, Team32>.Run,
        _ => BudgetKernel<SharedWarp, TeamGroup>.Run,
    };
}
