using ILGPU;
using ILGPU.Runtime;
using SoftBoN.Kernels.Ops.Numerics;

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

    /// <summary>The launches of a selection.</summary>
    private enum SelectionStep
    {
        Pick,
        Normalize,
        Finish,
    }
}
