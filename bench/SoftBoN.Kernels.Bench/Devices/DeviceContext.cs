using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Bench.Devices;

/// <summary>A device with a stream, set up as the engine does it; profiling on, and ILGPU's algorithms there.</summary>
internal sealed class DeviceContext : IDisposable
{
    private readonly Context context;

    public DeviceContext(SoftBonBackend backend, int device)
    {
        context = Context.Create(builder => Configure(builder, backend));
        DevicePrograms.Register(context);
        Accelerator = DevicesOf(backend)[device].CreateAccelerator(context);
        Stream = Accelerator.CreateStream();
    }

    public Accelerator Accelerator { get; }

    public AcceleratorStream Stream { get; }

    public void Dispose()
    {
        Accelerator.Dispose();
        context.Dispose();
    }

    private static void Configure(Context.Builder builder, SoftBonBackend backend)
    {
        DevicePrograms.Configure(builder);
        builder.Profiling();
        builder.EnableAlgorithms();
        _ = backend switch
        {
            SoftBonBackend.Cuda => builder.Cuda(),
            SoftBonBackend.OpenCl => builder.OpenCL(),
            _ => builder.CPU(),
        };
    }

    private List<Device> DevicesOf(SoftBonBackend backend) => [.. context.Devices.Where(device =>
        device.AcceleratorType == backend switch
        {
            SoftBonBackend.Cuda => AcceleratorType.Cuda,
            SoftBonBackend.OpenCl => AcceleratorType.OpenCL,
            _ => AcceleratorType.CPU,
        })];
}
