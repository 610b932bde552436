using System.Text;

namespace SoftBoN.Tool.Columnar;

/// <summary>Keeps texts of a row group in few pieces of memory.</summary>
internal sealed class TextArena
{
    private const int Piece = 1 << 14;

    private char[] _chars = [];
    private int _used;

    public ReadOnlyMemory<char> Add(ReadOnlySpan<byte> utf8)
    {
        // No text has more characters than bytes.
        if (_chars.Length - _used < utf8.Length)
        {
            (_chars, _used) = (new char[Math.Max(Piece, utf8.Length)], 0);
        }

        int length = Encoding.UTF8.GetChars(utf8, _chars.AsSpan(_used));
        _used += length;
        return _chars.AsMemory(_used - length, length);
    }
}
