namespace SoftBoN.Kernels.Cuda;

/// <summary>A selection from rows in device memory; all addresses are device pointers, 0 where absent or not wanted.</summary>
/// <remarks><inheritdoc cref="CudaSoftWeights"/></remarks>
public readonly record struct CudaSelection
{
    /// <summary>One draw of Gumbel noise; rewards, rows, lambda and seed have to be set.</summary>
    public CudaSelection()
    {
    }

    /// <summary>Float32 rewards, laid out by <see cref="Rows"/>.</summary>
    public nuint Rewards { get; init; }

    /// <summary>Where rows lie.</summary>
    public CudaRows Rows { get; init; }

    /// <summary>The temperature; has to be set.</summary>
    public CudaLambda Lambda { get; init; }

    /// <summary>The 64-bit key of the rows' noise; has to be set unless there is no noise.</summary>
    public CudaPerRow<ulong> Seed { get; init; }

    /// <summary>The rows' places in their seeds' streams; where not given, row i has position i.</summary>
    public CudaPerRow<ulong> Position { get; init; }

    /// <summary>The noise.</summary>
    public CudaNoise Noise { get; init; }

    /// <summary>Draws per row, 1 to 2^28 - 1.</summary>
    public int Draws { get; init; } = 1;

    /// <summary>Whether the draws of a row are distinct candidates.</summary>
    public bool Distinct { get; init; }

    /// <summary>Float32, packed, in nats, added to reward / lambda.</summary>
    public nuint Offsets { get; init; }

    /// <summary>32-bit, packed: the names under which candidates draw their noise.</summary>
    public nuint Elements { get; init; }

    /// <summary>32-bit, [rows, draws]: the picked candidate's place in its row, -1 where there is none.</summary>
    public nuint Index { get; init; }

    /// <summary>Float32, [rows, draws]: its reward.</summary>
    public nuint Reward { get; init; }

    /// <summary>Float32, [rows, draws], in nats.</summary>
    public nuint LogProbability { get; init; }

    /// <summary>Float32, [rows, draws], in nats.</summary>
    public nuint Margin { get; init; }

    /// <summary>Float32, one per row: the lambda that was used.</summary>
    public nuint LambdaUsed { get; init; }

    /// <summary>A byte per row: the number of its RowStatus.</summary>
    public nuint Status { get; init; }
}
