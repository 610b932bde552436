using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Vectors.Files;

/// <summary>
/// Calls as named arrays in a file that a program in any language reads in a screenful: what each argument of the native
/// interface is, and, with a '>' before the name, what each output has to be.
/// </summary>
/// <remarks>
/// An array is a letter for its type, its name's length in a byte, the name, zeros up to a multiple of 8 of the file, the
/// number of values in 8 bytes, the values, and zeros again. All of it is little-endian. A text named "case" begins a call.
/// </remarks>
internal sealed class CallFile(Stream stream) : IDisposable
{
    /// <summary>What marks an output.</summary>
    public const string Expected = ">";

    private const int Alignment = 8;

    public void Dispose() => stream.Dispose();

    public void Text(string name, string text) => Bytes('s', name, Encoding.UTF8.GetBytes(text), 1);

    public void Floats(string name, ReadOnlySpan<float> values) => Values('f', name, values);

    public void Integers(string name, ReadOnlySpan<int> values) => Values('i', name, values);

    public void Words(string name, ReadOnlySpan<uint> values) => Values('u', name, values);

    public void Narrow(string name, ReadOnlySpan<ushort> values) => Values('h', name, values);

    public void Small(string name, ReadOnlySpan<byte> values) => Values('b', name, values);

    public void Longs(string name, ReadOnlySpan<long> values) => Values('l', name, values);

    public void UnsignedLongs(string name, ReadOnlySpan<ulong> values) => Values('L', name, values);

    /// <summary>Layout, count, columns and strides; starts and lengths where rows have them.</summary>
    public void Rows(Rows rows)
    {
        long layout = rows.Layout switch { RowLayout.Strided => 1, RowLayout.Ragged => 2, _ => 3 };
        Longs("rows", [layout, rows.Count, rows.Columns, rows.RowStride, rows.ColumnStride]);
        Longs("rows.starts", rows.Starts);
        Integers("rows.lengths", rows.Lengths);
    }

    /// <summary>Kind, value, and a value per row where there is one.</summary>
    public void Lambda(Lambda lambda)
    {
        int kind = lambda.Kind switch
        {
            LambdaKind.Given => 1,
            LambdaKind.GivenSigned => 2,
            LambdaKind.TargetKl => 3,
            LambdaKind.TargetEss => 4,
            _ => 0,
        };
        Integers("lambda.kind", [kind]);
        Floats("lambda.value", [lambda.Values.Scalar]);
        Floats("lambda.per_row", lambda.Values.Values);
    }

    /// <summary>A value for all rows, or one per row, or neither.</summary>
    public void PerRow<T>(char type, string name, PerRow<T> values)
        where T : unmanaged
    {
        if (values.IsPerRow)
        {
            Values(type, name + ".per_row", values.Values);
        }
        else if (values.IsGiven)
        {
            Values(type, name, [values.Scalar]);
        }
    }

    /// <summary>The values, and format, rows, columns and stride as the shape.</summary>
    public void Matrix(string name, TokenMatrix matrix)
    {
        int format = (int)matrix.Element;
        Longs(name + ".shape", [format, matrix.Rows, matrix.Columns, matrix.RowStride]);
        ReadOnlySpan<byte> bytes = MemoryMarshal.CreateReadOnlySpan(in matrix.Start, (int)matrix.ExtentInBytes);
        Bytes(matrix.Element == TokenElement.Float32 ? 'f' : 'h', name, bytes, (int)(bytes.Length / Math.Max(1, matrix.Extent)));
    }

    private void Values<T>(char type, string name, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        if (!values.IsEmpty)
        {
            Bytes(type, name, MemoryMarshal.AsBytes(values), Unsafe.SizeOf<T>());
        }
    }

    private void Bytes(char type, string name, ReadOnlySpan<byte> bytes, int bytesPerValue)
    {
        stream.WriteByte((byte)type);
        stream.WriteByte((byte)name.Length);
        stream.Write(Encoding.ASCII.GetBytes(name));
        Align();
        stream.Write(BitConverter.GetBytes((long)bytes.Length / Math.Max(1, bytesPerValue)));
        stream.Write(bytes);
        Align();
    }

    private void Align()
    {
        while (stream.Position % Alignment != 0)
        {
            stream.WriteByte(0);
        }
    }
}
