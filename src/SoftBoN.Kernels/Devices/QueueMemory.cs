using ILGPU;
using ILGPU.Runtime;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Devices;

/// <summary>A queue's stream and scratch memory; for the owner's thread only.</summary>
internal sealed class QueueMemory
{
    private MemoryBuffer? workspace;
    private MemoryBuffer? rows;

    /// <summary>Null where nothing was queued yet.</summary>
    public AcceleratorStream? Stream { get; private set; }

    public AcceleratorStream StreamOf(DeviceState device) => Stream ??= device.Accelerator.CreateStream();

    public ArrayView<byte> Workspace(DeviceThread owner, DeviceState device, long bytes) =>
        bytes == 0 ? default : Grow(ref workspace, owner, device, bytes);

    /// <summary>Room for rows that were looked at.</summary>
    public unsafe CheckedRows Rows(DeviceThread owner, DeviceState device, int count)
    {
        long starts = ChunkMemory.Align((long)count * sizeof(long));
        long lengths = ChunkMemory.Align((long)count * sizeof(int));
        ArrayView<byte> memory = Grow(ref rows, owner, device, starts + starts + lengths);
        return new CheckedRows
        {
            Starts = memory.SubView(0, (long)count * sizeof(long)).Cast<long>(),
            PackedStarts = memory.SubView(starts, (long)count * sizeof(long)).Cast<long>(),
            Lengths = memory.SubView(starts + starts, (long)count * sizeof(int)).Cast<int>(),
        };
    }

    public void Free(DeviceState device)
    {
        device.Free(workspace);
        device.Free(rows);
        Stream?.Dispose();
        (workspace, rows, Stream) = (null, null, null);
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
