namespace SoftBoN.Kernels.Cuda;

/// <summary>Weighted majority over rows in device memory; all addresses are device pointers, 0 where absent or not wanted.</summary>
/// <remarks><inheritdoc cref="CudaSoftWeights"/></remarks>
public readonly record struct CudaMajority
{
    /// <summary>Float32 rewards, laid out by <see cref="Rows"/>.</summary>
    public nuint Rewards { get; init; }

    /// <summary>Where rows lie.</summary>
    public CudaRows Rows { get; init; }

    /// <summary>The temperature; has to be set.</summary>
    public CudaLambda Lambda { get; init; }

    /// <summary>32-bit, packed: each candidate's answer, at least 0; a negative one abstains. Has to be set.</summary>
    public nuint Answers { get; init; }

    /// <summary>32-bit, one per row: the answer, -1 where there is none.</summary>
    public nuint Answer { get; init; }

    /// <summary>32-bit, one per row: the first candidate that gave it.</summary>
    public nuint Index { get; init; }

    /// <summary>Float32, one per row, 0 to 1: the sum of its weights.</summary>
    public nuint Share { get; init; }

    /// <summary>Float32, one per row: the lambda that was used.</summary>
    public nuint LambdaUsed { get; init; }

    /// <summary>A byte per row: the number of its RowStatus.</summary>
    public nuint Status { get; init; }
}
