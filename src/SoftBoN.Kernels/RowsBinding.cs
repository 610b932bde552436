using System.Numerics.Tensors;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

/// <summary>Checks a layout against the memory it describes, before any work, and measures it.</summary>
internal ref struct RowsBinding
{
    private long[]? packedStarts;

    /// <summary>The number of rows.</summary>
    public long Count { get; private set; }

    /// <summary>The number of candidates of all rows: what a packed span has to hold.</summary>
    public long Packed { get; private set; }

    /// <summary>A tensor's elements from its first to its last in memory, gaps included.</summary>
    public long Extent { get; private set; }

    /// <summary>Mapped rows: where each row starts in packed spans; otherwise empty.</summary>
    public readonly ReadOnlySpan<long> PackedStarts => packedStarts;

    public static RowsBinding Of(Rows rows, long memory)
    {
        var binding = new RowsBinding { Count = rows.Count, Extent = memory };
        switch (rows.Layout)
        {
            case RowLayout.Strided:
                binding.CheckStrided(rows, memory);
                break;
            case RowLayout.Ragged:
                binding.CheckRagged(rows.Starts, memory);
                break;
            default:
                binding.CheckMapped(rows.Starts, rows.Lengths, memory);
                break;
        }

        return binding;
    }

    public static RowsBinding Of(ReadOnlyTensorSpan<float> rewards)
    {
        if (rewards.Rank == 0 && rewards.IsEmpty)
        {
            return default;
        }

        if (rewards.Rank is not (1 or 2))
        {
            Throw.Argument(
                $"The tensor has {rewards.Rank} dimensions; pass [rows, candidates] or [candidates].", nameof(rewards));
        }

        nint columns = rewards.Lengths[^1];
        CheckLength(columns);
        long rows = rewards.Rank == 1 ? 1 : rewards.Lengths[0];
        long packed = checked(rows * columns);
        long last = rewards.Rank == 1 ? 0 : (rows - 1) * rewards.Strides[0];
        last += (columns - 1) * rewards.Strides[^1];
        return new RowsBinding { Count = rows, Packed = packed, Extent = packed == 0 ? 0 : last + 1 };
    }

    /// <summary>Gives back what was rented.</summary>
    public void Dispose()
    {
        if (packedStarts != null)
        {
            PackedStartsPool.Return(packedStarts);
            packedStarts = null;
        }
    }

    private static void CheckLength(long length)
    {
        if (length > RowView.LongestRow)
        {
            Throw.Argument($"A row has {length} candidates; the most is {RowView.LongestRow}.", "rows");
        }
    }

    private void CheckStrided(Rows rows, long memory)
    {
        CheckLength(rows.Columns);
        Packed = (long)rows.Count * rows.Columns;
        if (Packed == 0)
        {
            return;
        }

        UInt128 last = ((UInt128)(ulong)(rows.Count - 1) * (ulong)rows.RowStride)
            + ((UInt128)(ulong)(rows.Columns - 1) * (ulong)rows.ColumnStride);
        if (last >= (ulong)memory)
        {
            Throw.Argument(
                $"{rows.Count} rows of {rows.Columns} candidates with strides {rows.RowStride} and {rows.ColumnStride} "
                + $"reach element {last}, and the rewards have {memory}; pass more memory or fewer rows.",
                nameof(rows));
        }
    }

    private void CheckRagged(ReadOnlySpan<long> offsets, long memory)
    {
        long previous = 0;
        for (int i = 0; i < offsets.Length; i++)
        {
            long length = offsets[i] - previous;
            if (length < 0 || (i > 0 && length > RowView.LongestRow))
            {
                Throw.Argument(
                    $"Ragged offset {i} is {offsets[i]} after {previous}; offsets must not decrease, start at 0 or above, "
                    + $"and a row has at most {RowView.LongestRow} candidates.",
                    "rows");
            }

            previous = offsets[i];
        }

        if (previous > memory)
        {
            Throw.Argument(
                $"The last ragged offset is {previous} and the rewards have {memory} elements; pass all of them.", "rows");
        }

        Packed = previous - offsets[0];
    }

    private void CheckMapped(ReadOnlySpan<long> starts, ReadOnlySpan<int> lengths, long memory)
    {
        for (int i = 0; i < starts.Length; i++)
        {
            CheckLength(lengths[i]);
            if (starts[i] < 0 || lengths[i] < 0 || starts[i] > memory - lengths[i])
            {
                Throw.Argument(
                    $"Row {i} starts at {starts[i]} and has {lengths[i]} candidates, and the rewards have {memory} elements; "
                    + "a row has to lie within them.",
                    "rows");
            }
        }

        packedStarts = PackedStartsPool.Rent(starts.Length);
        for (int i = 0; i < starts.Length; i++)
        {
            packedStarts[i] = Packed;
            Packed += lengths[i];
        }
    }
}
