using ILGPU;

namespace SoftBoN.Kernels.Ops;

/// <summary>The rows of a batch in device memory: the twin of <c>RowSource</c>, with views in place of pointers.</summary>
internal struct DeviceRows
{
    public RowLayout Layout;
    public ArrayView<float> Values;
    public long Count;
    public int Columns;
    public long RowStride;
    public long ColumnStride;

    /// <summary>Ragged: where rows start and, after the last, end. Mapped: where rows start.</summary>
    public ArrayView<long> Starts;

    /// <summary>Mapped: the rows' lengths.</summary>
    public ArrayView<int> Lengths;

    /// <summary>Mapped: where rows start in packed views.</summary>
    public ArrayView<long> PackedStarts;

    /// <summary>The number of candidates of all rows.</summary>
    public long Packed;

    /// <summary>An upper bound of every row's length: how kernels are launched is chosen by it.</summary>
    public int LongestRow;

    /// <summary>Says where listed rows lie.</summary>
    public void Place(in CheckedRows rows) =>
        (Starts, Lengths, PackedStarts) = (rows.Starts, rows.Lengths, rows.PackedStarts);
}
