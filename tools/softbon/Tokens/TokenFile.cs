using System.IO.MemoryMappedFiles;
using SoftBoN.Tool.Commands;
using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Tokens;

/// <summary>
/// A .npy file of rows of one value per token, mapped into memory: read as far as it is looked at, so that it may be
/// larger than memory.
/// </summary>
internal sealed unsafe class TokenFile : IDisposable
{
    private const int Dimensions = 2;

    private readonly MemoryMappedFile? _map;
    private readonly MemoryMappedViewAccessor? _view;
    private readonly byte* _data;
    private readonly TokenFormat _format;

    private TokenFile(string name, NpyHeader header, FileStream file, TokenFormat format)
    {
        (Name, Rows, _format) = (name, header.Shape[0], format);
        (Columns, ShapeText) = ((int)header.Shape[1], header.ShapeText);
        if (Rows == 0 || Columns == 0)
        {
            return;
        }

        _map = MemoryMappedFile.CreateFromFile(
            file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        _view = _map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _data = start + header.DataOffset;
    }

    /// <summary>The option and the file, for messages.</summary>
    public string Name { get; }

    public long Rows { get; }

    /// <summary>The number of tokens of each row.</summary>
    public int Columns { get; }

    public string ShapeText { get; }

    /// <summary>Opens and maps a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="option">The option that named it.</param>
    /// <param name="integersAreBFloat16">Whether 16-bit integers are bfloat16.</param>
    /// <param name="mayBeVector">Whether an array of one dimension is one row.</param>
    /// <exception cref="FaultException">The file cannot be used; the message says why.</exception>
    public static TokenFile Open(string path, string option, bool integersAreBFloat16, bool mayBeVector = false)
    {
        string name = $"{option} {path}";
        using FileStream file = Files.OpenFile(path, option);
        if (!file.CanSeek)
        {
            throw new FaultException($"{name} is no regular file and cannot be mapped into memory; save it to a file");
        }

        var header = NpyHeader.Read(file, name);
        TokenFormat format = FormatOf(header, name, integersAreBFloat16);
        if (mayBeVector && header.Shape.Length == 1)
        {
            header = header with { Shape = [1, header.Shape[0]] };
        }

        CheckShape(header, name);
        CheckLength(header, format, file.Length, name);
        return new TokenFile(name, header, file, format);
    }

    /// <summary>A few rows that lie side by side; together at most 2^31 - 1 values.</summary>
    public TokenMatrix this[long first, int rows]
    {
        get
        {
            int count = rows * Columns;
            byte* start = _data + (first * Columns * _format.Size());
            return _format switch
            {
                TokenFormat.Half => TokenMatrix.Of(new ReadOnlySpan<Half>(start, count), rows, Columns),
                TokenFormat.BFloat16 => TokenMatrix.OfBFloat16(new ReadOnlySpan<ushort>(start, count), rows, Columns),
                _ => TokenMatrix.Of(new ReadOnlySpan<float>(start, count), rows, Columns),
            };
        }
    }

    /// <summary>All values as floats, exactly.</summary>
    public float[] ToFloats()
    {
        float[] values = new float[checked(Rows * Columns)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = _format switch
            {
                TokenFormat.Half => (float)((Half*)_data)[i],
                TokenFormat.BFloat16 => BitConverter.UInt32BitsToSingle((uint)((ushort*)_data)[i] << 16),
                _ => ((float*)_data)[i],
            };
        }

        return values;
    }

    public void Dispose()
    {
        if (_data != null)
        {
            _view!.SafeMemoryMappedViewHandle.ReleasePointer();
        }

        _view?.Dispose();
        _map?.Dispose();
    }

    private static TokenFormat FormatOf(NpyHeader header, string name, bool integersAreBFloat16)
    {
        string type = header.Type;
        if (type is ['>', ..])
        {
            throw new FaultException(
                $"{name} holds big-endian values ({type}); save x.astype('<{type[1..]}') instead");
        }

        bool isInteger = type is "<u2" or "<i2" or "|V2" or "<V2";
        if (isInteger && !integersAreBFloat16)
        {
            throw new FaultException($"{name} holds 16-bit integers ({type}); if they are bfloat16, pass --dtype bf16");
        }

        return type switch
        {
            "<f4" => TokenFormat.Float32,
            "<f2" => TokenFormat.Half,
            _ when isInteger => TokenFormat.BFloat16,
            _ => throw new FaultException(
                $"{name} holds {type} and this reads float32 (<f4), float16 (<f2), and bfloat16 as uint16 (<u2, with "
                + "--dtype bf16); save x.astype(numpy.float32)"),
        };
    }

    private static void CheckShape(NpyHeader header, string name)
    {
        if (header.Shape.Length != Dimensions)
        {
            throw new FaultException(
                $"{name} has the shape {header.ShapeText}; it has to be [rows, tokens]: save x.reshape(-1, tokens)");
        }

        if (header.IsFortran)
        {
            throw new FaultException(
                $"{name} is in Fortran order, a token's values side by side; save numpy.ascontiguousarray(x)");
        }

        if (header.Shape[1] > TokenMatrix.MaxColumns)
        {
            throw new FaultException(
                $"{name} has rows of {header.Shape[1]} tokens; at most {TokenMatrix.MaxColumns} can be worked on");
        }
    }

    private static void CheckLength(NpyHeader header, TokenFormat format, long length, string name)
    {
        Int128 needed = header.DataOffset + ((Int128)header.Shape[0] * header.Shape[1] * format.Size());
        if (needed != length)
        {
            throw new FaultException(
                $"{name} is {length} bytes long and {header.ShapeText} needs {needed}; "
                + (needed > length ? "it was cut off: write it again" : "write one array alone, with numpy.save"));
        }
    }
}
