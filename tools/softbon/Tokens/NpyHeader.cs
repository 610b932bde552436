using System.Buffers.Binary;
using System.Text;
using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Tokens;

/// <summary>What a .npy file says of its array, in the format's versions 1, 2 and 3.</summary>
/// <param name="Type">NumPy's name of the type, such as &lt;f4.</param>
/// <param name="IsFortran">Whether the first dimension's elements lie side by side.</param>
/// <param name="Shape">The array's dimensions.</param>
/// <param name="DataOffset">Where the array begins, in bytes from the file's start.</param>
internal sealed record NpyHeader(string Type, bool IsFortran, long[] Shape, long DataOffset)
{
    private const int VersionAt = 6;
    private const int LengthAt = 8;

    /// <summary>Enough for any array of numbers; a longer one is another kind of file or a broken one.</summary>
    private const int Longest = 1 << 16;

    /// <summary>What every .npy file begins with.</summary>
    public static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>The shape as NumPy writes it, in brackets.</summary>
    public string ShapeText => $"[{string.Join(", ", Shape)}]";

    /// <summary>Reads the header.</summary>
    /// <param name="file">The file, at its start.</param>
    /// <param name="name">How the file is called in messages.</param>
    /// <exception cref="FaultException">The file is no .npy file, or a broken one.</exception>
    public static NpyHeader Read(Stream file, string name)
    {
        Span<byte> start = stackalloc byte[12];
        int read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (read < start.Length || !start.StartsWith(Magic))
        {
            throw new FaultException($"{name} is no .npy file; write it with numpy.save");
        }

        // Version 1 has a length of 16 bits, 2 and 3 one of 32; 3 differs from 2 by names of fields in UTF-8.
        int version = start[VersionAt];
        (long length, int textAt) = version switch
        {
            1 => (BinaryPrimitives.ReadUInt16LittleEndian(start[LengthAt..]), 10),
            2 or 3 => (BinaryPrimitives.ReadUInt32LittleEndian(start[LengthAt..]), 12),
            _ => throw new FaultException(
                $"{name} has version {version} of the .npy format and this reads 1, 2 and 3; write it with numpy.save"),
        };
        if (length > Longest)
        {
            throw new FaultException(
                $"{name} has a header of {length} bytes and this reads at most {Longest}; write it with numpy.save");
        }

        byte[] text = new byte[length];
        file.Position = textAt;
        if (file.ReadAtLeast(text, text.Length, throwOnEndOfStream: false) < text.Length)
        {
            throw new FaultException($"{name} ends within its header; it was cut off: write it again");
        }

        return Parse(Encoding.UTF8.GetString(text), textAt + length, name);
    }

    private static NpyHeader Parse(string text, long dataOffset, string name)
    {
        var literal = new PythonLiteral(text);
        try
        {
            Dictionary<string, object> fields = literal.ReadDictionary();
            return new NpyHeader(
                fields["descr"] as string ?? "a structure",
                (bool)fields["fortran_order"],
                (long[])fields["shape"],
                dataOffset);
        }
        catch (Exception fault) when (fault is FormatException or KeyNotFoundException or InvalidCastException)
        {
            throw new FaultException(
                $"{name} has a header that cannot be read: {text.Trim()}; write it with numpy.save", fault);
        }
    }
}
