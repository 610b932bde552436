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
        Launch(stream, SplitKernelFor(SplitStep.Look, shape), Parts(in launch, in args.Memory), in args);
    }

    /// <summary>The sums of the rows of a launch, after a look at them.</summary>
    private void SumParts(AcceleratorStream stream, in TeamLaunch launch, in SplitArgs args, bool complements)
    {
        KernelConfig parts = Parts(in launch, in args.Memory);
        Launch(stream, SplitKernelFor(SplitStep.Sum, shape), parts, in args);
        Launch(stream, SplitKernelFor(SplitStep.Fold, shape), Whole(in launch), in args);
        if (complements)
        {
            Launch(stream, SplitKernelFor(SplitStep.Complement, shape), parts, in args);
            Launch(stream, SplitKernelFor(SplitStep.FoldComplements, shape), Whole(in launch), in args);
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
        for (step.Step = SplitBudgetArgs.Begin; step.Step <= SplitBudgetArgs.Steps; step.Step++)
        {
            if (step.Step >= 0)
            {
                SumParts(stream, in launch, in args, complements: false);
            }

            Launch(stream, SplitBudgetKernelFor(shape), Whole(in launch), in step);
        }
    }

    /// <summary>The launches that rows which are shared have in common.</summary>
    internal enum SplitStep
    {
        Look,
        Sum,
        Fold,
        Complement,
        FoldComplements,
    }
}
