namespace SoftBoN.Kernels.Ops;

/// <content>The kernels that look at rows and bring them into order.</content>
internal sealed partial class DevicePrograms
{
    private static Action<RowGuardArgs> RowGuardKernel => RowGuard.Run;

    private static Action<RowOrderArgs> RowOrderKernelFor(RowOrderStep step) =>
        step == RowOrderStep.Count ? RowOrder.Count : RowOrder.Scatter;
}
