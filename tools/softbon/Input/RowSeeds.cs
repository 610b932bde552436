using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SoftBoN.Tool.Input;

/// <summary>
/// Seeds and elements from texts, so that they depend neither on a line's place in the input nor on how the input was
/// split.
/// </summary>
internal sealed class RowSeeds
{
    private readonly byte[] _prefix;
    private readonly Column<byte> _message = new();

    /// <param name="seed">The run's seed.</param>
    public RowSeeds(ulong seed) =>
        _prefix = [.. Encoding.ASCII.GetBytes(seed.ToString(CultureInfo.InvariantCulture)), 0];

    /// <summary>
    /// The first 8 bytes, little-endian, of SHA-256 over the seed in decimal, a zero byte and the text.
    /// </summary>
    public ulong Of(ReadOnlySpan<byte> text)
    {
        _message.Clear();
        _message.Append(_prefix);
        _message.Append(text);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_message.Span, hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }

    /// <summary>The first 4 bytes, little-endian, of SHA-256 over a candidate's id.</summary>
    public static uint Element(ReadOnlySpan<byte> text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
        return BinaryPrimitives.ReadUInt32LittleEndian(hash);
    }
}
