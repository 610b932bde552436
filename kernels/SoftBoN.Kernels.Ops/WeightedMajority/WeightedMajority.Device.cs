using ILGPU;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// The arguments of weighted majority in device memory: the twin of <see cref="WeightedMajorityArgs"/>, an empty view where
/// an output is not wanted.
/// </summary>
internal struct WeightedMajorityDeviceArgs
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
}
