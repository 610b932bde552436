using ILGPU;
using ILGPU.Runtime;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// The arguments of weighted majority in device memory: the twin of <c>WeightedMajorityArgs</c>, an empty view where
/// an output is not wanted.
/// </summary>
internal struct WeightedMajorityDeviceArgs : IRowArgs
{
    public DeviceRows Rows;
    public LambdaKind LambdaKind;
    public DeviceArg<float> Lambda;

    /// <summary>Packed, one per candidate: the answer's number; a negative one abstains.</summary>
    public ArrayView<int> Answers;

    /// <summary>One per row.</summary>
    public ArrayView<int> Answer;
    public ArrayView<int> Index;
    public ArrayView<float> Share;
    public ArrayView<float> LambdaUsed;
    public ArrayView<byte> Status;

    public void Place(in CheckedRows rows) => Rows.Place(in rows);

    public readonly long WorkspaceBytes(DevicePrograms programs) => programs.WorkspaceBytes(in this);

    public readonly void Queue(DevicePrograms programs, AcceleratorStream stream, ArrayView<byte> workspace) =>
        programs.Majority(stream, in this, workspace);
}

/// <summary>The arguments of the count of votes as the kernel takes them, weights and statuses among them.</summary>
internal struct WeightedMajorityKernelArgs
{
    public const int WantAnswer = 1 << 0;
    public const int WantIndex = 1 << 1;
    public const int WantShare = 1 << 2;
    public const int WantStatus = 1 << 3;

    public KernelRows Rows;
    public GroupMemory Shared;
    public ArrayView<float> Weights;
    public ArrayView<byte> WeightStatus;
    public ArrayView<int> Answers;

    public int Wanted;
    public ArrayView<int> Answer;
    public ArrayView<int> Index;
    public ArrayView<float> Share;
    public ArrayView<byte> Status;
}
