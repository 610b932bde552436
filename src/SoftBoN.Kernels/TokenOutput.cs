using System.Numerics.Tensors;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

/// <summary>
/// The caller's memory for one value per token of each row, as float32, IEEE half or bfloat16. Default: not wanted.
/// </summary>
/// <remarks>
/// Halves and bfloat16s are rounded to the nearest, the even one of two as near; a finite value beyond the largest of them
/// becomes that one.
/// </remarks>
public readonly ref struct TokenOutput
{
    private TokenOutput(TokenMatrix matrix)
    {
        if (matrix.Rows > 1 && matrix.RowStride < matrix.Columns)
        {
            Throw.OutOfRange(
                "rowStride",
                matrix.RowStride,
                $"Rows of {matrix.Columns} tokens would be written over each other; must be at least that.");
        }

        Matrix = matrix;
    }

    /// <summary>Whether there is memory, if only for an empty batch.</summary>
    public bool IsGiven => Matrix.IsGiven;

    /// <summary>The number of rows.</summary>
    public int Rows => Matrix.Rows;

    /// <summary>The number of tokens of each row.</summary>
    public int Columns => Matrix.Columns;

    internal TokenMatrix Matrix { get; }

    /// <summary>Float32 values.</summary>
    /// <param name="values">The memory.</param>
    /// <param name="rows">The number of rows, at least 0.</param>
    /// <param name="columns">The number of tokens of each, 0 to 2^20.</param>
    /// <param name="rowStride">
    /// Values from a row's start to the next row's, at least as many as columns, which they are if null.
    /// </param>
    /// <returns>The output.</returns>
    /// <exception cref="ArgumentException">A number is out of range, or the memory is too short.</exception>
    public static TokenOutput Of(Span<float> values, int rows, int columns, long? rowStride = null) =>
        new(TokenMatrix.Of((ReadOnlySpan<float>)values, rows, columns, rowStride));

    /// <summary>IEEE half values.</summary>
    /// <inheritdoc cref="Of(Span{float}, int, int, long?)"/>
    public static TokenOutput Of(Span<Half> values, int rows, int columns, long? rowStride = null) =>
        new(TokenMatrix.Of((ReadOnlySpan<Half>)values, rows, columns, rowStride));

    /// <summary>Bfloat16 values: the upper halves of float32s.</summary>
    /// <inheritdoc cref="Of(Span{float}, int, int, long?)"/>
    public static TokenOutput OfBFloat16(Span<ushort> values, int rows, int columns, long? rowStride = null) =>
        new(TokenMatrix.OfBFloat16((ReadOnlySpan<ushort>)values, rows, columns, rowStride));

    /// <summary>A tensor of float32 values, also of more than 2^31 of them.</summary>
    /// <param name="values">[rows, tokens], or [tokens] for one row; tokens side by side.</param>
    /// <returns>The output.</returns>
    /// <exception cref="ArgumentException">The tensor has other dimensions or strides, or too many tokens.</exception>
    public static TokenOutput Of(in TensorSpan<float> values) =>
        new(TokenMatrix.OfTensor<float>(values, TokenElement.Float32));

    /// <summary>A tensor of IEEE half values, also of more than 2^31 of them.</summary>
    /// <inheritdoc cref="Of(in TensorSpan{float})"/>
    public static TokenOutput Of(in TensorSpan<Half> values) =>
        new(TokenMatrix.OfTensor<Half>(values, TokenElement.Half));

    /// <summary>A tensor of bfloat16 values, also of more than 2^31 of them.</summary>
    /// <inheritdoc cref="Of(in TensorSpan{float})"/>
    public static TokenOutput OfBFloat16(in TensorSpan<ushort> values) =>
        new(TokenMatrix.OfTensor<ushort>(values, TokenElement.BFloat16));
}
