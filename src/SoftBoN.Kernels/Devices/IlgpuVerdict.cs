using System.Diagnostics.CodeAnalysis;
using ILGPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Devices;

/// <summary>Which devices ILGPU lists, in its order, once the context is set up as the engine sets it up.</summary>
internal sealed class IlgpuVerdict(IReadOnlyList<nint> ids, string reason, bool helpsToUpdate)
{
    public static IlgpuVerdict NotAsked { get; } = new([], DeviceFeature.Obstacle, helpsToUpdate: false);

    /// <summary>Why a device is not listed.</summary>
    public string Reason => reason;

    public int IndexOf(nint id) => ids.ToList().IndexOf(id);

    public string CureFor(string update) => helpsToUpdate ? update : "";

    [RequiresDynamicCode(DeviceFeature.Why)]
    [RequiresUnreferencedCode(DeviceFeature.Why)]
    public static IlgpuVerdict OnCuda() => Ask(
        builder => builder.Cuda(),
        context => [.. context.Devices.OfType<CudaDevice>().Select(device => (nint)device.DeviceId)]);

    [RequiresDynamicCode(DeviceFeature.Why)]
    [RequiresUnreferencedCode(DeviceFeature.Why)]
    public static IlgpuVerdict OnOpenCl()
    {
        NativeLibraries.LetIlgpuFindOpenCl();
        return Ask(
            builder => builder.OpenCL(),
            context => [.. context.Devices.OfType<CLDevice>().Select(device => device.DeviceId)]);
    }

    private static IlgpuVerdict Ask(Action<Context.Builder> backend, Func<Context, nint[]> list)
    {
        try
        {
            using Context context = Context.Create(builder =>
            {
                DevicePrograms.Configure(builder);
                backend(builder);
            });
            return new IlgpuVerdict(list(context), "ILGPU does not list the device", helpsToUpdate: true);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return new IlgpuVerdict([], $"ILGPU failed: {DeviceExecutionException.Chain(fault)}", helpsToUpdate: true);
        }
    }
}
