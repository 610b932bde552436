using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

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
