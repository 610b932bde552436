namespace SoftBoN.Kernels.Ops;

/// <content>The kernels of rows that several teams share.</content>
internal sealed partial class DevicePrograms
{
    private static Action<SplitArgs> SplitKernelFor(SplitStep step, DeviceShape shape) => shape switch
    {
        DeviceShape.Alone => SplitKernelFor<NoWarp, TeamOnePart, TeamOne>(step),
        DeviceShape.Shuffles => SplitKernelFor<ShuffleWarp, TeamPart, TeamGroup>(step),
        _ => SplitKernelFor<SharedWarp, TeamPart, TeamGroup>(step),
    };

    private static Action<SplitArgs> SplitKernelFor<TWarp, TPart, TWhole>(SplitStep step)
        where TWarp : struct, IWarp
        where TPart : struct, ITeam
        where TWhole : struct, ITeam => step switch
        {
            SplitStep.Look => SplitKernel<TWarp, TPart>.Look,
            SplitStep.Sum => SplitKernel<TWarp, TPart>.Sum,
            SplitStep.Complement => SplitKernel<TWarp, TPart>.Complement,
            SplitStep.Fold => SplitKernel<TWarp, TWhole>.Fold,
            _ => SplitKernel<TWarp, TWhole>.FoldComplements,
        };

    private static Action<SplitBudgetArgs> SplitBudgetKernelFor(DeviceShape shape) => shape switch
    {
        DeviceShape.Alone => SplitBudgetKernel<NoWarp, TeamOne>.Run,
        DeviceShape.Shuffles => SplitBudgetKernel<ShuffleWarp, TeamGroup>.Run,
        _ => SplitBudgetKernel<SharedWarp, TeamGroup>.Run,
    };
}
