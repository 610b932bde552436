using System.Runtime.InteropServices;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.OpenCL;

namespace SoftBoN.Kernels.Devices;

/// <summary>
/// Copies between a device and the processor, queued on a stream. On OpenCL the driver is called directly: ILGPU 1.5.3
/// takes the
/// length of whole buffers there, whatever part of them is to be copied.
/// </summary>
internal static unsafe class DeviceCopy
{
    private static readonly Lazy<(nint Write, nint Read)> OpenCl = new(() =>
        NativeLibraries.TryLoadOpenCl(out nint library)
            ? (NativeLibrary.GetExport(library, "clEnqueueWriteBuffer"),
                NativeLibrary.GetExport(library, "clEnqueueReadBuffer"))
            : throw new DllNotFoundException(NativeLibraries.OpenClName));

    /// <summary>To the device; the source has to stay as it is until the stream has come to its end.</summary>
    public static void In(AcceleratorStream stream, byte* source, MemoryBuffer device, long offset, long bytes)
    {
        Telemetry.Transferred(stream.Accelerator.Name, "in", bytes);
        if (stream is CLStream queue)
        {
            Enqueue(OpenCl.Value.Write, queue, device, offset, bytes, source);
            return;
        }

        using var host = CPUMemoryBuffer.Create(stream.Accelerator, (nint)source, bytes, 1);
        device.AsRawArrayView(offset, bytes).CopyFrom(stream, host.AsRawArrayView(0, bytes));
    }

    /// <summary>From the device; the destination is filled when the stream has come to its end.</summary>
    public static void Out(AcceleratorStream stream, MemoryBuffer device, long offset, byte* destination, long bytes)
    {
        Telemetry.Transferred(stream.Accelerator.Name, "out", bytes);
        if (stream is CLStream queue)
        {
            Enqueue(OpenCl.Value.Read, queue, device, offset, bytes, destination);
            return;
        }

        using var host = CPUMemoryBuffer.Create(stream.Accelerator, (nint)destination, bytes, 1);
        device.AsRawArrayView(offset, bytes).CopyTo(stream, host.AsRawArrayView(0, bytes));
    }

    private static void Enqueue(nint function, CLStream queue, MemoryBuffer device, long offset, long bytes, byte* host)
    {
        const uint NotBlocking = 0;
        var enqueue =
            (delegate* unmanaged<nint, nint, uint, nuint, nuint, void*, uint, void*, void*, int>)function;
        int result = enqueue(
            queue.CommandQueue, device.NativePtr, NotBlocking, (nuint)offset, (nuint)bytes, host, 0, null, null);
        CLException.ThrowIfFailed((CLError)result);
    }
}
