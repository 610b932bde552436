using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace SoftBoN.Tool.Input;

/// <summary>A text's first 16 bytes of SHA-256: what is kept of a text in order to know it again.</summary>
internal readonly record struct TextKey(ulong Low, ulong High)
{
    public static TextKey Of(ReadOnlySpan<byte> text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
        return MemoryMarshal.Read<TextKey>(hash);
    }
}
