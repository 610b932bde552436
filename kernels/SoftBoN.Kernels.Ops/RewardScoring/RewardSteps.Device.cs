using ILGPU;
using ILGPU.Runtime;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// The arguments of pooling in device memory: the twin of <c>RewardPoolingArgs</c>, an empty view where something is
/// absent or not wanted.
/// </summary>
internal struct RewardPoolingDeviceArgs : IRowArgs
{
    public DeviceRows Rows;
    public RewardPoolingKind Kind;
    public float VarianceWeight;
    public ArrayView<float> Powers;

    /// <summary>One per row.</summary>
    public ArrayView<float> Reward;
    public ArrayView<byte> Status;

    /// <summary>Whether a row that had no rewards before keeps its status.</summary>
    public bool KeepsStatus;

    public void Place(in CheckedRows rows) => Rows.Place(in rows);

    public readonly long WorkspaceBytes(DevicePrograms programs) => programs.WorkspaceBytes(in this);

    public readonly void Queue(DevicePrograms programs, AcceleratorStream stream, ArrayView<byte> workspace) =>
        programs.PoolRewards(stream, in this, workspace);
}

/// <summary>The arguments of penalties in device memory: the twin of <c>RewardPenaltyArgs</c>.</summary>
internal struct RewardPenaltyDeviceArgs : IDeviceArgs
{
    /// <summary>One per candidate, all of them.</summary>
    public ArrayView<float> Rewards;
    public KernelPenalty Penalty;
    public float Beta;
    public float Gamma;
    public ArrayView<float> Reward;
    public ArrayView<byte> Status;

    public readonly long WorkspaceBytes(DevicePrograms programs) => 0;

    public readonly void Queue(DevicePrograms programs, AcceleratorStream stream, ArrayView<byte> workspace) =>
        programs.PenalizeRewards(stream, in this);
}

/// <summary>Steps of a plan in device memory; calibration alone is a plan of one step.</summary>
internal struct RewardStepsDeviceArgs : IRowArgs
{
    /// <summary>The prompts, and their candidates' rewards before the first step.</summary>
    public DeviceRows Rows;

    /// <summary>Rewards per candidate, and how far apart they are.</summary>
    public int Members;
    public long MemberStride;

    /// <summary>How far apart candidates are in listed rows; places of rows count in these.</summary>
    public long CandidateStride;

    /// <summary>The steps as <see cref="RewardProgram"/> has them, and which of them.</summary>
    public ArrayView<uint> Program;
    public int FirstStep;
    public int EndStep;
    public KernelPenalty Penalty;

    /// <summary>Whether any step ranks rewards.</summary>
    public bool Ranks;

    /// <summary>Whether candidates are numbered by where their row starts; else by their place in packed arrays.</summary>
    public bool PlaceIsStart;

    /// <summary>The candidates of all rows.</summary>
    public long Candidates;

    /// <summary>A plane per member, or empty where the rewards are the plane of the one there is.</summary>
    public ArrayView<float> Planes;

    /// <summary>Whether the rewards before the first step are in the planes, or in the rewards of the one member.</summary>
    public bool IsInPlace;

    /// <summary>One per candidate.</summary>
    public ArrayView<float> Reward;

    /// <summary>One per candidate, or one per row.</summary>
    public ArrayView<byte> Status;
    public bool IsStatusOfRow;

    /// <summary>Whether a candidate that had no reward before keeps its status.</summary>
    public bool KeepsStatus;

    public void Place(in CheckedRows rows) => Rows.Place(in rows);

    public readonly long WorkspaceBytes(DevicePrograms programs) => programs.WorkspaceBytes(in this);

    public readonly void Queue(DevicePrograms programs, AcceleratorStream stream, ArrayView<byte> workspace) =>
        programs.RunSteps(stream, in this, workspace);
}
