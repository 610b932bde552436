using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Bench.Devices;

/// <summary>
/// The kernels alone, on buffers of their own, by the device's events around a series of launches; beside them a copy of
/// the same rewards on the device, the ceiling of what reads and writes as much.
/// </summary>
internal sealed class KernelTimer : IDisposable
{
    /// <summary>Launches between two events: few enough to be queued at once.</summary>
    private const int Series = 20;

    private readonly Context context;
    private readonly Accelerator accelerator;
    private readonly AcceleratorStream stream;
    private readonly DevicePrograms programs;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> rewards;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> weights;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> index;
    private readonly MemoryBuffer1D<byte, Stride1D.Dense> workspace;
    private readonly SoftWeightsDeviceArgs weigh;
    private readonly SelectionDeviceArgs select;
    private readonly int series;

    public KernelTimer(SoftBonBackend backend, int device, Shape shape, float lambda, AlignedBuffer<float> values)
    {
        context = Context.Create(builder => Configure(builder, backend));
        DevicePrograms.Register(context);
        accelerator = DevicesOf(context, backend)[device].CreateAccelerator(context);
        stream = accelerator.CreateStream();
        programs = new DevicePrograms(accelerator);
        series = backend == SoftBonBackend.IlgpuCpu ? 1 : Series;
        rewards = accelerator.Allocate1D(values.Span.ToArray());
        weights = accelerator.Allocate1D<float>(shape.Elements);
        index = accelerator.Allocate1D<int>(shape.Rows);
        var rows = new Ops.DeviceRows
        {
            Layout = RowLayout.Strided,
            Values = rewards.View,
            Count = shape.Rows,
            Columns = shape.Columns,
            RowStride = shape.Columns,
            ColumnStride = 1,
            Packed = shape.Elements,
            LongestRow = shape.Columns,
        };
        weigh = new SoftWeightsDeviceArgs { Rows = rows, Lambda = new() { Scalar = lambda }, Weights = weights.View };
        select = new SelectionDeviceArgs
        {
            Rows = rows,
            Lambda = new() { Scalar = lambda },
            Seed = new() { Scalar = 1 },
            PositionIsRow = true,
            Draws = 1,
            Index = index.View,
        };
        long bytes = Math.Max(programs.WorkspaceBytes(in weigh), programs.WorkspaceBytes(in select));
        workspace = accelerator.Allocate1D<byte>(Math.Max(1, bytes));
    }

    /// <summary>Seconds of one launch of soft weights.</summary>
    public double Weights() => Time(() => programs.SoftWeights(stream, in weigh, workspace.View));

    /// <summary>Seconds of one launch of selection.</summary>
    public double Select() => Time(() => programs.Select(stream, in select, workspace.View));

    /// <summary>Seconds of one copy of the rewards.</summary>
    public double Copy() => Time(() => rewards.View.BaseView.CopyTo(stream, weights.View.BaseView));

    public void Dispose()
    {
        programs.Dispose();
        accelerator.Dispose();
        context.Dispose();
    }

    private double Time(Action launch)
    {
        using ProfilingMarker start = stream.AddProfilingMarker();
        for (int i = 0; i < series; i++)
        {
            launch();
        }

        using ProfilingMarker end = stream.AddProfilingMarker();
        stream.Synchronize();
        return end.MeasureFrom(start).TotalSeconds / series;
    }

    private static void Configure(Context.Builder builder, SoftBonBackend backend)
    {
        DevicePrograms.Configure(builder);
        builder.Profiling();
        _ = backend switch
        {
            SoftBonBackend.Cuda => builder.Cuda(),
            SoftBonBackend.OpenCl => builder.OpenCL(),
            _ => builder.CPU(),
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
