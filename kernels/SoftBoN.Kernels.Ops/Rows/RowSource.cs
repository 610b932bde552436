namespace SoftBoN.Kernels.Ops;

/// <summary>The rows of a batch in flat, checked form: pointers, 64-bit offsets, scalars.</summary>
internal unsafe struct RowSource
{
    public RowLayout Layout;
    public float* Values;
    public long Count;
    public int Columns;
    public long RowStride;
    public long ColumnStride;

    /// <summary>Ragged: where rows start and, after the last, end. Mapped: where rows start.</summary>
    public long* Starts;

    /// <summary>Mapped: the rows' lengths.</summary>
    public int* Lengths;

    /// <summary>Mapped: where rows start in packed spans.</summary>
    public long* PackedStarts;

    public readonly RowView this[long row] => Layout switch
    {
        RowLayout.Strided => new RowView(Values + (row * RowStride), ColumnStride, Columns, row * Columns),
        RowLayout.Ragged => new RowView(
            Values + Starts[row], 1, (int)(Starts[row + 1] - Starts[row]), Starts[row] - Starts[0]),
        _ => new RowView(Values + Starts[row], 1, Lengths[row], PackedStarts[row]),
    };
}
