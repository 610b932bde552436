using ILGPU.Runtime;

namespace SoftBoN.Kernels.Ops;

/// <content>Soft weights of rows that several teams share.</content>
internal sealed partial class DevicePrograms
{
    private void LaunchParts(
        AcceleratorStream stream,
        in TeamLaunch launch,
        in SplitMemory memory,
        in BudgetKernelArgs budget,
        ref SoftWeightsKernelArgs kernel)
    {
        kernel.Rows.FirstBin = launch.FirstBin;
        kernel.Rows.EndBin = launch.EndBin;
        SplitArgs args = default;
        args.Rows = kernel.Rows;
        args.Lambdas = kernel.Lambdas;
        args.Offsets = budget.Offsets;
        args.Memory = Present(in memory);
        LookAtParts(stream, in launch, in args);
        FindLambdasOfParts(stream, in launch, args, budget, ref kernel.Lambdas);
        args.Lambdas = kernel.Lambdas;
        args.Wanted = kernel.Wanted;
        SumParts(stream, in launch, in args, kernel.Wants(SoftWeightsOutput.LogMeanExp));
        SplitWeightsArgs write = default;
        write.Call = kernel;
        write.Memory = args.Memory;
        bool full = (kernel.Wanted & ~SoftWeightsOutput.Plain) != 0;
        Launch(stream, SplitWeightsKernelFor(shape, full), Parts(in launch, in memory), in write);
    }
}
