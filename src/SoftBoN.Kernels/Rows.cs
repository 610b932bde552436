using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

/// <summary>Where the rows of a batch lie in the rewards' memory.</summary>
/// <remarks>
/// Only the rewards are laid out by this. Every other per-candidate span (offsets, elements, answers, weights) is packed:
/// the candidates of row 0, then those of row 1, and so on, with no gaps. A row has at most 2^31 - 1024 candidates; offsets
/// into the memory are 64-bit.
/// </remarks>
public readonly ref struct Rows
{
    private Rows(RowLayout layout, int count)
    {
        Layout = layout;
        Count = count;
    }

    /// <summary>The number of rows.</summary>
    public int Count { get; }

    internal RowLayout Layout { get; }

    internal int Columns { get; private init; }

    internal long RowStride { get; private init; }

    internal long ColumnStride { get; private init; }

    internal ReadOnlySpan<long> Starts { get; private init; }

    internal ReadOnlySpan<int> Lengths { get; private init; }

    /// <summary>Rows of equal length, one after the other.</summary>
    /// <param name="rows">The number of rows (prompts), at least 0.</param>
    /// <param name="columns">The length of each row (candidates), at least 0.</param>
    /// <returns>The layout.</returns>
    public static Rows Dense(int rows, int columns) => Strided(rows, columns, columns);

    /// <summary>Rows of equal length with any strides: padded rows, columns of a table, overlapping windows.</summary>
    /// <param name="rows">The number of rows, at least 0.</param>
    /// <param name="columns">The length of each row, at least 0.</param>
    /// <param name="rowStride">Elements from a row's start to the next row's start, at least 0; 0 repeats one row.</param>
    /// <param name="columnStride">Elements from a candidate to the next one, at least 0.</param>
    /// <returns>The layout.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is negative.</exception>
    public static Rows Strided(int rows, int columns, long rowStride, long columnStride = 1)
    {
        Throw.IfNegative(rows);
        Throw.IfNegative(columns);
        Throw.IfNegative(rowStride);
        Throw.IfNegative(columnStride);
        return new Rows(RowLayout.Strided, rows)
        {
            Columns = columns,
            RowStride = rowStride,
            ColumnStride = columnStride,
        };
    }

    /// <summary>Rows of any length, one after the other.</summary>
    /// <param name="offsets">
    /// Where each row starts, and after them where the last one ends: rows + 1 values, not decreasing.
    /// </param>
    /// <returns>The layout.</returns>
    /// <exception cref="ArgumentException"><paramref name="offsets"/> is empty.</exception>
    public static Rows Ragged(ReadOnlySpan<long> offsets)
    {
        Throw.IfRaggedOffsetsEmpty(offsets);
        return new Rows(RowLayout.Ragged, offsets.Length - 1) { Starts = offsets };
    }

    /// <summary>Each row is any range of the memory; several rows may read the same range without a copy.</summary>
    /// <param name="starts">Where each row starts.</param>
    /// <param name="lengths">The length of each row.</param>
    /// <returns>The layout.</returns>
    /// <exception cref="ArgumentException">The two spans differ in length.</exception>
    public static Rows Mapped(ReadOnlySpan<long> starts, ReadOnlySpan<int> lengths)
    {
        Throw.IfLengthsDiffer(starts.Length, lengths.Length, nameof(starts), nameof(lengths));
        return new Rows(RowLayout.Mapped, starts.Length) { Starts = starts, Lengths = lengths };
    }
}
