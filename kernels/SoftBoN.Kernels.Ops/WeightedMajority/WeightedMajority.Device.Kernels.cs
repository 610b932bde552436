namespace SoftBoN.Kernels.Ops;

/// <content>The kernels of weighted majority.</content>
internal sealed partial class DevicePrograms
{
    private static Action<WeightedMajorityKernelArgs> MajorityKernelFor(TeamKind kind, bool shuffles) =>
        (kind, shuffles) switch
        {
            (TeamKind.One, _) => WeightedMajorityKernel<NoWarp, TeamOne>.Run,
            (TeamKind.Eight, true) => WeightedMajorityKernel<ShuffleWarp, Team8>.Run,
            (TeamKind.Sixteen, true) => WeightedMajorityKernel<ShuffleWarp, Team16>.Run,
            (TeamKind.Warp, true) => WeightedMajorityKernel<ShuffleWarp, Team32>.Run,
            (TeamKind.Group, true) => WeightedMajorityKernel<ShuffleWarp, TeamGroup>.Run,
            (TeamKind.Eight, false) => WeightedMajorityKernel<SharedWarp, Team8>.Run,
            (TeamKind.Sixteen, false) => WeightedMajorityKernel<SharedWarp, Team16>.Run,
            (TeamKind.Warp, false) => WeightedMajorityKernel<SharedWarp, Team32>.Run,
            _ => WeightedMajorityKernel<SharedWarp, TeamGroup>.Run,
        };
}
