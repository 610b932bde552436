using ILGPU;
using ILGPU.Runtime;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// The arguments of soft weights in device memory: the twin of <c>SoftWeightsArgs</c>, an empty view where an output
/// is not wanted.
/// </summary>
internal struct SoftWeightsDeviceArgs : IRowArgs
{
    public DeviceRows Rows;
    public LambdaKind LambdaKind;
    public DeviceArg<float> Lambda;

    /// <summary>Packed, one per candidate.</summary>
    public ArrayView<float> Weights;
    public ArrayView<float> LogWeights;

    /// <summary>One per row.</summary>
    public ArrayView<float> LogMeanExp;
    public ArrayView<float> EffectiveSampleSize;
    public ArrayView<float> Entropy;
    public ArrayView<float> KlToUniform;
    public ArrayView<float> ExpectedReward;
    public ArrayView<float> ChiSquare;
    public ArrayView<float> KlFromTiltBound;
    public ArrayView<float> KlFromModelBound;
    public ArrayView<float> LambdaUsed;
    public ArrayView<byte> Status;

    public void Place(in CheckedRows rows) => Rows.Place(in rows);

    public readonly long WorkspaceBytes(DevicePrograms programs) => programs.WorkspaceBytes(in this);

    public readonly void Queue(DevicePrograms programs, AcceleratorStream stream, ArrayView<byte> workspace) =>
        programs.SoftWeights(stream, in this, workspace);
}
