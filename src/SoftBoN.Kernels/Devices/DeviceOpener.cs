using System.Diagnostics.CodeAnalysis;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Devices;

/// <summary>
/// Opens accelerators. A device is always picked from its own backend's list: where that is empty, nothing is opened.
/// </summary>
internal static class DeviceOpener
{
    /// <summary>Opens a device and compiles all kernels for it, on the thread that shall own it.</summary>
    [RequiresDynamicCode(DeviceFeature.Why)]
    [RequiresUnreferencedCode(DeviceFeature.Why)]
    public static DeviceState Open(DeviceRequest request)
    {
        request.Faults?.Before(DeviceStep.Open);
        NativeLibraries.LetIlgpuFindOpenCl();
        Context context = Context.Create(builder => Configure(builder, request));
        Accelerator? accelerator = null;
        try
        {
            DevicePrograms.Register(context);
            accelerator = Pick(context, request).CreateAccelerator(context);
            return new DeviceState(context, accelerator, request);
        }
        catch
        {
            accelerator?.Dispose();
            context.Dispose();
            throw;
        }
    }

    private static void Configure(Context.Builder builder, DeviceRequest request)
    {
        DevicePrograms.Configure(builder);
        switch (request.Backend)
        {
            case SoftBonBackend.Cuda:
                builder.Cuda();
                break;
            case SoftBonBackend.OpenCl:
                builder.OpenCL();
                break;
            default:
                builder.CPU(CpuDevice());
                break;
        }
    }

    private static Device Pick(Context context, DeviceRequest request)
    {
        Device[] devices = request.Backend switch
        {
            SoftBonBackend.Cuda => [.. context.Devices.OfType<CudaDevice>()],
            SoftBonBackend.OpenCl =>
                [.. context.Devices.OfType<CLDevice>().Where(device => !request.GpuOnly || IsGpu(device))],
            _ => [.. context.Devices.OfType<CPUDevice>()],
        };
        return request.Index < devices.Length
            ? devices[request.Index]
            : throw new DeviceNotFoundException(
                $"ILGPU lists {devices.Length} such devices, and number {request.Index} was asked for, counted from 0.");
    }

    /// <summary>
    /// Warps as NVIDIA's, so that shuffles are exercised; two of them, so that groups of several warps are; no more, as
    /// each
    /// of their threads is a thread of the system.
    /// </summary>
    public static CPUDevice CpuDevice() => new(
        numThreadsPerWarp: 32, numWarpsPerMultiprocessor: 2, numMultiprocessors: 1);

    private static bool IsGpu(CLDevice device) => (device.DeviceType & CLDeviceType.CL_DEVICE_TYPE_GPU) != 0;
}
