using ILGPU;
using ILGPU.Runtime;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// The arguments of selection in device memory: the twin of <c>SelectionArgs</c>, an empty view where something is
/// absent or not wanted.
/// </summary>
internal struct SelectionDeviceArgs : IRowArgs
{
    public DeviceRows Rows;
    public LambdaKind LambdaKind;
    public DeviceArg<float> Lambda;
    public DeviceArg<ulong> Seed;
    public DeviceArg<ulong> Position;

    /// <summary>No positions were given: row i has position FirstRow + i.</summary>
    public bool PositionIsRow;

    /// <summary>The number of row 0 in the caller's batch.</summary>
    public long FirstRow;

    public SelectionNoise Noise;
    public int Draws;
    public bool Distinct;

    /// <summary>Packed, one per candidate.</summary>
    public ArrayView<float> Offsets;
    public ArrayView<uint> Elements;

    /// <summary>One per draw.</summary>
    public ArrayView<int> Index;
    public ArrayView<float> Reward;
    public ArrayView<float> LogProbability;
    public ArrayView<float> Margin;

    /// <summary>One per row.</summary>
    public ArrayView<float> LambdaUsed;
    public ArrayView<byte> Status;

    public void Place(in CheckedRows rows) => Rows.Place(in rows);

    public readonly long WorkspaceBytes(DevicePrograms programs) => programs.WorkspaceBytes(in this);

    public readonly void Queue(DevicePrograms programs, AcceleratorStream stream, ArrayView<byte> workspace) =>
        programs.Select(stream, in this, workspace);
}
