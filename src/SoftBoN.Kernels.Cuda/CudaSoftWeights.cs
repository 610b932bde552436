namespace SoftBoN.Kernels.Cuda;

/// <summary>Soft weights of rows in device memory; all addresses are device pointers, 0 where an output is not wanted.</summary>
/// <remarks>
/// What each output means is what the managed library says of the field of that name. Pointers to floats have to be
/// multiples of 4; multiples of 16 are faster. What lies behind them cannot be looked at: it is the caller's that they are of
/// this context, large enough, and do not overlap.
/// </remarks>
public readonly record struct CudaSoftWeights
{
    /// <summary>Float32 rewards, laid out by <see cref="Rows"/>.</summary>
    public nuint Rewards { get; init; }

    /// <summary>Where rows lie.</summary>
    public CudaRows Rows { get; init; }

    /// <summary>The temperature; has to be set.</summary>
    public CudaLambda Lambda { get; init; }

    /// <summary>Float32, packed, one per candidate.</summary>
    public nuint Weights { get; init; }

    /// <summary>Float32, packed, in nats.</summary>
    public nuint LogWeights { get; init; }

    /// <summary>Float32, one per row, in reward units.</summary>
    public nuint LogMeanExp { get; init; }

    /// <summary>Float32, one per row, in candidates.</summary>
    public nuint EffectiveSampleSize { get; init; }

    /// <summary>Float32, one per row, in nats.</summary>
    public nuint Entropy { get; init; }

    /// <summary>Float32, one per row, in nats.</summary>
    public nuint KlToUniform { get; init; }

    /// <summary>Float32, one per row, in reward units.</summary>
    public nuint ExpectedReward { get; init; }

    /// <summary>Float32, one per row.</summary>
    public nuint ChiSquare { get; init; }

    /// <summary>Float32, one per row, in nats.</summary>
    public nuint KlFromTiltBound { get; init; }

    /// <summary>Float32, one per row, in nats.</summary>
    public nuint KlFromModelBound { get; init; }

    /// <summary>Float32, one per row: the lambda that was used.</summary>
    public nuint LambdaUsed { get; init; }

    /// <summary>A byte per row: the number of its RowStatus.</summary>
    public nuint Status { get; init; }
}
