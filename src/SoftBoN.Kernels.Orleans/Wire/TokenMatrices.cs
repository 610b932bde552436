using System.Runtime.InteropServices;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Orleans;

/// <summary>Rows of values of tokens or of hidden states on their way: side by side, in the format that they have.</summary>
internal static unsafe class TokenMatrices
{
    /// <summary>The bytes of a row.</summary>
    public static long RowBytes(TokenSource source, int columns) =>
        source.Values == null ? 0 : (long)columns * SizeOf(source.Element);

    /// <summary>Writes a range of columns of rows; nothing where there are no values.</summary>
    /// <param name="writer">Writes the message.</param>
    /// <param name="source">The values.</param>
    /// <param name="column">The first column.</param>
    /// <param name="columns">How many.</param>
    /// <param name="map">Which row of the values each row reads; null where its own.</param>
    /// <param name="first">The first row.</param>
    /// <param name="end">The end of the rows.</param>
    public static void Write(
        ref PartWriter writer, TokenSource source, int column, int columns, int* map, long first, long end)
    {
        int size = SizeOf(source.Element);
        long bytes = RowBytes(source, columns);
        if (!writer.Reserve((end - first) * bytes, out Span<byte> place) || bytes == 0)
        {
            return;
        }

        for (long row = first; row < end; row++)
        {
            byte* values = (byte*)source.Values + ((((map == null ? row : map[row]) * source.RowStride) + column) * size);
            new ReadOnlySpan<byte>(values, (int)bytes).CopyTo(place[(int)((row - first) * bytes)..]);
        }
    }

    /// <summary>The matrix that comes next.</summary>
    public static TokenMatrix Read(ref PartReader reader, TokenElement element, int rows, int columns)
    {
        ReadOnlySpan<byte> bytes = reader.Values<byte>();
        return element switch
        {
            TokenElement.Float32 => TokenMatrix.Of(MemoryMarshal.Cast<byte, float>(bytes), rows, columns),
            TokenElement.Half => TokenMatrix.Of(MemoryMarshal.Cast<byte, Half>(bytes), rows, columns),
            _ => TokenMatrix.OfBFloat16(MemoryMarshal.Cast<byte, ushort>(bytes), rows, columns),
        };
    }

    /// <summary>A place for a value per token, where that is wanted.</summary>
    public static TokenOutput Place(ref PartWriter writer, bool isWanted, TokenElement element, int rows, int columns)
    {
        long bytes = isWanted ? (long)rows * columns * SizeOf(element) : 0;
        return !writer.Reserve(bytes, out Span<byte> place) || !isWanted
            ? default
            : element switch
            {
                TokenElement.Float32 => TokenOutput.Of(MemoryMarshal.Cast<byte, float>(place), rows, columns),
                TokenElement.Half => TokenOutput.Of(MemoryMarshal.Cast<byte, Half>(place), rows, columns),
                _ => TokenOutput.OfBFloat16(MemoryMarshal.Cast<byte, ushort>(place), rows, columns),
            };
    }

    /// <summary>Copies rows to where a caller wants them.</summary>
    public static void CopyTo(ref PartReader reader, TokenSource destination, int columns, long first, long rows)
    {
        long bytes = RowBytes(destination, columns);
        long stride = destination.RowStride * SizeOf(destination.Element);
        ReadOnlySpan<byte> values = reader.Values<byte>(rows * bytes);
        for (long i = 0; i < rows && bytes > 0; i++)
        {
            byte* place = (byte*)destination.Values + ((first + i) * stride);
            values.Slice((int)(i * bytes), (int)bytes).CopyTo(new Span<byte>(place, (int)bytes));
        }
    }

    private static int SizeOf(TokenElement element) => element == TokenElement.Float32 ? sizeof(float) : sizeof(ushort);
}
