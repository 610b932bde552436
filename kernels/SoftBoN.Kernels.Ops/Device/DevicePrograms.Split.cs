using ILGPU;
using ILGPU.Runtime;

namespace SoftBoN.Kernels.Ops;

/// <content>Rows that several teams share.</content>
internal sealed partial class DevicePrograms
{
    private SplitMemory Present(in SplitMemory memory) => memory with
    {
        Partials = Present(memory.Partials),
        States = Present(memory.States),
    };

    /// <summary>Teams for each row of a launch.</summary>
    private KernelConfig Parts(in TeamLaunch launch, in SplitMemory memory) =>
        new(new Index3D((int)launch.MostRows, 1 << memory.PartBits, 1), new Index3D(threads, 1, 1));

    /// <summary>One team for each row of a launch.</summary>
    private KernelConfig Whole(in TeamLaunch launch) => new((int)launch.MostRows, threads);

    /// <summary>Looks at the rows of a launch.</summary>
    private void LookAtParts(AcceleratorStream stream, in TeamLaunch launch, in SplitArgs args)
    {
        args.Memory.States.MemSetToZero(stream);
        Launch(stream, SplitKernelFor(SplitStep.Look), Parts(in launch, in args.Memory), in args);
    }

    /// <summary>The sums of the rows of a launch, after a look at them.</summary>
    private void SumParts(AcceleratorStream stream, in TeamLaunch launch, in SplitArgs args, bool complements)
    {
        KernelConfig parts = Parts(in launch, in args.Memory);
        Launch(stream, SplitKernelFor(SplitStep.Sum), parts, in args);
        Launch(stream, SplitKernelFor(SplitStep.Fold), Whole(in launch), in args);
        if (complements)
        {
            Launch(stream, SplitKernelFor(SplitStep.Complement), parts, in args);
            Launch(stream, SplitKernelFor(SplitStep.FoldComplements), Whole(in launch), in args);
        }
    }

    /// <summary>Finds lambdas of a launch's rows, where they are not given: the lambdas that the next kernel takes.</summary>
    private void FindLambdasOfParts(
        AcceleratorStream stream, in TeamLaunch launch, SplitArgs args, BudgetKernelArgs budget, ref KernelLambda lambdas)
    {
        if (!IsBudget((LambdaKind)budget.Budgets.Kind))
        {
            return;
        }

        SplitBudgetArgs step = default;
        step.Call = budget;
        step.Call.Rows = args.Rows;
        step.Memory = args.Memory;
        TakeFound(in budget, ref lambdas);
        args.Lambdas = lambdas with { HasNotes = 0 };
        args.Wanted = (LambdaKind)budget.Budgets.Kind == LambdaKind.TargetKl
            ? SumTerms.WantDeviations
            : SumTerms.WantSquares;
        for (step.Step = SplitBudgetArgs.Begin; step.Step <= BudgetSearch.Steps; step.Step++)
        {
            if (step.Step >= 0)
            {
                SumParts(stream, in launch, in args, complements: false);
            }

            Launch(stream, SplitBudgetKernelFor(shape), Whole(in launch), in step);
        }
    }

    private Action<SplitArgs> SplitKernelFor(SplitStep step) => SplitKernelFor(step, shape);

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

    /// <summary>The launches that rows which are shared have in common.</summary>
    private enum SplitStep
    {
        Look,
        Sum,
        Fold,
        Complement,
        FoldComplements,
    }
}
