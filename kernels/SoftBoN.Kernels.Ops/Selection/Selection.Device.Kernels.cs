using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <content>The kernels of selection.</content>
internal sealed partial class DevicePrograms
{
    private static Action<SelectionKernelArgs> SelectionKernelFor(TeamKind kind, bool shuffles, bool full) => full
        ? SelectionKernelFor<On>(kind, shuffles)
        : SelectionKernelFor<Off>(kind, shuffles);

    private static Action<SelectionKernelArgs> SelectionKernelFor<TFull>(TeamKind kind, bool shuffles)
        where TFull : struct, IFlag => (kind, shuffles) switch
        {
            (TeamKind.One, _) => SelectionKernel<NoWarp, TeamOne, TFull>.Run,
            (TeamKind.Eight, true) => SelectionKernel<ShuffleWarp, Team8, TFull>.Run,
            (TeamKind.Sixteen, true) => SelectionKernel<ShuffleWarp, Team16, TFull>.Run,
            (TeamKind.Warp, true) => SelectionKernel<ShuffleWarp, Team32, TFull>.Run,
            (TeamKind.Group, true) => SelectionKernel<ShuffleWarp, TeamGroup, TFull>.Run,
            (TeamKind.Eight, false) => SelectionKernel<SharedWarp, Team8, TFull>.Run,
            (TeamKind.Sixteen, false) => SelectionKernel<SharedWarp, Team16, TFull>.Run,
            (TeamKind.Warp, false) => SelectionKernel<SharedWarp, Team32, TFull>.Run,
            _ => SelectionKernel<SharedWarp, TeamGroup, TFull>.Run,
        };

    private static Action<SplitSelectionArgs> SplitSelectionKernelFor(
        SelectionStep step, DeviceShape shape, bool full) => full
            ? SplitSelectionKernelFor<On>(step, shape)
            : SplitSelectionKernelFor<Off>(step, shape);

    private static Action<SplitSelectionArgs> SplitSelectionKernelFor<TFull>(SelectionStep step, DeviceShape shape)
        where TFull : struct, IFlag => shape switch
        {
            DeviceShape.Alone => SplitSelectionKernelFor<NoWarp, TeamOnePart, TeamOne, TFull>(step),
            DeviceShape.Shuffles => SplitSelectionKernelFor<ShuffleWarp, TeamPart, TeamGroup, TFull>(step),
            _ => SplitSelectionKernelFor<SharedWarp, TeamPart, TeamGroup, TFull>(step),
        };

    private static Action<SplitSelectionArgs> SplitSelectionKernelFor<TWarp, TPart, TWhole, TFull>(SelectionStep step)
        where TWarp : struct, IWarp
        where TPart : struct, ITeam
        where TWhole : struct, ITeam
        where TFull : struct, IFlag => step switch
        {
            SelectionStep.Pick => SplitSelectionKernel<TWarp, TPart, TFull>.Pick,
            SelectionStep.Normalize => SplitSelectionKernel<TWarp, TPart, TFull>.Normalize,
            _ => SplitSelectionKernel<TWarp, TWhole, TFull>.Finish,
        };

    /// <summary>Picks alone have no probabilities to normalize.</summary>
    private static IEnumerable<SelectionStep> SelectionSteps(bool full) =>
        Enum.GetValues<SelectionStep>().Where(step => full || step != SelectionStep.Normalize);
}
