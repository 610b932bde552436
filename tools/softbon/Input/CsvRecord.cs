namespace SoftBoN.Tool.Input;

/// <summary>One CSV record (RFC 4180) cut into fields; quoted fields are resolved.</summary>
internal sealed class CsvRecord
{
    private readonly Column<byte> _text = new();
    private readonly Column<TextRange> _fields = new();

    public int Count => _fields.Count;

    public ReadOnlySpan<byte> this[int field] => _fields.Span[field].In(_text);

    public void Clear()
    {
        _text.Clear();
        _fields.Clear();
    }

    /// <summary>Cuts the record; the fields before a fault are there.</summary>
    /// <exception cref="LineException">A quoted field does not end, or goes on behind its closing quote.</exception>
    public void Read(ReadOnlySpan<byte> record)
    {
        Clear();
        bool more = true;
        while (more)
        {
            int start = _text.Count;
            more = record.StartsWith("\""u8) ? TakeQuoted(ref record) : TakePlain(ref record);
            _fields.Add(new TextRange(start, _text.Count - start));
        }
    }

    private bool TakePlain(ref ReadOnlySpan<byte> rest)
    {
        int comma = rest.IndexOf((byte)',');
        _text.Append(comma < 0 ? rest : rest[..comma]);
        rest = comma < 0 ? default : rest[(comma + 1)..];
        return comma >= 0;
    }

    private bool TakeQuoted(ref ReadOnlySpan<byte> rest)
    {
        rest = rest[1..];
        while (true)
        {
            int quote = rest.IndexOf((byte)'"');
            if (quote < 0)
            {
                throw new LineException($"field {_fields.Count + 1} opens with a quote and has no closing one");
            }

            _text.Append(rest[..quote]);
            rest = rest[(quote + 1)..];
            if (!rest.StartsWith("\""u8))
            {
                return TakeComma(ref rest);
            }

            _text.Add((byte)'"');
            rest = rest[1..];
        }
    }

    private bool TakeComma(ref ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty)
        {
            return false;
        }

        if (rest[0] != ',')
        {
            throw new LineException(
                $"field {_fields.Count + 1} goes on behind its closing quote; double the quotes inside a field");
        }

        rest = rest[1..];
        return true;
    }
}
