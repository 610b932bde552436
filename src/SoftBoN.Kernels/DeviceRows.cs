using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

/// <summary>Where the rows of a batch lie in rewards in device memory: the twin of <see cref="Rows"/>.</summary>
/// <remarks>
/// Strided layouts are checked before any work. Ragged and mapped ones are numbers in device memory that the host
/// cannot look
/// at: a row that does not lie within the rewards, that is longer than the announced longest row, or whose place in
/// packed
/// arrays exceeds the announced number of candidates, counts as empty and gets <see cref="RowStatus.Empty"/>. Nothing
/// outside
/// of the buffers is touched. Rows of a mapped layout whose places in packed outputs overlap write over each other.
/// </remarks>
public readonly struct DeviceRows
{
    private DeviceRows(RowLayout layout, int count, int longestRow, long candidates)
    {
        Layout = layout;
        Count = count;
        LongestRow = longestRow;
        Candidates = candidates;
    }

    /// <summary>The number of rows.</summary>
    public int Count { get; }

    /// <summary>The most candidates that a row has.</summary>
    public int LongestRow { get; }

    /// <summary>The length of packed arrays.</summary>
    public long Candidates { get; }

    internal RowLayout Layout { get; }

    internal long RowStride { get; private init; }

    internal long ColumnStride { get; private init; }

    internal DeviceSpan<long> Starts { get; private init; }

    internal DeviceSpan<int> Lengths { get; private init; }

    internal DeviceSpan<long> PackedStarts { get; private init; }

    /// <summary>Rows of equal length, one after the other.</summary>
    /// <param name="rows">The number of rows, at least 0.</param>
    /// <param name="columns">The length of each row, at least 0.</param>
    /// <returns>The layout.</returns>
    public static DeviceRows Dense(int rows, int columns) => Strided(rows, columns, columns);

    /// <summary>Rows of equal length with any strides.</summary>
    /// <param name="rows">The number of rows, at least 0.</param>
    /// <param name="columns">The length of each row, at least 0.</param>
    /// <param name="rowStride">Elements from a row's start to the next row's start, at least 0.</param>
    /// <param name="columnStride">Elements from a candidate to the next one, at least 0.</param>
    /// <returns>The layout.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is negative.</exception>
    public static DeviceRows Strided(int rows, int columns, long rowStride, long columnStride = 1)
    {
        Throw.IfNegative(rows);
        Throw.IfNegative(columns);
        Throw.IfNegative(rowStride);
        Throw.IfNegative(columnStride);
        return new DeviceRows(RowLayout.Strided, rows, columns, (long)rows * columns)
        {
            RowStride = rowStride,
            ColumnStride = columnStride,
        };
    }

    /// <summary>Rows of any length, one after the other.</summary>
    /// <param name="offsets">
    /// Where each row starts, and after them where the last one ends: rows + 1 values, not decreasing.
    /// </param>
    /// <param name="longestRow">
    /// The most candidates that a row has, or more; a close bound makes for faster kernels.
    /// </param>
    /// <param name="candidates">The candidates of all rows, or more: the length of packed arrays.</param>
    /// <returns>The layout.</returns>
    /// <exception cref="ArgumentException"><paramref name="offsets"/> is empty, or a number is out of
    /// range.</exception>
    public static DeviceRows Ragged(DeviceSpan<long> offsets, int longestRow, long candidates)
    {
        if (offsets.IsEmpty || offsets.Length > int.MaxValue)
        {
            Throw.Argument(
                $"Ragged rows need rows + 1 offsets, 1 to {int.MaxValue}, and there are {offsets.Length}.", nameof(offsets));
        }

        CheckBounds(longestRow, candidates);
        return new DeviceRows(RowLayout.Ragged, (int)(offsets.Length - 1), longestRow, candidates) { Starts = offsets };
    }

    /// <summary>Each row is any range of the rewards.</summary>
    /// <param name="starts">Where each row starts.</param>
    /// <param name="lengths">The length of each row.</param>
    /// <param name="packedStarts">Where each row starts in packed arrays.</param>
    /// <param name="longestRow">The most candidates that a row has, or more.</param>
    /// <param name="candidates">The length of packed arrays.</param>
    /// <returns>The layout.</returns>
    /// <exception cref="ArgumentException">The three differ in length, or a number is out of range.</exception>
    public static DeviceRows Mapped(
        DeviceSpan<long> starts,
        DeviceSpan<int> lengths,
        DeviceSpan<long> packedStarts,
        int longestRow,
        long candidates)
    {
        Throw.IfLengthsDiffer(starts.Length, lengths.Length, nameof(starts), nameof(lengths));
        Throw.IfLengthsDiffer(starts.Length, packedStarts.Length, nameof(starts), nameof(packedStarts));
        if (starts.Length > int.MaxValue)
        {
            Throw.OutOfRange(nameof(starts), starts.Length, $"Must be at most {int.MaxValue} rows.");
        }

        CheckBounds(longestRow, candidates);
        return new DeviceRows(RowLayout.Mapped, (int)starts.Length, longestRow, candidates)
        {
            Starts = starts,
            Lengths = lengths,
            PackedStarts = packedStarts,
        };
    }

    private static void CheckBounds(int longestRow, long candidates)
    {
        if (longestRow is < 0 or > RowView.LongestRow)
        {
            Throw.OutOfRange(nameof(longestRow), longestRow, $"Must be 0 to {RowView.LongestRow}.");
        }

        Throw.IfNegative(candidates);
    }
}
