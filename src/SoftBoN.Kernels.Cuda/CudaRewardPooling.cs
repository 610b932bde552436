namespace SoftBoN.Kernels.Cuda;

/// <summary>
/// One reward from each row of rewards in device memory: a candidate's from those of its tokens, or of an ensemble's members.
/// All addresses are device pointers, 0 where an output is not wanted.
/// </summary>
/// <remarks><inheritdoc cref="CudaSoftWeights"/></remarks>
public readonly record struct CudaRewardPooling
{
    /// <summary>Float32 rewards, laid out by <see cref="Rows"/>.</summary>
    public nuint Rewards { get; init; }

    /// <summary>
    /// A row for each candidate, of at most 2^24 rewards. Members [M, candidates] are <c>new CudaRows(candidates, M, 1,
    /// candidates)</c>.
    /// </summary>
    public CudaRows Rows { get; init; }

    /// <summary>
    /// How a row becomes one reward; a discounted sum by what
    /// <see cref="SoftBonCuda.Prepare(CudaPooling, int)"/> returns.
    /// </summary>
    public CudaPooling Pooling { get; init; }

    /// <summary>Float32, one per row.</summary>
    public nuint Reward { get; init; }

    /// <summary>A byte per row: the number of its RowStatus.</summary>
    public nuint Status { get; init; }
}
