using ILGPU.Runtime;
using SoftBoN.Kernels.Ops;
using RowsOnDevice = SoftBoN.Kernels.Ops.DeviceRows;

namespace SoftBoN.Kernels.Devices;

/// <summary>One operation or copy of a queue.</summary>
internal sealed partial class QueueCommand(DeviceQueue queue) : DeviceCommand
{
    private readonly SlotLaunches launches = new();
    private KernelLaunch? launch;
    private Listing listed;
    private Listing listedTokens;
    private EngineMemory? source;
    private EngineMemory? destination;
    private long sourceStart;
    private long start;
    private long bytes;

    /// <summary>The buffers that it uses.</summary>
    public BufferHolds Holds;

    private string Operation => launch?.Operation ?? "Copy";

    public void Set(in SoftWeightsRequest request)
    {
        DeviceSoftWeightsOutputs outputs = request.Outputs;
        launch = launches.SoftWeights;
        launches.SoftWeights.Args = new SoftWeightsDeviceArgs
        {
            Rows = RowsOf(request.Rewards, request.Rows),
            LambdaKind = request.Lambda.Kind,
            Lambda = ArgOf(request.Lambda.Values),
            Weights = DeviceMemory.View(outputs.Weights),
            LogWeights = DeviceMemory.View(outputs.LogWeights),
            LogMeanExp = DeviceMemory.View(outputs.LogMeanExp),
            EffectiveSampleSize = DeviceMemory.View(outputs.EffectiveSampleSize),
            Entropy = DeviceMemory.View(outputs.Entropy),
            KlToUniform = DeviceMemory.View(outputs.KlToUniform),
            ExpectedReward = DeviceMemory.View(outputs.ExpectedReward),
            ChiSquare = DeviceMemory.View(outputs.ChiSquare),
            KlFromTiltBound = DeviceMemory.View(outputs.KlFromTiltBound),
            KlFromModelBound = DeviceMemory.View(outputs.KlFromModelBound),
            LambdaUsed = DeviceMemory.View(outputs.Lambda),
            Status = DeviceMemory.View(outputs.Status).Cast<byte>(),
        };
    }

    public void Set(in SelectionRequest request)
    {
        DeviceSelectionOptions options = request.Options;
        DeviceSelectionOutputs outputs = request.Outputs;
        launch = launches.Selection;
        launches.Selection.Args = new SelectionDeviceArgs
        {
            Rows = RowsOf(request.Rewards, request.Rows),
            LambdaKind = options.Lambda.Kind,
            Lambda = ArgOf(options.Lambda.Values),
            Seed = ArgOf(options.Seed),
            Position = ArgOf(options.Position),
            PositionIsRow = !options.Position.IsGiven,
            Noise = options.Noise,
            Draws = options.Draws,
            Distinct = options.Distinct,
            Offsets = DeviceMemory.View(options.Offsets),
            Elements = DeviceMemory.View(options.Elements),
            Index = DeviceMemory.View(outputs.Index),
            Reward = DeviceMemory.View(outputs.Reward),
            LogProbability = DeviceMemory.View(outputs.LogProbability),
            Margin = DeviceMemory.View(outputs.Margin),
            LambdaUsed = DeviceMemory.View(outputs.Lambda),
            Status = DeviceMemory.View(outputs.Status).Cast<byte>(),
        };
    }

    public void Set(in MajorityRequest request)
    {
        DeviceMajorityOutputs outputs = request.Outputs;
        launch = launches.Majority;
        launches.Majority.Args = new WeightedMajorityDeviceArgs
        {
            Rows = RowsOf(request.Rewards, request.Rows),
            LambdaKind = request.Lambda.Kind,
            Lambda = ArgOf(request.Lambda.Values),
            Answers = DeviceMemory.View(request.Answers),
            Answer = DeviceMemory.View(outputs.Answer),
            Index = DeviceMemory.View(outputs.Index),
            Share = DeviceMemory.View(outputs.Share),
            LambdaUsed = DeviceMemory.View(outputs.Lambda),
            Status = DeviceMemory.View(outputs.Status).Cast<byte>(),
        };
    }

    public void SetCopy(EngineMemory source, long sourceStart, EngineMemory destination, long start, long bytes)
    {
        launch = null;
        (this.source, this.sourceStart) = (source, sourceStart);
        (this.destination, this.start, this.bytes) = (destination, start, bytes);
    }

    /// <summary>Notes rows that are listed in device memory, which are looked at there before they are used.</summary>
    public void SetRows(long rewards, DeviceRows rows) => listed = ListedOf(rewards, rows);

    public void Clear()
    {
        launch?.Clear();
        (launch, source, destination, listed, listedTokens) = (null, null, null, default, default);
    }

    public override void Execute(DeviceThread owner, DeviceState device)
    {
        if (!queue.HasFailed)
        {
            AcceleratorStream stream = queue.Memory.StreamOf(device);
            if (launch == null)
            {
                Copy(device, stream);
            }
            else
            {
                Launch(owner, device, stream, launch);
            }
        }

        Finish();
    }

    public override void Fail(Exception fault)
    {
        queue.SetFailure(Operation, fault);
        Finish();
    }

    private void Finish()
    {
        Holds.Release();
        queue.Return(this);
    }

    private void Launch(DeviceThread owner, DeviceState device, AcceleratorStream stream, KernelLaunch kernel)
    {
        if (listed.Count > 0)
        {
            CheckedRows rows = queue.Memory.Rows(owner, device, listed.Count);
            device.Programs.CheckRows(stream, in listed.Given, in rows);
            kernel.Place(in rows);
        }

        if (listedTokens.Count > 0)
        {
            CheckedRows rows = queue.Memory.TokenRows(owner, device, listedTokens.Count);
            device.Programs.CheckRows(stream, in listedTokens.Given, in rows);
            launches.Plan.Args.Tokens.Place(in rows);
        }

        long bytes = kernel.WorkspaceBytes(device.Programs);
        ILGPU.ArrayView<byte> workspace = queue.Memory.Workspace(owner, device, bytes);
        device.Queue(kernel, stream, workspace);
    }

    private unsafe void Copy(DeviceState device, AcceleratorStream stream)
    {
        switch (source, destination)
        {
            case (PinnedMemory from, DeviceMemory to):
                device.Before(DeviceStep.CopyIn);
                DeviceCopy.In(stream, from.Address + sourceStart, to.Buffer, start, bytes);
                break;
            case (DeviceMemory from, PinnedMemory to):
                device.Before(DeviceStep.CopyOut);
                DeviceCopy.Out(stream, from.Buffer, sourceStart, to.Address + start, bytes);
                break;
            default:
                MemoryBuffer target = ((DeviceMemory)destination!).Buffer;
                ((DeviceMemory)source!).Buffer.AsRawArrayView(sourceStart, bytes)
                    .CopyTo(stream, target.AsRawArrayView(start, bytes));
                break;
        }
    }

    private static Listing ListedOf(long rewards, DeviceRows rows) => rows.Layout == RowLayout.Strided
        ? default
        : new()
        {
            Count = rows.Count,
            Given = new GivenRows
            {
                IsRagged = rows.Layout == RowLayout.Ragged ? 1 : 0,
                Longest = rows.LongestRow,
                Memory = rewards,
                Candidates = rows.Candidates,
                Starts = DeviceMemory.View(rows.Starts),
                Lengths = DeviceMemory.View(rows.Lengths),
                PackedStarts = DeviceMemory.View(rows.PackedStarts),
            },
        };

    private static RowsOnDevice RowsOf(DeviceSpan<float> rewards, DeviceRows rows) => new()
    {
        Layout = rows.Layout == RowLayout.Strided ? RowLayout.Strided : RowLayout.Mapped,
        Values = DeviceMemory.View(rewards),
        Count = rows.Count,
        Columns = rows.LongestRow,
        RowStride = rows.RowStride,
        ColumnStride = rows.ColumnStride,
        Packed = rows.Candidates,
        LongestRow = rows.LongestRow,
    };

    private static DeviceArg<T> ArgOf<T>(DevicePerRow<T> values)
        where T : unmanaged =>
        new() { Values = DeviceMemory.View(values.Values), Scalar = values.Scalar };

    /// <summary>Rows that are listed in device memory; none where they have strides.</summary>
    private struct Listing
    {
        public int Count;
        public GivenRows Given;
    }
}
