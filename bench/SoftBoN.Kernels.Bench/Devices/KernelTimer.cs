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
    private readonly KernelDevice on;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> rewards;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> weights;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> index;
    private readonly MemoryBuffer1D<byte, Stride1D.Dense> workspace;
    private readonly SoftWeightsDeviceArgs weigh;
    private readonly SelectionDeviceArgs select;

    public KernelTimer(SoftBonBackend backend, int device, Shape shape, float lambda, AlignedBuffer<float> values)
    {
        on = new KernelDevice(backend, device);
        Accelerator accelerator = on.Accelerator;
        rewards = accelerator.Allocate1D(values.Span.ToArray());
        weights = accelerator.Allocate1D<float>(shape.Elements);
        index = accelerator.Allocate1D<int>(shape.Rows);
        Ops.DeviceRows rows = Dense(rewards.View, shape);
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
        long bytes = Math.Max(on.Programs.WorkspaceBytes(in weigh), on.Programs.WorkspaceBytes(in select));
        workspace = accelerator.Allocate1D<byte>(Math.Max(1, bytes));
    }

    /// <summary>Rows of equal length, side by side.</summary>
    public static Ops.DeviceRows Dense(ArrayView<float> values, Shape shape) => new()
    {
        Layout = RowLayout.Strided,
        Values = values,
        Count = shape.Rows,
        Columns = shape.Columns,
        RowStride = shape.Columns,
        ColumnStride = 1,
        Packed = shape.Elements,
        LongestRow = shape.Columns,
    };

    /// <summary>Seconds of one launch of soft weights.</summary>
    public double Weights() => on.Time(_ => on.Programs.SoftWeights(on.Stream, in weigh, workspace.View));

    /// <summary>Seconds of one launch of selection.</summary>
    public double Select() => on.Time(_ => on.Programs.Select(on.Stream, in select, workspace.View));

    /// <summary>Seconds of one copy of the rewards.</summary>
    public double Copy() => on.Time(_ => rewards.View.BaseView.CopyTo(on.Stream, weights.View.BaseView));

    public void Dispose() => on.Dispose();
}
