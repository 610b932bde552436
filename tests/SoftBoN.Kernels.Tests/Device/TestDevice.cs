using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Tests.Device;

/// <summary>
/// The device kernels on ILGPU's CPU accelerator, which runs each thread of a group as it is: with warps of 32 threads the
/// kernels that shuffle, with others those that exchange through shared memory; and those whose threads are alone.
/// </summary>
internal sealed class TestDevice : IDisposable
{
    private const byte Untouched = 0x5a;
    private const int Threads = 64;

    private readonly Context context;
    private readonly Accelerator accelerator;
    private readonly DevicePrograms programs;
    private readonly List<MemoryBuffer> buffers = [];

    private TestDevice(
        Action<Context.Builder> devices,
        Predicate<ILGPU.Runtime.Device> wanted,
        DeviceShape? shape = null,
        RowSplit? split = null)
    {
        context = Context.Create(builder =>
        {
            DevicePrograms.Configure(builder);
            devices(builder);
        });
        DevicePrograms.Register(context);
        accelerator = context.Devices.First(device => wanted(device)).CreateAccelerator(context);
        programs = new DevicePrograms(accelerator, shape, split);
    }

    public static TestDevice WithShuffles(RowSplit? split = null) => OnCpu(warp: 32, split: split);

    public static TestDevice WithSharedMemory(RowSplit? split = null) => OnCpu(warp: 16, split: split);

    public static TestDevice Alone(RowSplit? split = null) => OnCpu(warp: 16, DeviceShape.Alone, split);

    /// <summary>The machine's own devices, of each kind the first: a GPU, or OpenCL on the processor.</summary>
    public static IEnumerable<TestDevice> OfThisMachine(RowSplit? split = null)
    {
        using Context context = Context.Create(AllDevices);
        AcceleratorType[] kinds = [.. context.Devices.Select(device => device.AcceleratorType).Distinct()];
        foreach (AcceleratorType kind in kinds)
        {
            if (kind != AcceleratorType.CPU)
            {
                yield return new TestDevice(AllDevices, device => device.AcceleratorType == kind, null, split);
            }
        }
    }

    public override string ToString() => $"{accelerator.AcceleratorType} {accelerator.Name}";

    public void Dispose()
    {
        programs.Dispose();
        accelerator.Dispose();
        context.Dispose();
    }

    public WeightsResult Weights(Batch batch, Temperature lambda, WeightsWanted wanted = WeightsWanted.All)
    {
        var result = new WeightsResult(batch, wanted);
        SoftWeightsDeviceArgs args = default;
        args.Rows = Rows(batch);
        (args.LambdaKind, args.Lambda) = (lambda.Kind, Lambda(lambda));
        args.Weights = Output(result.Weights);
        args.LogWeights = Output(result.LogWeights);
        args.LogMeanExp = Output(result.LogMeanExp);
        args.EffectiveSampleSize = Output(result.EffectiveSampleSize);
        args.Entropy = Output(result.Entropy);
        args.KlToUniform = Output(result.KlToUniform);
        args.ExpectedReward = Output(result.ExpectedReward);
        args.ChiSquare = Output(result.ChiSquare);
        args.KlFromTiltBound = Output(result.KlFromTiltBound);
        args.KlFromModelBound = Output(result.KlFromModelBound);
        args.LambdaUsed = Output(result.Lambda);
        args.Status = StatusOutput(result.Status);
        programs.SoftWeights(accelerator.DefaultStream, in args, Workspace(programs.WorkspaceBytes(in args)));
        accelerator.Synchronize();
        Read(args.Weights, result.Weights);
        Read(args.LogWeights, result.LogWeights);
        Read(args.LogMeanExp, result.LogMeanExp);
        Read(args.EffectiveSampleSize, result.EffectiveSampleSize);
        Read(args.Entropy, result.Entropy);
        Read(args.KlToUniform, result.KlToUniform);
        Read(args.ExpectedReward, result.ExpectedReward);
        Read(args.ChiSquare, result.ChiSquare);
        Read(args.KlFromTiltBound, result.KlFromTiltBound);
        Read(args.KlFromModelBound, result.KlFromModelBound);
        Read(args.LambdaUsed, result.Lambda);
        ReadStatus(args.Status, result.Status);
        Free();
        return result;
    }

    public SelectionResult Select(Batch batch, Pick pick, SelectionWanted wanted = SelectionWanted.All)
    {
        var result = new SelectionResult(batch.Count, pick.Draws, wanted);
        SelectionDeviceArgs args = default;
        args.Rows = Rows(batch);
        (args.LambdaKind, args.Lambda) = (pick.Lambda.Kind, Lambda(pick.Lambda));
        args.Seed = PerRow(pick.Seeds);
        args.Position = PerRow(pick.Positions);
        args.PositionIsRow = pick.Positions.Length == 0;
        (args.Noise, args.Draws, args.Distinct) = (pick.Noise, pick.Draws, pick.Distinct);
        args.Offsets = Input(pick.Offsets);
        args.Elements = Input(pick.Elements);
        args.Index = Output(result.Index);
        args.Reward = Output(result.Reward);
        args.LogProbability = Output(result.LogProbability);
        args.Margin = Output(result.Margin);
        args.LambdaUsed = Output(result.Lambda);
        args.Status = StatusOutput(result.Status);
        programs.Select(accelerator.DefaultStream, in args, Workspace(programs.WorkspaceBytes(in args)));
        accelerator.Synchronize();
        Read(args.Index, result.Index);
        Read(args.Reward, result.Reward);
        Read(args.LogProbability, result.LogProbability);
        Read(args.Margin, result.Margin);
        Read(args.LambdaUsed, result.Lambda);
        ReadStatus(args.Status, result.Status);
        Free();
        return result;
    }

    public MajorityResult Majority(Batch batch, Temperature lambda, int[] answers)
    {
        var result = new MajorityResult(batch.Count);
        WeightedMajorityDeviceArgs args = default;
        args.Rows = Rows(batch);
        (args.LambdaKind, args.Lambda) = (lambda.Kind, Lambda(lambda));
        args.Answers = Input(answers);
        args.Answer = Output(result.Answer);
        args.Index = Output(result.Index);
        args.Share = Output(result.Share);
        args.LambdaUsed = Output(result.Lambda);
        args.Status = StatusOutput(result.Status);
        programs.Majority(accelerator.DefaultStream, in args, Workspace(programs.WorkspaceBytes(in args)));
        accelerator.Synchronize();
        Read(args.Answer, result.Answer);
        Read(args.Index, result.Index);
        Read(args.Share, result.Share);
        Read(args.LambdaUsed, result.Lambda);
        ReadStatus(args.Status, result.Status);
        Free();
        return result;
    }

    private Ops.DeviceRows Rows(Batch batch)
    {
        Ops.DeviceRows rows = default;
        rows.Layout = batch.Layout;
        rows.Values = Input(batch.Memory);
        rows.Count = batch.Count;
        (rows.Columns, rows.RowStride, rows.ColumnStride) = batch.Strides;
        rows.Starts = Input(batch.Starts);
        rows.Packed = batch.Packed;
        int[] lengths = [.. Enumerable.Range(0, batch.Count).Select(batch.Length)];
        rows.LongestRow = lengths.DefaultIfEmpty().Max();
        if (batch.Layout == RowLayout.Mapped)
        {
            rows.Lengths = Input(lengths);
            rows.PackedStarts = Input(Array.ConvertAll(batch.PackedStarts()[..batch.Count], start => (long)start));
        }

        return rows;
    }

    private DeviceArg<float> Lambda(Temperature lambda) => lambda.IsPerRow
        ? new DeviceArg<float> { Values = Input(lambda.Values) }
        : new DeviceArg<float> { Scalar = lambda.Values[0] };

    private DeviceArg<ulong> PerRow(ulong[] values) => values.Length > 1
        ? new DeviceArg<ulong> { Values = Input(values) }
        : new DeviceArg<ulong> { Scalar = values.FirstOrDefault() };

    private ArrayView<T> Input<T>(T[] values)
        where T : unmanaged
    {
        if (values.Length == 0)
        {
            return default;
        }

        MemoryBuffer1D<T, Stride1D.Dense> buffer = accelerator.Allocate1D(values);
        buffers.Add(buffer);
        return buffer.View;
    }

    /// <summary>Memory that holds nothing of an earlier call, so that an output that is not written is seen.</summary>
    private ArrayView<T> Output<T>(T[] values)
        where T : unmanaged
    {
        if (values.Length == 0)
        {
            return default;
        }

        MemoryBuffer1D<T, Stride1D.Dense> buffer = accelerator.Allocate1D<T>(values.Length);
        buffers.Add(buffer);
        buffer.MemSet(accelerator.DefaultStream, Untouched);
        return buffer.View;
    }

    private ArrayView<byte> StatusOutput(RowStatus[] values) => Output(new byte[values.Length]);

    private ArrayView<byte> Workspace(long bytes) => Output(new byte[bytes]);

    private static void Read<T>(ArrayView<T> view, T[] values)
        where T : unmanaged
    {
        if (values.Length > 0)
        {
            view.CopyToCPU(values);
        }
    }

    private static void ReadStatus(ArrayView<byte> view, RowStatus[] values)
    {
        byte[] bytes = new byte[values.Length];
        Read(view, bytes);
        bytes.CopyTo(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()));
    }

    private void Free()
    {
        buffers.ForEach(buffer => buffer.Dispose());
        buffers.Clear();
    }

    private static TestDevice OnCpu(int warp, DeviceShape? shape = null, RowSplit? split = null) =>
        new(builder => builder.CPU(new CPUDevice(warp, Threads / warp, 1)), _ => true, shape, split);

    private static void AllDevices(Context.Builder builder) => builder.OpenCL().Cuda();
}
