using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <content>The kernels of soft weights.</content>
internal sealed partial class DevicePrograms
{
    private static Action<SoftWeightsKernelArgs> SoftWeightsKernelFor(TeamKind kind, bool shuffles, bool full) => full
        ? SoftWeightsKernelFor<On>(kind, shuffles)
        : SoftWeightsKernelFor<Off>(kind, shuffles);

    private static Action<SoftWeightsKernelArgs> SoftWeightsKernelFor<TFull>(TeamKind kind, bool shuffles)
        where TFull : struct, IFlag => (kind, shuffles) switch
        {
            (TeamKind.One, _) => SoftWeightsKernel<NoWarp, TeamOne, TFull>.Run,
            (TeamKind.Eight, true) => SoftWeightsKernel<ShuffleWarp, Team8, TFull>.Run,
            (TeamKind.Sixteen, true) => SoftWeightsKernel<ShuffleWarp, Team16, TFull>.Run,
            (TeamKind.Warp, true) => SoftWeightsKernel<ShuffleWarp, Team32, TFull>.Run,
            (TeamKind.Group, true) => SoftWeightsKernel<ShuffleWarp, TeamGroup, TFull>.Run,
            (TeamKind.Eight, false) => SoftWeightsKernel<SharedWarp, Team8, TFull>.Run,
            (TeamKind.Sixteen, false) => SoftWeightsKernel<SharedWarp, Team16, TFull>.Run,
            (TeamKind.Warp, false) => SoftWeightsKernel<SharedWarp, Team32, TFull>.Run,
            _ => SoftWeightsKernel<SharedWarp, TeamGroup, TFull>.Run,
        };

    private static Action<SplitWeightsArgs> SplitWeightsKernelFor(DeviceShape shape, bool full) => full
        ? SplitWeightsKernelFor<On>(shape)
        : SplitWeightsKernelFor<Off>(shape);

    private static Action<SplitWeightsArgs> SplitWeightsKernelFor<TFull>(DeviceShape shape)
        where TFull : struct, IFlag => shape switch
        {
            DeviceShape.Alone => SplitWeightsKernel<NoWarp, TeamOnePart, TFull>.Run,
            DeviceShape.Shuffles => SplitWeightsKernel<ShuffleWarp, TeamPart, TFull>.Run,
            _ => SplitWeightsKernel<SharedWarp, TeamPart, TFull>.Run,
        };
}
