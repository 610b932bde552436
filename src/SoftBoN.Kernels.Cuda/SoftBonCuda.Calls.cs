using ILGPU;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Cuda;

public sealed partial class SoftBonCuda
{
    /// <summary>An array of the caller's; none where it has no address.</summary>
    private static ArrayView<T> ViewOf<T>(nuint address, long length, string name)
        where T : unmanaged
    {
        if (address == 0)
        {
            return default;
        }

        Throw.IfUnaligned(address, Interop.SizeOf<T>(), name);
        return new ArrayView<T>(address, length);
    }

    private static DeviceArg<T> ArgOf<T>(CudaPerRow<T> values, long rows, string name)
        where T : unmanaged => ArgOf(values, default, rows, name);

    /// <summary>A parameter, or what counts where it is not given.</summary>
    private static DeviceArg<T> ArgOf<T>(CudaPerRow<T> values, T none, long rows, string name)
        where T : unmanaged => new()
        {
            Values = ViewOf<T>(values.Address, rows, name),
            Scalar = values.IsGiven ? values.Scalar : none,
        };

    private static DeviceRows RowsOf(nuint rewards, CudaRows rows)
    {
        rows.Check();
        if (rewards == 0 && rows.Rows > 0)
        {
            Throw.Argument($"Rewards is 0 and there are {rows.Rows} rows; pass a device pointer.", "Rewards");
        }

        long extent = rows.IsListed
            ? rows.Memory
            : rows.Packed == 0 ? 0 : ((rows.Rows - 1) * rows.RowStride) + ((rows.Columns - 1) * rows.ColumnStride) + 1;
        return new DeviceRows
        {
            Layout = rows.IsListed ? RowLayout.Mapped : RowLayout.Strided,
            Values = ViewOf<float>(rewards, extent, "Rewards"),
            Count = rows.Rows,
            Columns = rows.Columns,
            RowStride = rows.RowStride,
            ColumnStride = rows.ColumnStride,
            Packed = rows.Packed,
            LongestRow = rows.Columns,
        };
    }

    /// <summary>Takes the memory of rows that are looked at before they are used.</summary>
    private static CheckedRows TakeRows(CudaRows rows, ref Workspace parts) => rows.IsListed
        ? new CheckedRows
        {
            Starts = parts.Take<long>(rows.Rows),
            PackedStarts = parts.Take<long>(rows.Rows),
            Lengths = parts.Take<int>(rows.Rows),
        }
        : default;

    private static long BytesOf(CudaRows rows)
    {
        Workspace parts = default;
        TakeRows(rows, ref parts);
        return parts.Bytes;
    }

    private long BytesOf<TArgs>(TArgs args, CudaRows rows = default)
        where TArgs : struct, IDeviceArgs => BytesOf(rows) + args.WorkspaceBytes(programs);

    /// <summary>Queues a call whose rows, if any, have strides.</summary>
    /// <param name="args">Checked arguments.</param>
    /// <param name="count">Rows or candidates; where there are none, nothing is asked for.</param>
    /// <param name="anchor">Some memory of the call.</param>
    private void Run<TArgs>(TArgs args, long count, nuint anchor)
        where TArgs : struct, IDeviceArgs
    {
        using Scope scope = Enter();
        if (count > 0)
        {
            programs.Anchor = anchor;
            args.Queue(programs, queue, Memory(BytesOf(args)));
        }
    }

    /// <summary>Queues a call whose rows may be listed in device memory.</summary>
    /// <param name="args">Checked arguments.</param>
    /// <param name="rows">Where rows lie.</param>
    /// <param name="anchor">Some memory of the call.</param>
    private void Run<TArgs>(TArgs args, CudaRows rows, nuint anchor)
        where TArgs : struct, IRowArgs
    {
        using Scope scope = Enter();
        if (rows.Rows > 0)
        {
            programs.Anchor = anchor;
            ArrayView<byte> memory = Memory(BytesOf(args, rows));
            if (rows.IsListed)
            {
                args.Place(CheckRows(rows, rows.Memory, ref memory));
            }

            args.Queue(programs, queue, memory);
        }
    }

    /// <summary>Has a kernel look at rows that lie in device memory.</summary>
    /// <param name="given">The rows.</param>
    /// <param name="values">The values among which they lie.</param>
    /// <param name="memory">The workspace, and what is left of it.</param>
    private CheckedRows CheckRows(CudaRows given, long values, ref ArrayView<byte> memory)
    {
        var parts = new Workspace(memory);
        CheckedRows taken = TakeRows(given, ref parts);
        bool isMapped = given.Layout == RowLayout.Mapped;
        var listed = new GivenRows
        {
            IsRagged = isMapped ? 0 : 1,
            Longest = given.Columns,
            Memory = values,
            Candidates = given.Packed,
            Starts = new ArrayView<long>(given.Starts, isMapped ? given.Rows : given.Rows + 1L),
            Lengths = new ArrayView<int>(given.Lengths, isMapped ? given.Rows : 0),
            PackedStarts = new ArrayView<long>(given.PackedStarts, isMapped ? given.Rows : 0),
        };
        programs.CheckRows(queue, in listed, in taken);
        memory = memory.SubView(parts.Bytes, memory.Length - parts.Bytes);
        return taken;
    }
}
