namespace SoftBoN.Kernels.Cuda;

/// <summary>Rows of equal length in device memory, with any strides.</summary>
/// <param name="Rows">The number of rows, at least 0.</param>
/// <param name="Columns">The length of each, 0 to 2^31 - 1024.</param>
/// <param name="RowStride">Values from a row's start to the next row's, at least 0.</param>
/// <param name="ColumnStride">Values from a candidate to the next, at least 0.</param>
public readonly record struct CudaRows(int Rows, int Columns, long RowStride, long ColumnStride = 1)
{
    private const int LongestRow = int.MaxValue - 1023;

    /// <summary>Rows one after the other.</summary>
    /// <param name="rows">The number of rows, at least 0.</param>
    /// <param name="columns">The length of each, at least 0.</param>
    /// <returns>The rows.</returns>
    public static CudaRows Dense(int rows, int columns) => new(rows, columns, columns);

    /// <summary>The number of candidates.</summary>
    internal long Packed => (long)Rows * Columns;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Rows);
        ArgumentOutOfRangeException.ThrowIfNegative(Columns);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Columns, LongestRow);
        ArgumentOutOfRangeException.ThrowIfNegative(RowStride);
        ArgumentOutOfRangeException.ThrowIfNegative(ColumnStride);
    }
}
