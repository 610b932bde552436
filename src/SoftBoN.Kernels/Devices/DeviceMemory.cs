using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;

namespace SoftBoN.Kernels.Devices;

/// <summary>
/// Memory of a device, given back by the device's owner when nothing on the device can be using it any more.
/// </summary>
internal sealed unsafe class DeviceMemory(DeviceCore core, MemoryBuffer buffer)
    : EngineMemory(core, buffer.LengthInBytes)
{
    public MemoryBuffer Buffer => buffer;

    /// <summary>A part of a buffer of such memory; empty where it is absent.</summary>
    public static ArrayView<T> View<T>(DeviceSpan<T> span)
        where T : unmanaged
    {
        if (span.Buffer == null || span.Length == 0)
        {
            return default;
        }

        MemoryBuffer memory = ((DeviceMemory)span.Buffer.Memory).Buffer;
        if (span.Start > int.MaxValue && memory.AcceleratorType == AcceleratorType.OpenCL)
        {
            Throw.Argument(
                $"A part starts at element {span.Start}; on OpenCL it may start at {int.MaxValue} at most. "
                + "Use several buffers.",
                "start");
        }

        return memory.AsRawArrayView().SubView(span.Start * sizeof(T), span.Length * sizeof(T)).Cast<T>();
    }

    public override void CopyFrom(void* source, long offset, long count)
    {
        nint from = (nint)source;
        core.OnDevice(nameof(CopyFrom), (owner, device) =>
        {
            device.Before(DeviceStep.CopyIn);
            DeviceCopy.In(device.TransferStream, (byte*)from, buffer, offset, count);
            return device.TransferStream;
        });
    }

    public override void CopyTo(void* destination, long offset, long count)
    {
        nint to = (nint)destination;
        core.OnDevice(nameof(CopyTo), (owner, device) =>
        {
            device.Before(DeviceStep.CopyOut);
            DeviceCopy.Out(device.TransferStream, buffer, offset, (byte*)to, count);
            return device.TransferStream;
        });
    }

    protected override void Free() => core.Later(device =>
    {
        // Work that was queued with it may still be under way.
        device.Accelerator.Synchronize();
        device.Free(buffer);
    });
}

/// <summary>Memory of the processor that a device reaches directly.</summary>
internal sealed unsafe class PinnedMemory(DeviceCore core, CPUMemoryBuffer buffer)
    : EngineMemory(core, buffer.LengthInBytes), IHostAddress
{
    public override bool IsPinned => true;

    public byte* Address { get; } = (byte*)buffer.NativePtr;

    public override void CopyFrom(void* source, long offset, long count) =>
        System.Buffer.MemoryCopy(source, Address + offset, count, count);

    public override void CopyTo(void* destination, long offset, long count) =>
        System.Buffer.MemoryCopy(Address + offset, destination, count, count);

    protected override void Free() => core.Later(device =>
    {
        device.Accelerator.Synchronize();
        buffer.Dispose();
    });
}
