using ILGPU;
using ILGPU.Runtime;
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

    private readonly DeviceContext context;
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
        context = new DeviceContext(backend, device);
        Accelerator accelerator = context.Accelerator;
        stream = context.Stream;
        programs = new DevicePrograms(accelerator);
        series = backend == SoftBonBackend.IlgpuCpu ? 1 : Series;
        rewards = accelerator.Allocate1D(values.Span.ToArray());
        weights = accelerator.Allocate1D<float>(shape.Elements);
        index = accelerator.Allocate1D<int>(shape.Rows);
        Ops.DeviceRows rows = Dense(rewards, shape);
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

    /// <summary>Rows of equal length, side by side.</summary>
    public static Ops.DeviceRows Dense(MemoryBuffer1D<float, Stride1D.Dense> values, Shape shape) => new()
    {
        Layout = RowLayout.Strided,
        Values = values.View,
        Count = shape.Rows,
        Columns = shape.Columns,
        RowStride = shape.Columns,
        ColumnStride = 1,
        Packed = shape.Elements,
        LongestRow = shape.Columns,
    };

    /// <summary>Seconds of one launch of soft weights.</summary>
    public double Weights() => Time(() => programs.SoftWeights(stream, in weigh, workspace.View));

    /// <summary>Seconds of one launch of selection.</summary>
    public double Select() => Time(() => programs.Select(stream, in select, workspace.View));

    /// <summary>Seconds of one copy of the rewards.</summary>
    public double Copy() => Time(() => rewards.View.BaseView.CopyTo(stream, weights.View.BaseView));

    public void Dispose()
    {
        programs.Dispose();
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
}
