using System.Globalization;
using System.Text;

namespace SoftBoN.Tool.Input;

/// <summary>JSON strings: their escapes into plain UTF-8 and back.</summary>
internal static class JsonText
{
    private const int ShownBytes = 24;

    /// <summary>The length of the escape that <paramref name="text"/> starts with.</summary>
    /// <param name="text">Text that starts with a backslash.</param>
    /// <param name="at">Where in the line that is, for the message.</param>
    public static int EscapeLength(ReadOnlySpan<byte> text, int at)
    {
        byte code = text.Length > 1 ? text[1] : (byte)0;
        if ("\"\\/bfnrt"u8.Contains(code))
        {
            return 2;
        }

        if (code == 'u' && text.Length >= 6 && TryHex(text.Slice(2, 4), out _))
        {
            return 6;
        }

        throw new LineException($"bad escape {Show(text[..Math.Min(text.Length, 6)])} at byte {at + 1}");
    }

    /// <summary>Appends a string's text, its escapes resolved.</summary>
    /// <param name="quoted">A string with its quotes, whose escapes were checked.</param>
    /// <param name="into">Where the text goes.</param>
    public static void Unescape(ReadOnlySpan<byte> quoted, Column<byte> into)
    {
        ReadOnlySpan<byte> rest = quoted[1..^1];
        while (!rest.IsEmpty)
        {
            int plain = rest.IndexOf((byte)'\\');
            into.Append(plain < 0 ? rest : rest[..plain]);
            rest = plain < 0 ? default : rest[(plain + UnescapeOne(rest[plain..], into))..];
        }
    }

    /// <summary>The text as a JSON string, for messages and for output.</summary>
    public static void Quote(ReadOnlySpan<byte> text, Column<byte> into)
    {
        into.Add((byte)'"');
        foreach (byte code in text)
        {
            switch (code)
            {
                case (byte)'"' or (byte)'\\':
                    into.Add((byte)'\\');
                    into.Add(code);
                    break;
                case (byte)'\n':
                    into.Append("\\n"u8);
                    break;
                case < 0x20:
                    into.Append("\\u00"u8);
                    into.Append(Encoding.ASCII.GetBytes(code.ToString("x2", CultureInfo.InvariantCulture)));
                    break;
                default:
                    into.Add(code);
                    break;
            }
        }

        into.Add((byte)'"');
    }

    /// <summary>The start of a text, for a message.</summary>
    public static string Show(ReadOnlySpan<byte> text)
    {
        bool whole = text.Length <= ShownBytes;
        string shown = Encoding.UTF8.GetString(whole ? text : text[..ShownBytes]).TrimEnd('\uFFFD');
        return whole ? shown : shown + "…";
    }

    private static int UnescapeOne(ReadOnlySpan<byte> escape, Column<byte> into)
    {
        if (escape[1] == 'u')
        {
            return UnescapeCode(escape, into);
        }

        into.Add(escape[1] switch
        {
            (byte)'b' => (byte)'\b',
            (byte)'f' => (byte)'\f',
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            _ => escape[1],
        });
        return 2;
    }

    private static int UnescapeCode(ReadOnlySpan<byte> escape, Column<byte> into)
    {
        TryHex(escape.Slice(2, 4), out int code);
        int length = 6;
        if (char.IsHighSurrogate((char)code) && escape.Length >= 12 && escape[6] == '\\' && escape[7] == 'u'
            && TryHex(escape.Slice(8, 4), out int low) && char.IsLowSurrogate((char)low))
        {
            code = char.ConvertToUtf32((char)code, (char)low);
            length = 12;
        }

        if (!Rune.TryCreate(code, out Rune rune))
        {
            throw new LineException($"escape {Show(escape[..6])} is half of a surrogate pair; write both halves");
        }

        Span<byte> utf8 = stackalloc byte[4];
        into.Append(utf8[..rune.EncodeToUtf8(utf8)]);
        return length;
    }

    private static bool TryHex(ReadOnlySpan<byte> digits, out int code)
    {
        code = 0;
        foreach (byte digit in digits)
        {
            if (!char.IsAsciiHexDigit((char)digit))
            {
                return false;
            }

            code = (code << 4) | Convert.ToInt32(((char)digit).ToString(), 16);
        }

        return true;
    }
}
