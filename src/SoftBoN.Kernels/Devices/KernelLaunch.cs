using ILGPU;
using ILGPU.Runtime;
using SoftBoN.Kernels.Ops;
using RowsOnDevice = SoftBoN.Kernels.Ops.DeviceRows;

namespace SoftBoN.Kernels.Devices;

/// <summary>
/// An operation with its arguments in device memory, ready to be queued on a stream; used over and over.
/// </summary>
internal abstract class KernelLaunch
{
    /// <summary>The operation's name, for people.</summary>
    public abstract string Operation { get; }

    /// <summary>The device memory that it needs besides its arguments.</summary>
    public abstract long WorkspaceBytes(DevicePrograms programs);

    /// <summary>The rows, for setting what is known last.</summary>
    public abstract ref RowsOnDevice Rows { get; }

    /// <summary>The rows of token rewards, where those are rows too.</summary>
    public virtual ref RowsOnDevice TokenRows => throw new InvalidOperationException($"{Operation} has no token rows.");

    public abstract void Queue(DevicePrograms programs, AcceleratorStream stream, ArrayView<byte> workspace);

    /// <summary>Lets go of memory that the arguments name.</summary>
    public abstract void Clear();
}

internal sealed class SoftWeightsLaunch : KernelLaunch
{
    public SoftWeightsDeviceArgs Args;

    public override string Operation => nameof(SoftBonEngine.SoftWeights);

    public override ref RowsOnDevice Rows => ref Args.Rows;

    public override long WorkspaceBytes(DevicePrograms programs) => programs.WorkspaceBytes(in Args);

    public override void Queue(DevicePrograms programs, AcceleratorStream stream, ArrayView<byte> workspace) =>
        programs.SoftWeights(stream, in Args, workspace);

    public override void Clear() => Args = default;
}

internal sealed class SelectionLaunch : KernelLaunch
{
    public SelectionDeviceArgs Args;

    public override string Operation => nameof(SoftBonEngine.Select);

    public override ref RowsOnDevice Rows => ref Args.Rows;

    public override long WorkspaceBytes(DevicePrograms programs) => programs.WorkspaceBytes(in Args);

    public override void Queue(DevicePrograms programs, AcceleratorStream stream, ArrayView<byte> workspace) =>
        programs.Select(stream, in Args, workspace);

    public override void Clear() => Args = default;
}

internal sealed class MajorityLaunch : KernelLaunch
{
    public WeightedMajorityDeviceArgs Args;

    public override string Operation => nameof(SoftBonEngine.Majority);

    public override ref RowsOnDevice Rows => ref Args.Rows;

    public override long WorkspaceBytes(DevicePrograms programs) => programs.WorkspaceBytes(in Args);

    public override void Queue(DevicePrograms programs, AcceleratorStream stream, ArrayView<byte> workspace) =>
        programs.Majority(stream, in Args, workspace);

    public override void Clear() => Args = default;
}

internal sealed class TokenTiltLaunch : KernelLaunch
{
    public TokenTiltDeviceArgs Args;
    private RowsOnDevice none;

    public override string Operation => nameof(SoftBonEngine.TiltTokens);

    /// <summary>Rows of tokens are never listed one by one.</summary>
    public override ref RowsOnDevice Rows => ref none;

    public override long WorkspaceBytes(DevicePrograms programs) => programs.WorkspaceBytes(in Args);

    public override void Queue(DevicePrograms programs, AcceleratorStream stream, ArrayView<byte> workspace) =>
        programs.TiltTokens(stream, in Args, workspace);

    public override void Clear() => Args = default;
}

internal sealed class RewardScoringLaunch : KernelLaunch
{
    public RewardScoringDeviceArgs Args;
    private RowsOnDevice none;

    public override string Operation => nameof(SoftBonEngine.ScoreRewards);

    /// <summary>Rows of hidden values are never listed one by one.</summary>
    public override ref RowsOnDevice Rows => ref none;

    public override long WorkspaceBytes(DevicePrograms programs) => programs.WorkspaceBytes(in Args);

    public override void Queue(DevicePrograms programs, AcceleratorStream stream, ArrayView<byte> workspace) =>
        programs.ScoreRewards(stream, in Args, workspace);

    public override void Clear() => Args = default;
}
