using ILGPU;
using ILGPU.Runtime;
using SoftBoN.Kernels.Bench.Devices;
using SoftBoN.Kernels.Bench.Setup;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Bench.Price;

/// <summary>Log-sum-exps of rows on a device: our kernel, and one by ILGPU.Algorithms' functions and group reductions.</summary>
internal sealed class DeviceLogMeanExpPair : PairCase
{
    private const float Lambda = Job.UsualLambda;

    private readonly AlignedBuffer<float> values;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> results;

    public DeviceLogMeanExpPair(SoftBonBackend backend, Shape shape)
        : base(shape, sizeof(float), onDevice: true)
    {
        values = Own(Rewards.Normal(shape));
        KernelDevice device = Own(new KernelDevice(backend, device: 0));
        DevicePrograms programs = device.Programs;
        MemoryBuffer1D<float, Stride1D.Dense> rewards = device.Accelerator.Allocate1D(values.Span.ToArray());
        results = device.Accelerator.Allocate1D<float>(shape.Rows);
        var args = new SoftWeightsDeviceArgs
        {
            Rows = KernelTimer.Dense(rewards.View, shape),
            Lambda = new() { Scalar = Lambda },
            LogMeanExp = results.View,
        };
        MemoryBuffer1D<byte, Stride1D.Dense> workspace =
            device.Accelerator.Allocate1D<byte>(Math.Max(1, programs.WorkspaceBytes(in args)));
        Add("log-sum-exp, ours", () =>
        {
            programs.SoftWeights(device.Stream, in args, workspace.View);
            device.Stream.Synchronize();
        });
        var library = device.Accelerator.LoadKernel<ArrayView<float>, ArrayView<float>, int, float>(
            LibraryKernels.LogMeanExp);
        Add("XMath and group reductions", () =>
        {
            library(
                device.Stream,
                new KernelConfig(shape.Rows, LibraryKernels.GroupSize),
                rewards.View,
                results.View,
                shape.Columns,
                Lambda);
            device.Stream.Synchronize();
        });
    }

    public override void Check()
    {
        foreach (Contender contender in Contenders)
        {
            results.MemSetToZero();
            contender.Run();
            float[] found = results.GetAsArray1D();
            for (int row = 0; row < Shape.Rows; row++)
            {
                var exact = new ExactRow(values.Span.Slice(row * Shape.Columns, Shape.Columns), Lambda);
                Expect.Near(found[row], exact.LogMeanExp, 1e-5, $"{contender.Name}: log-mean-exp of row {row}");
            }
        }
    }
}
