using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Tests;

/// <summary>Rows in memory in one of the layouts, kept as fields, which the layout itself cannot be.</summary>
internal sealed class Batch
{
    private readonly RowLayout layout;
    private readonly int columns;
    private readonly long rowStride;
    private readonly long columnStride;
    private readonly long[] starts = [];
    private readonly int[] lengths = [];

    private Batch(RowLayout layout, float[] memory, int count, int columns, long rowStride, long columnStride)
    {
        (this.layout, Memory, Count) = (layout, memory, count);
        (this.columns, this.rowStride, this.columnStride) = (columns, rowStride, columnStride);
    }

    private Batch(RowLayout layout, float[] memory, int count, long[] starts, int[] lengths)
        : this(layout, memory, count, 0, 0, 0) => (this.starts, this.lengths) = (starts, lengths);

    public float[] Memory { get; }

    public int Count { get; }

    public RowLayout Layout => layout;

    /// <summary>Strided rows: columns, row stride, column stride.</summary>
    public (int Columns, long RowStride, long ColumnStride) Strides => (columns, rowStride, columnStride);

    /// <summary>Ragged and mapped rows: where they start and, if ragged, the last one ends.</summary>
    public long[] Starts => starts;

    public int Packed => layout == RowLayout.Strided ? Count * columns : Enumerable.Range(0, Count).Sum(Length);

    public Rows Rows => layout switch
    {
        RowLayout.Strided => Rows.Strided(Count, columns, rowStride, columnStride),
        RowLayout.Ragged => Rows.Ragged(starts),
        _ => Rows.Mapped(starts, lengths),
    };

    public static Batch Dense(float[] memory, int count, int columns) =>
        Strided(memory, count, columns, columns);

    public static Batch Strided(float[] memory, int count, int columns, long rowStride, long columnStride = 1) =>
        new(RowLayout.Strided, memory, count, columns, rowStride, columnStride);

    public static Batch Mapped(float[] memory, long[] starts, int[] lengths) =>
        new(RowLayout.Mapped, memory, starts.Length, starts, lengths);

    public static Batch Ragged(float[] memory, long[] offsets) =>
        new(RowLayout.Ragged, memory, offsets.Length - 1, offsets, []);

    /// <summary>Ragged rows, one after the other.</summary>
    public static Batch Of(params float[][] rows)
    {
        long[] offsets = new long[rows.Length + 1];
        for (int i = 0; i < rows.Length; i++)
        {
            offsets[i + 1] = offsets[i] + rows[i].Length;
        }

        return Ragged([.. rows.SelectMany(row => row)], offsets);
    }

    public int Length(int row) => layout switch
    {
        RowLayout.Strided => columns,
        RowLayout.Ragged => (int)(starts[row + 1] - starts[row]),
        _ => lengths[row],
    };

    /// <summary>A copy of a row's rewards.</summary>
    public float[] Row(int row)
    {
        long start = layout == RowLayout.Strided ? row * rowStride : starts[row];
        long step = layout == RowLayout.Strided ? columnStride : 1;
        return [.. Enumerable.Range(0, Length(row)).Select(i => Memory[start + (i * step)])];
    }

    /// <summary>Copies of all rows.</summary>
    public float[][] AllRows() => [.. Enumerable.Range(0, Count).Select(Row)];

    /// <summary>Where each row starts in packed spans, and where the last one ends.</summary>
    public int[] PackedStarts()
    {
        int[] result = new int[Count + 1];
        for (int row = 0; row < Count; row++)
        {
            result[row + 1] = result[row] + Length(row);
        }

        return result;
    }
}
