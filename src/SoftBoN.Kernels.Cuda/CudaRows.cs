using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Cuda;

/// <summary>Where the rows of a batch lie in device memory: of equal length with any strides, ragged, or mapped.</summary>
/// <param name="Rows">The number of rows, at least 0.</param>
/// <param name="Columns">The length of each, 0 to 2^31 - 1024; of ragged and mapped rows, of the longest or more.</param>
/// <param name="RowStride">Values from a row's start to the next row's, at least 0.</param>
/// <param name="ColumnStride">Values from a candidate to the next, at least 0.</param>
/// <remarks>
/// Ragged and mapped rows are numbers in device memory, which a kernel looks at before others use them: a row that does not
/// lie within the rewards, is longer than the longest that was announced, or whose place in packed arrays exceeds the
/// announced number of candidates counts as empty. That takes 20 bytes of workspace a row.
/// </remarks>
public readonly record struct CudaRows(int Rows, int Columns, long RowStride, long ColumnStride = 1)
{
    private const int LongestRow = int.MaxValue - 1023;

    internal RowLayout Layout { get; private init; }

    internal nuint Starts { get; private init; }

    internal nuint Lengths { get; private init; }

    internal nuint PackedStarts { get; private init; }

    /// <summary>The rewards that there are, where rows are ragged or mapped.</summary>
    internal long Memory { get; private init; }

    private long Candidates { get; init; }

    internal bool IsListed => Layout != RowLayout.Strided;

    /// <summary>The number of candidates.</summary>
    internal long Packed => IsListed ? Candidates : (long)Rows * Columns;

    /// <summary>Rows one after the other.</summary>
    /// <param name="rows">The number of rows, at least 0.</param>
    /// <param name="columns">The length of each, at least 0.</param>
    /// <returns>The rows.</returns>
    public static CudaRows Dense(int rows, int columns) => new(rows, columns, columns);

    /// <summary>Rows of any length, one after the other.</summary>
    /// <param name="rows">The number of rows, at least 0.</param>
    /// <param name="offsets">
    /// A device pointer to rows + 1 64-bit integers: where each row starts and, after them, where the last one ends; not
    /// decreasing.
    /// </param>
    /// <param name="longest">The most candidates that a row has, or more; a close bound makes for faster kernels.</param>
    /// <param name="candidates">The candidates of all rows, or more: the length of packed arrays.</param>
    /// <param name="rewards">The rewards that there are.</param>
    /// <returns>The rows.</returns>
    public static CudaRows Ragged(int rows, nuint offsets, int longest, long candidates, long rewards) =>
        new(rows, longest, 0)
        {
            Layout = RowLayout.Ragged,
            Starts = offsets,
            Candidates = candidates,
            Memory = rewards,
        };

    /// <summary>Each row is any range of the rewards.</summary>
    /// <param name="rows">The number of rows, at least 0.</param>
    /// <param name="starts">A device pointer to 64-bit integers: where each row starts.</param>
    /// <param name="lengths">A device pointer to 32-bit integers: the length of each.</param>
    /// <param name="packedStarts">A device pointer to 64-bit integers: where each row starts in packed arrays.</param>
    /// <param name="longest">The most candidates that a row has, or more.</param>
    /// <param name="candidates">The length of packed arrays.</param>
    /// <param name="rewards">The rewards that there are.</param>
    /// <returns>The rows.</returns>
    public static CudaRows Mapped(
        int rows, nuint starts, nuint lengths, nuint packedStarts, int longest, long candidates, long rewards) =>
        new(rows, longest, 0)
        {
            Layout = RowLayout.Mapped,
            Starts = starts,
            Lengths = lengths,
            PackedStarts = packedStarts,
            Candidates = candidates,
            Memory = rewards,
        };

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Rows);
        ArgumentOutOfRangeException.ThrowIfNegative(Columns);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Columns, LongestRow);
        ArgumentOutOfRangeException.ThrowIfNegative(RowStride);
        ArgumentOutOfRangeException.ThrowIfNegative(ColumnStride);
        ArgumentOutOfRangeException.ThrowIfNegative(Candidates);
        ArgumentOutOfRangeException.ThrowIfNegative(Memory);
        if (IsListed && Rows > 0)
        {
            bool isMapped = Layout == RowLayout.Mapped;
            if (Starts == 0 || (isMapped && (Lengths == 0 || PackedStarts == 0)))
            {
                Throw.Argument($"The {Layout} rows lack a device pointer; pass where each of the {Rows} rows lies.", "Rows");
            }

            Throw.IfUnaligned(Starts, sizeof(long), nameof(Starts));
            Throw.IfUnaligned(Lengths, sizeof(int), nameof(Lengths));
            Throw.IfUnaligned(PackedStarts, sizeof(long), nameof(PackedStarts));
        }
    }
}
