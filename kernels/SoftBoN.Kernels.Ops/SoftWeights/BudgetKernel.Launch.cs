using ILGPU;
using ILGPU.Runtime;

namespace SoftBoN.Kernels.Ops;

/// <summary>Memory for what the search for lambdas finds: one of each per row; none where lambdas are given.</summary>
internal readonly record struct BudgetMemory(ArrayView<float> Found, ArrayView<byte> Notes);

/// <content>The search for lambdas.</content>
internal sealed partial class DevicePrograms
{
    private static bool IsBudget(LambdaKind kind) => kind is LambdaKind.TargetKl or LambdaKind.TargetEss;

    private static BudgetMemory TakeBudget(LambdaKind kind, long rows, ref Workspace workspace) => IsBudget(kind)
        ? new BudgetMemory(workspace.Take<float>(rows), workspace.Take<byte>(rows))
        : default;

    /// <summary>Finds a kind of rows' lambdas, where they are not given: the lambdas that the next kernel takes.</summary>
    private void FindLambdas(
        AcceleratorStream stream,
        in TeamLaunch launch,
        int groups,
        BudgetKernelArgs args,
        ref KernelLambda lambdas)
    {
        if (!IsBudget((LambdaKind)args.Budgets.Kind))
        {
            return;
        }

        args.Rows.FirstBin = launch.FirstBin;
        args.Rows.EndBin = launch.EndBin;
        Launch(stream, BudgetKernelFor(launch.Kind, UsesShuffles), groups, in args);
        TakeFound(in args, ref lambdas);
    }

    /// <summary>Lambdas become those that are found.</summary>
    private static void TakeFound(in BudgetKernelArgs args, ref KernelLambda lambdas)
    {
        lambdas.Kind = (int)LambdaKind.Given;
        lambdas.Values = args.Found;
        lambdas.IsPerRow = 1;
        lambdas.Notes = args.Notes;
        lambdas.HasNotes = 1;
    }

    private BudgetKernelArgs BudgetArgsOf(
        in KernelRows rows,
        in KernelLambda budgets,
        in KernelOffsets offsets,
        in GroupMemory shared,
        in BudgetMemory memory)
    {
        BudgetKernelArgs args = default;
        args.Rows = rows;
        args.Budgets = budgets;
        args.Offsets = offsets;
        args.Offsets.Values = Present(offsets.Values);
        args.Shared = shared;
        args.Found = Present(memory.Found);
        args.Notes = Present(memory.Notes);
        return args;
    }
}
