using ILGPU;
using ILGPU.Runtime;

namespace SoftBoN.Kernels.Ops;

/// <content>Selection from rows that several teams share.</content>
internal sealed partial class DevicePrograms
{
    /// <summary>More draws than this would take much memory for candidates; each is a pass that keeps a group busy.</summary>
    private const int MostSharedDraws = 1024;

    private static bool CanShare(in SelectionDeviceArgs args) =>
        !args.Distinct && args.Elements.Length == 0 && args.Draws <= MostSharedDraws;

    private static ArrayView<uint> TakeCandidates(
        in SelectionDeviceArgs args, in RowPlan plan, ref Workspace workspace) => plan.PartBits > 0
            ? workspace.Take<uint>((plan.LongRows * args.Draws * SplitSelectionArgs.CandidateWords) << plan.PartBits)
            : default;

    private void LaunchParts(
        AcceleratorStream stream,
        in TeamLaunch launch,
        SplitSelectionArgs args,
        in BudgetKernelArgs budget,
        ref KernelLambda lambdas)
    {
        SplitArgs look = default;
        look.Rows = args.Call.Rows;
        look.Lambdas = lambdas;
        look.Offsets = args.Call.Offsets;
        look.Memory = args.Memory;
        LookAtParts(stream, in launch, in look);
        FindLambdasOfParts(stream, in launch, look, budget, ref lambdas);
        args.Call.Lambdas = lambdas;
        bool full = NeedsFull(in args.Call);
        KernelConfig parts = Parts(in launch, in args.Memory);
        Launch(stream, SplitSelectionKernelFor(SelectionStep.Pick, shape, full), parts, in args);
        if (args.Call.Wants(SelectionOutput.LogProbability))
        {
            Launch(stream, SplitSelectionKernelFor(SelectionStep.Normalize, shape, full), parts, in args);
        }

        Launch(stream, SplitSelectionKernelFor(SelectionStep.Finish, shape, full), Whole(in launch), in args);
    }

    /// <summary>The launches of a selection.</summary>
    internal enum SelectionStep
    {
        Pick,
        Normalize,
        Finish,
    }
}
