using ILGPU;
using ILGPU.Runtime;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Devices;

/// <summary>A queue's stream and scratch memory; for the owner's thread only.</summary>
internal sealed class QueueMemory
{
    private MemoryBuffer? workspace;
    private MemoryBuffer? rows;
    private MemoryBuffer? tokenRows;

    /// <summary>Null where nothing was queued yet.</summary>
    public AcceleratorStream? Stream { get; private set; }

    public AcceleratorStream StreamOf(DeviceState device) => Stream ??= device.Accelerator.CreateStream();

    public ArrayView<byte> Workspace(DeviceThread owner, DeviceState device, long bytes) =>
        bytes == 0 ? default : Grow(ref workspace, owner, device, bytes);

    /// <summary>Room for rows that were looked at.</summary>
    public CheckedRows Rows(DeviceThread owner, DeviceState device, int count) =>
        Rows(ref rows, owner, device, count);

    /// <summary>Room for rows of token rewards that were looked at.</summary>
    public CheckedRows TokenRows(DeviceThread owner, DeviceState device, int count) =>
        Rows(ref tokenRows, owner, device, count);

    public void Free(DeviceState device)
    {
        device.Free(workspace);
        device.Free(rows);
        device.Free(tokenRows);
        Stream?.Dispose();
        (workspace, rows, tokenRows, Stream) = (null, null, null, null);
    }

    private unsafe CheckedRows Rows(ref MemoryBuffer? buffer, DeviceThread owner, DeviceState device, int count)
    {
        long starts = ChunkMemory.Align((long)count * sizeof(long));
        long lengths = ChunkMemory.Align((long)count * sizeof(int));
        ArrayView<byte> memory = Grow(ref buffer, owner, device, starts + starts + lengths);
        return new CheckedRows
        {
            Starts = memory.SubView(0, (long)count * sizeof(long)).Cast<long>(),
            PackedStarts = memory.SubView(starts, (long)count * sizeof(long)).Cast<long>(),
            Lengths = memory.SubView(starts + starts, (long)count * sizeof(int)).Cast<int>(),
        };
    }

    private ArrayView<byte> Grow(ref MemoryBuffer? buffer, DeviceThread owner, DeviceState device, long bytes)
    {
        if (buffer == null || buffer.LengthInBytes < bytes)
        {
            // Work that was queued before may still use what is there.
            StreamOf(device).Synchronize();
            device.Free(buffer);
            buffer = null;
            buffer = owner.Allocate(bytes);
        }

        return buffer.AsRawArrayView();
    }
}
