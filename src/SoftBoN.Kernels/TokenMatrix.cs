using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

/// <summary>
/// Rows of one value per token, logits or rewards, as float32, IEEE half or bfloat16; read where they lie.
/// </summary>
/// <remarks>The tokens of a row lie side by side; rows may have gaps between them. Default: no values at all.</remarks>
public readonly ref struct TokenMatrix
{
    /// <summary>The most tokens of a row: 2^20.</summary>
    public const int MaxColumns = TokenSegments.MostTokens;

    /// <summary>The first value; a null reference where there are none.</summary>
    internal readonly ref byte Start;

    private TokenMatrix(ref byte start, TokenElement element, long memory, int rows, int columns, long rowStride)
    {
        Throw.IfNegative(rows);
        Throw.IfNegative(columns);
        Throw.IfNegative(rowStride);
        if (columns > MaxColumns)
        {
            Throw.OutOfRange(nameof(columns), columns, $"A row has at most {MaxColumns} tokens.");
        }

        Extent = rows == 0 || columns == 0 ? 0 : checked(((rows - 1) * rowStride) + columns);
        if (Extent > memory)
        {
            Throw.Argument(
                $"{rows} rows of {columns} tokens, {rowStride} apart, need {Extent} values and there are {memory}; pass "
                + "more memory or fewer rows.",
                "values");
        }

        Start = ref start;
        (Element, Rows, Columns, RowStride, IsGiven) = (element, rows, columns, rowStride, true);
    }

    /// <summary>Whether there are values, if only of an empty batch.</summary>
    public bool IsGiven { get; }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The number of tokens of each row.</summary>
    public int Columns { get; }

    internal TokenElement Element { get; }

    internal long RowStride { get; }

    /// <summary>Values from the first to the last, gaps included.</summary>
    internal long Extent { get; }

    internal long ExtentInBytes => Extent * (Element == TokenElement.Float32 ? sizeof(float) : sizeof(ushort));

    /// <summary>Float32 values.</summary>
    /// <param name="values">The memory.</param>
    /// <param name="rows">The number of rows, at least 0.</param>
    /// <param name="columns">The number of tokens of each, 0 to 2^20.</param>
    /// <param name="rowStride">
    /// Values from a row's start to the next row's, at least 0; as many as columns if null.
    /// </param>
    /// <returns>The matrix.</returns>
    /// <exception cref="ArgumentException">A number is out of range, or the memory is too short.</exception>
    public static TokenMatrix Of(ReadOnlySpan<float> values, int rows, int columns, long? rowStride = null) =>
        new(ref FirstOf(values), TokenElement.Float32, values.Length, rows, columns, rowStride ?? columns);

    /// <summary>IEEE half values.</summary>
    /// <inheritdoc cref="Of(ReadOnlySpan{float}, int, int, long?)"/>
    public static TokenMatrix Of(ReadOnlySpan<Half> values, int rows, int columns, long? rowStride = null) =>
        new(ref FirstOf(values), TokenElement.Half, values.Length, rows, columns, rowStride ?? columns);

    /// <summary>Bfloat16 values: the upper halves of float32s.</summary>
    /// <inheritdoc cref="Of(ReadOnlySpan{float}, int, int, long?)"/>
    public static TokenMatrix OfBFloat16(
        ReadOnlySpan<ushort> values, int rows, int columns, long? rowStride = null) =>
        new(ref FirstOf(values), TokenElement.BFloat16, values.Length, rows, columns, rowStride ?? columns);

    /// <summary>A tensor of float32 values, also of more than 2^31 of them.</summary>
    /// <param name="values">[rows, tokens], or [tokens] for one row; tokens side by side.</param>
    /// <returns>The matrix.</returns>
    /// <exception cref="ArgumentException">The tensor has other dimensions or strides, or too many tokens.</exception>
    public static TokenMatrix Of(in ReadOnlyTensorSpan<float> values) => OfTensor(values, TokenElement.Float32);

    /// <summary>A tensor of IEEE half values, also of more than 2^31 of them.</summary>
    /// <inheritdoc cref="Of(in ReadOnlyTensorSpan{float})"/>
    public static TokenMatrix Of(in ReadOnlyTensorSpan<Half> values) => OfTensor(values, TokenElement.Half);

    /// <summary>A tensor of bfloat16 values, also of more than 2^31 of them.</summary>
    /// <inheritdoc cref="Of(in ReadOnlyTensorSpan{float})"/>
    public static TokenMatrix OfBFloat16(in ReadOnlyTensorSpan<ushort> values) =>
        OfTensor(values, TokenElement.BFloat16);

    private static ref byte FirstOf<T>(ReadOnlySpan<T> values) =>
        ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(values));

    private static TokenMatrix OfTensor<T>(in ReadOnlyTensorSpan<T> values, TokenElement element)
    {
        if (values.Rank is not (1 or 2) || (values.Lengths[^1] > 1 && values.Strides[^1] != 1))
        {
            Throw.Argument(
                $"The tensor has {values.Rank} dimensions; pass [rows, tokens] or [tokens], tokens side by side.",
                nameof(values));
        }

        long rows = values.Rank == 1 ? 1 : values.Lengths[0];
        if (rows > int.MaxValue || values.Lengths[^1] > MaxColumns)
        {
            Throw.Argument(
                $"The tensor has {rows} rows of {values.Lengths[^1]} tokens; pass at most {int.MaxValue} rows of "
                + $"{MaxColumns}.",
                nameof(values));
        }

        long stride = values.Rank == 1 ? 0 : values.Strides[0];
        return new TokenMatrix(
            ref Unsafe.As<T, byte>(ref Unsafe.AsRef(in values.GetPinnableReference())),
            element,
            long.MaxValue,
            (int)rows,
            (int)values.Lengths[^1],
            stride);
    }
}
