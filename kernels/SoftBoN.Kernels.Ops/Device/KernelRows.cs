using ILGPU;

namespace SoftBoN.Kernels.Ops;

/// <summary>The rows of a batch as kernels take them: no view is absent, flags are words.</summary>
internal partial struct KernelRows
{
    public ArrayView<float> Values;
    public ArrayView<long> Starts;
    public ArrayView<int> Lengths;
    public ArrayView<long> PackedStarts;

    /// <summary>Rows' numbers, those of similar length side by side; read where <see cref="IsOrdered"/>.</summary>
    public ArrayView<long> Order;

    /// <summary>Where each bin of lengths starts in the order, and where the last ends.</summary>
    public ArrayView<int> BinStarts;

    public long Count;
    public long RowStride;
    public long ColumnStride;
    public int Columns;
    public int Layout;
    public int IsOrdered;

    /// <summary>The bins that this launch is for.</summary>
    public int FirstBin;
    public int EndBin;

    /// <summary>
    /// What a float output of a row without a result holds: an argument, because the NaN of a constant is the compiler's.
    /// </summary>
    public float NoResult;

    /// <summary>Whether the values themselves start at a multiple of 16 bytes.</summary>
    public int IsAligned;
}
