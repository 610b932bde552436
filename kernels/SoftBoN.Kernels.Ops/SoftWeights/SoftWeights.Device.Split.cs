using ILGPU.Runtime;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>The arguments of the last launch of soft weights of rows that several teams share.</summary>
internal struct SplitWeightsArgs
{
    public SoftWeightsKernelArgs Call;
    public SplitMemory Memory;
}

/// <summary>Writes soft weights of rows that several teams share, once their sums are there.</summary>
internal static class SplitWeightsKernel<TWarp, TTeam, TFull>
    where TWarp : struct, IWarp
    where TTeam : struct, ITeam
    where TFull : struct, IFlag
{
    /// <summary>The kernel.</summary>
    public static void Run(SplitWeightsArgs args)
    {
        TeamRow<TWarp, TTeam> team = SplitRow<TWarp, TTeam>.Open(
            in args.Call.Rows, in args.Call.Lambdas, default, in args.Memory);
        SoftWeightsSums sums = default;
        RowStatus status = team.Recall(args.Memory.State, ref sums);
        args.Memory.State.Read(ref sums);
        SoftWeightsKernel<TWarp, TTeam, TFull>.Write(in args.Call, in team, in sums, status);
    }
}

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
