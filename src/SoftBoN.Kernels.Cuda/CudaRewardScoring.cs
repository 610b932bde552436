namespace SoftBoN.Kernels.Cuda;

/// <summary>
/// Scores of hidden states in device memory by linear heads, and their mixture; all addresses are device pointers, 0 where
/// absent or not wanted.
/// </summary>
/// <remarks><inheritdoc cref="CudaSoftWeights"/></remarks>
public readonly record struct CudaRewardScoring
{
    /// <summary>[rows, dimension], or [tokens, dimension] with a row map.</summary>
    public CudaMatrix Hidden { get; init; }

    /// <summary>
    /// 32-bit, one per row of the batch: which row of hidden values it reads. A row that names none of them counts as empty.
    /// </summary>
    public nuint RowMap { get; init; }

    /// <summary>The rows of the batch, where there is a <see cref="RowMap"/>.</summary>
    public int MappedRows { get; init; }

    /// <summary>[heads, dimension]: weights, finite.</summary>
    public CudaMatrix Weights { get; init; }

    /// <summary>Float32, [heads]; 0 where absent.</summary>
    public nuint Bias { get; init; }

    /// <summary>Float32, [heads]: shares of the reward, or:</summary>
    public nuint Mixture { get; init; }

    /// <summary>Float32, [rows, heads]: shares of each row's own.</summary>
    public nuint Gating { get; init; }

    /// <summary>Float32, [rows, heads].</summary>
    public nuint Scores { get; init; }

    /// <summary>Float32, one per row.</summary>
    public nuint Reward { get; init; }

    /// <summary>A byte per row: the number of its RowStatus.</summary>
    public nuint Status { get; init; }

    /// <summary>The rows of the batch.</summary>
    internal int Rows => RowMap != 0 ? MappedRows : Hidden.Rows;

    internal bool HasShares => Mixture != 0 || Gating != 0;

    internal void Check()
    {
        if (!Hidden.IsGiven || !Weights.IsGiven)
        {
            Throw.Argument(
                "There are no hidden values or no weights; pass CudaMatrix.Dense(address, rows, columns) for both.",
                Hidden.IsGiven ? nameof(Weights) : nameof(Hidden));
        }

        if (Hidden.Columns != Weights.Columns || Hidden.Columns == 0 || Weights.Rows == 0)
        {
            Throw.Argument(
                $"The weights have {Weights.Rows} rows of {Weights.Columns} and the hidden values {Hidden.Columns} columns; pass a "
                + "head or more, and as many columns, at least 1.",
                nameof(Weights));
        }

        if (Rows < 0 || (Rows > 0 && Hidden.Rows == 0))
        {
            Throw.Argument(
                $"RowMap has {Rows} rows and the hidden values {Hidden.Rows}; pass at least 0, and hidden values for them.",
                nameof(MappedRows));
        }

        if (Mixture != 0 && Gating != 0)
        {
            Throw.Argument("There are a mixture and gating; pass one of them.", nameof(Gating));
        }

        if (Reward != 0 && Rows > 0 && Weights.Rows > 1 && !HasShares)
        {
            Throw.Argument(
                $"A reward of {Weights.Rows} heads needs their shares; pass Mixture or Gating, or ask for Scores alone.",
                nameof(Mixture));
        }
    }
}
