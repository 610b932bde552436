using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.CheckPtx;

/// <summary>
/// Compiles kernels where there is no device. Each gets a context of its own: after a kernel that fails, ILGPU 1.5.3
/// fails every later one of the same context.
/// </summary>
/// <param name="configure">What a context needs for the kernels.</param>
/// <param name="register">Registers the kernels' intrinsics.</param>
internal sealed class OfflineCompiler(Action<Context.Builder> configure, Action<Context> register)
{
    /// <summary>The newest version of PTX that CUDA's assemblers from 11.8 on take.</summary>
    private static readonly CudaInstructionSet Version = CudaInstructionSet.ISA_78;

    /// <summary>OpenCL as the poorest device offers it that ILGPU accepts: no half, no double, no sub-groups.</summary>
    private static readonly CLCapabilityContext PoorestDevice = new(
        float16: false, float64: false, genericAddressSpace: true, int64_Atomics: true, subGroups: false);

    /// <summary>The compiler of the library's own kernels.</summary>
    public static OfflineCompiler OfLibrary { get; } = new(DevicePrograms.Configure, DevicePrograms.Register);

    /// <summary>The PTX of a kernel.</summary>
    public string Ptx(DeviceKernel kernel, CudaArchitecture architecture)
    {
        using Context context = NewContext();
        using var backend = new PTXBackend(context, architecture, Version, null!);
        return ((PTXCompiledKernel)Compile(backend, kernel)).PTXAssembly;
    }

    /// <summary>The OpenCL C of a kernel.</summary>
    public string OpenClC(DeviceKernel kernel)
    {
        using Context context = NewContext();
        using var backend = new CLBackend(context, PoorestDevice, CLDeviceVendor.Other, CLCVersion.CL30);
        return ((CLCompiledKernel)Compile(backend, kernel)).Source;
    }

    private static CompiledKernel Compile(Backend backend, DeviceKernel kernel) => backend.Compile(
        EntryPointDescription.FromExplicitlyGroupedKernel(kernel.Method),
        new KernelSpecialization(kernel.GroupSize, null));

    private Context NewContext()
    {
        Context context = Context.Create(builder => configure(builder));
        register(context);
        return context;
    }
}
