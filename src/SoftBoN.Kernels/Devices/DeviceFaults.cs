using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace SoftBoN.Kernels.Devices;

/// <summary>What a fault of a device means for the engine.</summary>
internal static class DeviceFaults
{
    private static readonly string CudaOutOfMemory = CudaError.CUDA_ERROR_OUT_OF_MEMORY.ToString();

    /// <summary>Whether there was no memory for an allocation; everything else goes on.</summary>
    public static bool IsOutOfMemory(Exception fault) => fault switch
    {
        DeviceMemoryException or OutOfMemoryException => true,
        CudaException cuda => cuda.Error == CudaOutOfMemory,
        CLException cl => cl.Error is CLError.CL_MEM_OBJECT_ALLOCATION_FAILURE or CLError.CL_OUT_OF_HOST_MEMORY
            or CLError.CL_INVALID_BUFFER_SIZE,
        _ => false,
    };

    /// <summary>The driver's name of what went wrong; null where there is none.</summary>
    public static string? ErrorOf(Exception fault) => fault switch
    {
        CudaException cuda => cuda.Error,
        CLException cl => cl.Error.ToString(),
        _ => null,
    };

    /// <summary>
    /// Whether the device cannot be used any more. A driver that reports anything but a lack of memory keeps reporting
    /// it:
    /// after an illegal access or a lost device, every later call in the same context fails too.
    /// </summary>
    public static bool IsFatal(Exception fault) => fault is AcceleratorException && !IsOutOfMemory(fault);
}
