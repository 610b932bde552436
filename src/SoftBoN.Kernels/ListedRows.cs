using System.Buffers;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

/// <summary>
/// The rows of a request in the processor's memory. Those that are listed one by one are looked at as a device looks at
/// them:
/// one that is out of range becomes an empty one.
/// </summary>
internal readonly unsafe ref struct ListedRows
{
    private readonly DeviceSpan<float> rewards;
    private readonly DeviceRows rows;

    public ListedRows(DeviceSpan<float> rewards, DeviceRows rows)
        : this(rewards.Length, rows) => this.rewards = rewards;

    /// <summary>Rows of rewards that are set later.</summary>
    /// <param name="memory">How many rewards there will be.</param>
    /// <param name="rows">The rows.</param>
    public ListedRows(long memory, DeviceRows rows)
    {
        this.rows = rows;
        if (rows.Layout == RowLayout.Strided)
        {
            return;
        }

        Starts = ArrayPool<long>.Shared.Rent(rows.Count);
        PackedStarts = ArrayPool<long>.Shared.Rent(rows.Count);
        Lengths = ArrayPool<int>.Shared.Rent(rows.Count);
        long* starts = HostQueue.At(rows.Starts);
        int* lengths = HostQueue.At(rows.Lengths);
        long* packedStarts = HostQueue.At(rows.PackedStarts);
        bool isRagged = rows.Layout == RowLayout.Ragged;
        for (int i = 0; i < rows.Count; i++)
        {
            (Starts[i], Lengths[i], PackedStarts[i]) = ListedRow.Within(
                starts[i],
                isRagged ? starts[i + 1] - starts[i] : lengths[i],
                isRagged ? starts[i] - starts[0] : packedStarts[i],
                memory,
                rows.LongestRow,
                rows.Candidates);
        }
    }

    public long[]? Starts { get; }

    public int[]? Lengths { get; }

    public long[]? PackedStarts { get; }

    public RowSource Source(long* starts, int* lengths, long* packedStarts) => new()
    {
        Layout = rows.Layout == RowLayout.Strided ? RowLayout.Strided : RowLayout.Mapped,
        Values = HostQueue.At(rewards),
        Count = rows.Count,
        Columns = rows.LongestRow,
        RowStride = rows.RowStride,
        ColumnStride = rows.ColumnStride,
        Starts = starts,
        Lengths = lengths,
        PackedStarts = packedStarts,
    };

    public void Dispose()
    {
        if (Starts != null)
        {
            ArrayPool<long>.Shared.Return(Starts);
            ArrayPool<long>.Shared.Return(PackedStarts!);
            ArrayPool<int>.Shared.Return(Lengths!);
        }
    }
}
