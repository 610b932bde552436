using ILGPU;
using ILGPU.Runtime;
using SoftBoN.Kernels.Ops;
using RowsOnDevice = SoftBoN.Kernels.Ops.DeviceRows;

namespace SoftBoN.Kernels.Devices;

internal sealed class RewardPoolingLaunch : KernelLaunch
{
    public RewardPoolingDeviceArgs Args;

    public override string Operation => nameof(SoftBonEngine.PoolRewards);

    public override ref RowsOnDevice Rows => ref Args.Rows;

    public override long WorkspaceBytes(DevicePrograms programs) => programs.WorkspaceBytes(in Args);

    public override void Queue(DevicePrograms programs, AcceleratorStream stream, ArrayView<byte> workspace) =>
        programs.PoolRewards(stream, in Args, workspace);

    public override void Clear() => Args = default;
}

/// <summary>A calibration: a plan of one step.</summary>
internal sealed class RewardStepsLaunch : KernelLaunch
{
    public RewardStepsDeviceArgs Args;

    public override string Operation => nameof(SoftBonEngine.CalibrateRewards);

    public override ref RowsOnDevice Rows => ref Args.Rows;

    public override long WorkspaceBytes(DevicePrograms programs) => programs.WorkspaceBytes(in Args);

    public override void Queue(DevicePrograms programs, AcceleratorStream stream, ArrayView<byte> workspace) =>
        programs.RunSteps(stream, in Args, workspace);

    public override void Clear() => Args = default;
}

internal sealed class RewardPenaltyLaunch : KernelLaunch
{
    public RewardPenaltyDeviceArgs Args;
    private RowsOnDevice none;

    public override string Operation => nameof(SoftBonEngine.PenalizeRewards);

    /// <summary>There are candidates and no rows.</summary>
    public override ref RowsOnDevice Rows => ref none;

    public override long WorkspaceBytes(DevicePrograms programs) => 0;

    public override void Queue(DevicePrograms programs, AcceleratorStream stream, ArrayView<byte> workspace) =>
        programs.PenalizeRewards(stream, in Args);

    public override void Clear() => Args = default;
}

internal sealed class RewardPlanLaunch : KernelLaunch
{
    public RewardPlanDeviceArgs Args;

    public override string Operation => nameof(RewardPlan);

    public override ref RowsOnDevice Rows => ref Args.Prompts;

    public override ref RowsOnDevice TokenRows => ref Args.Tokens.Rows;

    public override long WorkspaceBytes(DevicePrograms programs) => programs.WorkspaceBytes(in Args);

    public override void Queue(DevicePrograms programs, AcceleratorStream stream, ArrayView<byte> workspace) =>
        programs.RunPlan(stream, in Args, workspace);

    public override void Clear() => Args = default;
}
