namespace SoftBoN.Kernels.Cuda;

/// <summary>
/// The rewards of rows in device memory on a scale; all addresses are device pointers, 0 where an output is not wanted.
/// </summary>
/// <remarks><inheritdoc cref="CudaSoftWeights"/></remarks>
public readonly record struct CudaRewardCalibration
{
    /// <summary>Float32 rewards, laid out by <see cref="Rows"/>.</summary>
    public nuint Rewards { get; init; }

    /// <summary>Where rows, one per prompt, lie.</summary>
    public CudaRows Rows { get; init; }

    /// <summary>The calibration, prepared as the one step of one member.</summary>
    public CudaRewardSteps Steps { get; init; }

    /// <summary>Float32, packed, one per candidate.</summary>
    public nuint Reward { get; init; }

    /// <summary>A byte per row: the number of its RowStatus.</summary>
    public nuint Status { get; init; }
}
