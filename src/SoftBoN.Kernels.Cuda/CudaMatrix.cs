using ILGPU;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Cuda;

/// <summary>The format of values in device memory.</summary>
public enum CudaFormat
{
    /// <summary>IEEE single precision.</summary>
    F32 = 0,

    /// <summary>IEEE half precision.</summary>
    F16 = 1,

    /// <summary>The upper halves of float32s.</summary>
    BF16 = 2,
}

/// <summary>
/// Rows of one value per token or dimension in device memory, side by side in each row. Default: no values at all.
/// </summary>
/// <param name="Address">A device pointer, a multiple of the values' size; 0 where there are none.</param>
/// <param name="Rows">The number of rows, at least 0.</param>
/// <param name="Columns">The values of each, 0 to 2^20.</param>
/// <param name="RowStride">Values from a row's start to the next row's, at least 0.</param>
/// <param name="Format">The values' format.</param>
public readonly record struct CudaMatrix(
    nuint Address, int Rows, int Columns, long RowStride, CudaFormat Format = CudaFormat.F32)
{
    private const int MostColumns = 1 << 20;

    /// <summary>Whether there are values.</summary>
    public bool IsGiven => Address != 0;

    /// <summary>Rows one after the other.</summary>
    /// <param name="address">A device pointer.</param>
    /// <param name="rows">The number of rows, at least 0.</param>
    /// <param name="columns">The values of each, 0 to 2^20.</param>
    /// <param name="format">The values' format.</param>
    /// <returns>The matrix.</returns>
    public static CudaMatrix Dense(nuint address, int rows, int columns, CudaFormat format = CudaFormat.F32) =>
        new(address, rows, columns, columns, format);

    /// <summary>What kernels are passed.</summary>
    internal DeviceTokens Tokens(string name)
    {
        if (!IsGiven)
        {
            return default;
        }

        Check(name);
        long extent = Rows == 0 || Columns == 0 ? 0 : checked(((Rows - 1) * RowStride) + Columns);
        bool isWide = Format == CudaFormat.F32;
        return new DeviceTokens
        {
            Wide = isWide ? new ArrayView<float>(Address, extent) : default,
            Narrow = isWide ? default : new ArrayView<ushort>(Address, extent),
            Element = (TokenElement)Format,
            RowStride = RowStride,
            Rows = Rows,
        };
    }

    private void Check(string name)
    {
        if (Format is < CudaFormat.F32 or > CudaFormat.BF16)
        {
            Throw.OutOfRange(name, Format, "Must be F32, F16 or BF16.");
        }

        if (Rows < 0 || RowStride < 0 || Columns is < 0 or > MostColumns)
        {
            Throw.Argument(
                $"{name} has {Rows} rows of {Columns} values, {RowStride} apart; pass at least 0 rows, strides of at least 0 and 0 "
                + $"to {MostColumns} columns.",
                name);
        }

        Throw.IfUnaligned(Address, Format == CudaFormat.F32 ? sizeof(float) : sizeof(ushort), name);
    }
}
