using SoftBoN.Kernels.Ops;
using RowsOnDevice = SoftBoN.Kernels.Ops.DeviceRows;

namespace SoftBoN.Kernels.Devices;

/// <summary>A calibration, and the words of the one step that it is.</summary>
internal unsafe struct PlannedCalibration
{
    public RewardCalibrationArgs Args;
    public uint* Words;
    public long WordCount;
}

internal readonly unsafe struct RewardCalibrationCall : IHostCall<PlannedCalibration>
{
    public static string Operation => nameof(SoftBonEngine.CalibrateRewards);

    public static ref readonly RowSource RowsOf(in PlannedCalibration call) => ref call.Args.Rows;

    public static void List(in PlannedCalibration call, ref OperandTable operands)
    {
        operands.Shared(call.Words, call.WordCount);
        operands.Output(call.Args.Reward, Per.Candidate);
        operands.Output(call.Args.Status, Per.Row);
    }

    public static KernelLaunch Bind(
        in PlannedCalibration call, in RowChunk chunk, in RowsOnDevice rows, in ChunkViews views, SlotLaunches launches)
    {
        launches.Steps.Args = new RewardStepsDeviceArgs
        {
            Rows = rows,
            Members = 1,
            CandidateStride = 1,
            Program = views.Of<uint>(0),
            EndStep = 1,
            Ranks = call.Args.Kind == RewardCalibrationKind.Quantile,
            Candidates = chunk.Packed,
            Reward = views.Of<float>(1),
            Status = views.Of<byte>(2),
            IsStatusOfRow = true,
        };
        return launches.Steps;
    }
}
