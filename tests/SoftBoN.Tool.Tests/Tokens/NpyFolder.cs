using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace SoftBoN.Tool.Tests.Tokens;

/// <summary>A folder of .npy files, made byte by byte as NumPy's format says, that is gone after the test.</summary>
internal sealed class NpyFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("softbon-npy");

    public string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

    /// <summary>A float32 file of rows.</summary>
    public string Save(string name, int rows, params float[] values) =>
        Write(name, Header("<f4", $"({rows}, {values.Length / rows})"), MemoryMarshal.AsBytes(values.AsSpan()));

    /// <summary>A file of any 16-bit type.</summary>
    public string Save(string name, string type, int rows, params ushort[] values) =>
        Write(name, Header(type, $"({rows}, {values.Length / rows})"), MemoryMarshal.AsBytes(values.AsSpan()));

    public string Write(string name, byte[] header, ReadOnlySpan<byte> data)
    {
        File.WriteAllBytes(Path(name), [.. header, .. data]);
        return Path(name);
    }

    /// <summary>Magic, version, length, dictionary, spaces up to a multiple of 64, line end.</summary>
    public static byte[] Header(string type, string shape, byte version = 1, string fortran = "False") =>
        Wrap($"{{'descr': '{type}', 'fortran_order': {fortran}, 'shape': {shape}, }}", version);

    public static byte[] Wrap(string dictionary, byte version = 1)
    {
        int before = version == 1 ? 10 : 12;
        int padding = 63 - ((before + dictionary.Length) % 64);
        byte[] text = Encoding.UTF8.GetBytes(dictionary + new string(' ', padding) + "\n");
        byte[] length = new byte[before - 8];
        if (version == 1)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)text.Length);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)text.Length);
        }

        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. text];
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
