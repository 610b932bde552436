using ILGPU;
using ILGPU.Runtime;

namespace SoftBoN.Kernels.Ops;

/// <content>Rows, lambdas and memory as all kernels take them.</content>
internal sealed partial class DevicePrograms
{
    /// <summary>The most groups of a launch whose threads take rows' numbers one after the other.</summary>
    private const int MostGroupsOfRows = 1024;

    /// <summary>The launches that bring rows into order.</summary>
    internal enum RowOrderStep
    {
        Count,
        Scatter,
    }

    /// <summary>The groups of a launch of teams of a kind.</summary>
    private int GroupsOf(in TeamLaunch launch, in RowPlan plan)
    {
        int teamThreads = launch.Kind switch { TeamKind.Eight => 8, TeamKind.Sixteen => 16, _ => 32 };
        int teams = Math.Max(1, threads / teamThreads);
        return launch.Kind is TeamKind.Group or TeamKind.One ? plan.Groups : GroupsFor(launch.MostRows, teams);
    }

    /// <summary>A grid of groups of as many threads as a group has.</summary>
    private KernelConfig ConfigOf(Index3D grid) => new(grid, new Index3D(threads, 1, 1));

    private static int GroupsFor(long items, int itemsPerGroup)
    {
        const int Most = 1 << 20;
        return (int)Math.Clamp((items + itemsPerGroup - 1) / itemsPerGroup, 1, Most);
    }

    private KernelRows RowsOf(in DeviceRows rows)
    {
        KernelRows kernel = default;
        kernel.Values = Present(rows.Values);
        kernel.Starts = Present(rows.Starts);
        kernel.Lengths = Present(rows.Lengths);
        kernel.PackedStarts = Present(rows.PackedStarts);
        kernel.Order = Present(default(ArrayView<long>));
        kernel.BinStarts = Present(default(ArrayView<int>));
        kernel.Count = rows.Count;
        kernel.RowStride = rows.RowStride;
        kernel.ColumnStride = rows.ColumnStride;
        kernel.Columns = rows.Columns;
        kernel.Layout = (int)rows.Layout;
        kernel.IsAligned = IsAligned(rows.Values);
        kernel.NoResult = BitConverter.UInt32BitsToSingle(Numerics.Bits.NoResult);
        return kernel;
    }

    private KernelLambda LambdasOf(LambdaKind kind, in DeviceArg<float> lambda) => new()
    {
        Kind = (int)kind,
        Scalar = lambda.Scalar,
        Values = Present(lambda.Values),
        IsPerRow = Flag(lambda.Values, 1),
        Notes = Present(default(ArrayView<byte>)),
    };

    private GroupMemory Present(in GroupMemory memory) => memory with
    {
        Partials = Present(memory.Partials),
        Marks = Present(memory.Marks),
    };

    /// <summary>Queues the look at rows whose places are in device memory.</summary>
    public void CheckRows(AcceleratorStream stream, in GivenRows listed, in CheckedRows rows)
    {
        if (rows.Lengths.Length == 0)
        {
            return;
        }

        RowGuardArgs args = default;
        args.Count = rows.Lengths.Length;
        args.Checked = rows;
        args.Listed = listed;
        args.Listed.Starts = Present(listed.Starts);
        args.Listed.Lengths = Present(listed.Lengths);
        args.Listed.PackedStarts = Present(listed.PackedStarts);
        Launch(stream, RowGuardKernel, Math.Min(GroupsFor(args.Count, threads), MostGroupsOfRows), in args);
    }

    /// <summary>Brings rows into the order of their lengths, where that is planned.</summary>
    private void Order(AcceleratorStream stream, in RowPlan plan, RowOrderArgs order, ref KernelRows rows)
    {
        if (!plan.IsOrdered)
        {
            return;
        }

        rows.Order = order.Rows.Order;
        rows.BinStarts = order.Rows.BinStarts;
        order.Counts.SubView(0, 2 * RowOrder.Bins).MemSetToZero(stream);
        RowOrderArgs args = default;
        args.Rows = rows;
        args.Counts = order.Counts;
        args.Taken = order.Counts.SubView(RowOrder.Bins, RowOrder.Bins);
        int groups = Math.Min(GroupsFor(plan.Count, threads), MostGroupsOfRows);
        Launch(stream, RowOrderKernelFor(RowOrderStep.Count), groups, in args);
        Launch(stream, RowOrderKernelFor(RowOrderStep.Scatter), groups, in args);
        rows.IsOrdered = 1;
    }
}
