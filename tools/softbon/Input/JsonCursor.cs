using System.Buffers;

namespace SoftBoN.Tool.Input;

/// <summary>
/// Reads one line of JSON from left to right: RFC 8259, and besides it the bare NaN, Infinity and -Infinity.
/// </summary>
internal ref partial struct JsonCursor(ReadOnlySpan<byte> line)
{
    private static readonly SearchValues<byte> StringStops = SearchValues.Create(
        [(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(code => (byte)code)]);

    private readonly ReadOnlySpan<byte> _line = line;
    private int _at;

    /// <summary>Takes a punctuation mark if it comes next.</summary>
    public bool TryTake(byte mark)
    {
        SkipSpace();
        if (_at >= _line.Length || _line[_at] != mark)
        {
            return false;
        }

        _at++;
        return true;
    }

    public void Take(byte mark)
    {
        if (!TryTake(mark))
        {
            throw Unexpected($"'{(char)mark}'");
        }
    }

    /// <summary>Between the members of an object or array: true after a comma, false after the closing mark.</summary>
    public bool TakeCommaOr(byte close)
    {
        if (TryTake((byte)','))
        {
            return true;
        }

        if (TryTake(close))
        {
            return false;
        }

        throw Unexpected($"',' or '{(char)close}'");
    }

    public void TakeEnd()
    {
        SkipSpace();
        if (_at < _line.Length)
        {
            throw Unexpected("the end of the line; write one JSON object per line");
        }
    }

    /// <summary>What comes next; nothing is taken.</summary>
    public JsonKind Peek()
    {
        SkipSpace();
        byte first = _at < _line.Length ? _line[_at] : (byte)0;
        return first switch
        {
            (byte)'"' => JsonKind.Text,
            (byte)'{' => JsonKind.Object,
            (byte)'[' => JsonKind.Array,
            (byte)'n' => JsonKind.Null,
            (byte)'t' => JsonKind.True,
            (byte)'f' => JsonKind.False,
            (byte)'N' => JsonKind.NaN,
            (byte)'I' => JsonKind.PositiveInfinity,
            (byte)'-' when _at + 1 < _line.Length && _line[_at + 1] == 'I' => JsonKind.NegativeInfinity,
            (byte)'-' or (>= (byte)'0' and <= (byte)'9') => JsonKind.Number,
            _ => throw Unexpected("a value"),
        };
    }

    /// <summary>Takes a string with its quotes and escapes, as it is written.</summary>
    public ReadOnlySpan<byte> TakeString()
    {
        Take((byte)'"');
        int start = _at - 1;
        while (true)
        {
            int stop = _line[_at..].IndexOfAny(StringStops);
            if (stop < 0)
            {
                throw new LineException($"the string at byte {start + 1} has no closing quote");
            }

            _at += stop;
            switch (_line[_at])
            {
                case (byte)'"':
                    _at++;
                    return _line[start.._at];
                case (byte)'\\':
                    _at += JsonText.EscapeLength(_line[_at..], _at);
                    break;
                default:
                    throw new LineException(
                        $"control character 0x{_line[_at]:X2} in the string at byte {start + 1}; "
                        + "write it as an escape");
            }
        }
    }

    /// <summary>Takes a number as it is written.</summary>
    public ReadOnlySpan<byte> TakeNumber()
    {
        SkipSpace();
        int start = _at;
        FloatText.Skip(_line, ref _at);
        return _line[start.._at];
    }

    /// <summary>Takes an id or an answer as it is written: a string or a number.</summary>
    public ReadOnlySpan<byte> TakeName(string field) => Peek() switch
    {
        JsonKind.Text => TakeString(),
        JsonKind.Number => TakeNumber(),
        _ => throw new LineException($"\"{field}\" has to be a string or a number"),
    };

    /// <summary>
    /// Takes a reward, an offset or a lambda: a number, NaN, Infinity, -Infinity (bare or quoted) or null.
    /// </summary>
    public float TakeFloat()
    {
        JsonKind kind = Peek();
        switch (kind)
        {
            case JsonKind.Number:
                return FloatText.Read(_line, ref _at);
            case JsonKind.Text:
                ReadOnlySpan<byte> text = TakeString();
                return FloatText.TryNonFinite(text[1..^1], out float value)
                    ? value
                    : throw new LineException(
                        $"{JsonText.Show(text)} is no number; "
                        + "only \"NaN\", \"Infinity\" and \"-Infinity\" may be quoted");
            case JsonKind.Null:
            case JsonKind.NaN:
            case JsonKind.PositiveInfinity:
            case JsonKind.NegativeInfinity:
                TakeWord(kind);
                return kind switch
                {
                    JsonKind.PositiveInfinity => float.PositiveInfinity,
                    JsonKind.NegativeInfinity => float.NegativeInfinity,
                    _ => float.NaN,
                };
            default:
                throw Unexpected("a number");
        }
    }

    public void TakeWord(JsonKind kind)
    {
        ReadOnlySpan<byte> word = kind switch
        {
            JsonKind.Null => "null"u8,
            JsonKind.True => "true"u8,
            JsonKind.False => "false"u8,
            JsonKind.NaN => "NaN"u8,
            JsonKind.PositiveInfinity => "Infinity"u8,
            _ => "-Infinity"u8,
        };
        if (!_line[_at..].StartsWith(word))
        {
            throw Unexpected("a value");
        }

        _at += word.Length;
    }

    /// <summary>Takes null if it comes next.</summary>
    public bool TryTakeNull()
    {
        if (Peek() != JsonKind.Null)
        {
            return false;
        }

        TakeWord(JsonKind.Null);
        return true;
    }

    private void SkipSpace()
    {
        while (_at < _line.Length && _line[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            _at++;
        }
    }

    private readonly LineException Unexpected(string expected) => new(_at < _line.Length
        ? $"expected {expected} at byte {_at + 1}, found {JsonText.Show(_line[_at..])}"
        : $"the line ends at byte {_at} where {expected} should be");
}
