using SoftBoN.Kernels.Cuda.Arguments;
using SoftBoN.Kernels.Cuda.Launching;

namespace SoftBoN.Kernels.Cuda;

public sealed partial class SoftBonCuda
{
    private const uint NoResult = 0x7fc00000;

    private static KernelRows RowsOf(nuint rewards, CudaRows rows, in LaunchPlan plan)
    {
        var nothing = new KernelView(rewards, 0);
        (int first, int end) = plan.Bins;
        return new KernelRows
        {
            Values = new KernelView(rewards, ((rows.Rows - 1) * rows.RowStride) + ((rows.Columns - 1) * rows.ColumnStride) + 1),
            Starts = nothing,
            Lengths = nothing,
            PackedStarts = nothing,
            Order = nothing,
            BinStarts = nothing,
            Count = rows.Rows,
            RowStride = rows.RowStride,
            ColumnStride = rows.ColumnStride,
            Columns = rows.Columns,
            FirstBin = first,
            EndBin = end,
            NoResult = BitConverter.UInt32BitsToSingle(NoResult),
            IsAligned = IsAligned(rewards) ? 1 : 0,
        };
    }

    private static KernelLambda LambdaOf(CudaLambda lambda, nuint rewards, long rows) => new()
    {
        Values = ViewOf(lambda.Values.Address, rows, rewards),
        Scalar = lambda.Values.Scalar,
        Kind = lambda.Kind,
        IsPerRow = lambda.Values.Address != 0 ? 1 : 0,
        Notes = new KernelView(rewards, 0),
    };

    /// <summary>Memory of groups; kernels are passed no views that are absent.</summary>
    private static GroupMemory Present(GroupMemory memory, nuint rewards)
    {
        memory.Partials = memory.Partials.Address != 0 ? memory.Partials : new KernelView(rewards, 0);
        memory.Marks = memory.Marks.Address != 0 ? memory.Marks : new KernelView(rewards, 0);
        return memory;
    }

    /// <summary>An array of the caller's; where it is absent, one that the kernels do not look at.</summary>
    private static KernelView ViewOf(nuint address, long length, nuint rewards) =>
        address != 0 ? new KernelView(address, length) : new KernelView(rewards, 0);

    private static (KernelView Found, KernelView Notes) TakeBudget(
        CudaLambda lambda, CudaRows rows, ref WorkspaceParts parts) => lambda.IsBudget
            ? (parts.Take(rows.Rows, sizeof(float)), parts.Take(rows.Rows, sizeof(byte)))
            : default;

    /// <summary>Where lambdas are budgets, finds them and has the next kernel take what was found.</summary>
    private void FindLambdas(
        CudaLambda lambda,
        CudaRows rows,
        in LaunchPlan plan,
        BudgetKernelArgs args,
        ref WorkspaceParts parts,
        ref KernelLambda lambdas)
    {
        if (!lambda.IsBudget)
        {
            return;
        }

        args.Budgets = lambdas;
        (args.Found, args.Notes) = TakeBudget(lambda, rows, ref parts);
        Launch(Kernel.Budget, in plan, ref args);
        lambdas.Kind = CudaLambda.Given;
        lambdas.Values = args.Found;
        lambdas.IsPerRow = 1;
        lambdas.Notes = args.Notes;
        lambdas.HasNotes = 1;
    }

    /// <summary>The workspace of a call.</summary>
    private WorkspaceParts Parts(long needed)
    {
        if (needed > workspaceBytes)
        {
            throw new InvalidOperationException(
                $"The call needs {needed} bytes of workspace and there are {workspaceBytes}; call Reserve(WorkspaceBytes(call)) "
                + "once, for the largest call, or UseWorkspace.");
        }

        return new WorkspaceParts(workspace);
    }

    private static void CheckAddress(nuint address, int alignment, string name)
    {
        if (address % (nuint)alignment != 0)
        {
            Throw.Argument(
                $"{name} is at {address:x}; pass a device pointer that is a multiple of {alignment}.", name);
        }
    }

    private static void CheckRewards(nuint rewards, CudaRows rows)
    {
        rows.Check();
        if (rewards == 0 && rows.Rows > 0)
        {
            Throw.Argument($"Rewards is 0 and there are {rows.Rows} rows; pass a device pointer.", "Rewards");
        }

        CheckAddress(rewards, sizeof(float), "Rewards");
    }

    /// <summary>Whether memory can be read and written 16 bytes at a time.</summary>
    private static bool IsAligned(nuint address) => address % 16 == 0;
}
