using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using SoftBoN.Kernels.Devices;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Bench.Devices;

/// <summary>A device with its compiled kernels and ILGPU's algorithms, and the time of what is queued on it, by its own events.</summary>
internal sealed class KernelDevice : IDisposable
{
    /// <summary>Launches between two events: few enough to be queued at once.</summary>
    private const int Series = 20;

    private readonly Context context;
    private readonly int series;

    public KernelDevice(SoftBonBackend backend, int device)
    {
        context = Context.Create(builder => Configure(builder, backend));
        DevicePrograms.Register(context);
        Accelerator = DevicesOf(context, backend)[device].CreateAccelerator(context);
        Stream = Accelerator.CreateStream();
        Programs = new DevicePrograms(Accelerator);
        series = backend == SoftBonBackend.IlgpuCpu ? 1 : Series;
    }

    public Accelerator Accelerator { get; }

    public AcceleratorStream Stream { get; }

    public DevicePrograms Programs { get; }

    /// <summary>Seconds of one launch of a series.</summary>
    /// <param name="launch">Queues the launch of a number.</param>
    public double Time(Action<int> launch)
    {
        using ProfilingMarker start = Stream.AddProfilingMarker();
        for (int i = 0; i < series; i++)
        {
            launch(i);
        }

        using ProfilingMarker end = Stream.AddProfilingMarker();
        Stream.Synchronize();
        return end.MeasureFrom(start).TotalSeconds / series;
    }

    public void Dispose()
    {
        Programs.Dispose();
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
            _ => builder.CPU(DeviceOpener.CpuDevice()),
        };
    }

    private static List<Device> DevicesOf(Context context, SoftBonBackend backend) => [.. context.Devices.Where(device =>
        device.AcceleratorType == backend switch
        {
            SoftBonBackend.Cuda => AcceleratorType.Cuda,
            SoftBonBackend.OpenCl => AcceleratorType.OpenCL,
            _ => AcceleratorType.CPU,
        })];
}
