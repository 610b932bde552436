namespace SoftBoN.Tool.Input;

/// <summary>
/// Cuts a stream into lines without copying them. One read of the stream is made only when no complete line is left, so
/// that a writer at the other end of a pipe who waits for the answer to a line gets it.
/// </summary>
/// <param name="stream">The input.</param>
/// <param name="quoted">Whether a line goes on over line ends inside double quotes, as CSV records do.</param>
/// <param name="longest">The longest line in bytes; longer ones are skipped and reported.</param>
internal sealed class LineBuffer(Stream stream, bool quoted = false, int longest = LineBuffer.LongestLine)
{
    public const int LongestLine = 1 << 30;
    private const int FirstCapacity = 1 << 18;

    private byte[] _bytes = new byte[Math.Min(FirstCapacity, longest)];
    private int _start;
    private int _end;
    private int _scanned;
    private int _closedQuote = -1;
    private long _linesInside;
    private bool _inQuotes;
    private bool _skipping;
    private bool _ended;
    private long _nextLine = 1;

    /// <summary>The number, from 1, of the line that was taken last.</summary>
    public long Line { get; private set; }

    /// <summary>Whether the line that was taken last was too long to be kept.</summary>
    public bool TooLong { get; private set; }

    public int Longest => longest;

    /// <summary>Takes the next complete line, without its line end; valid until the next <see cref="Fill"/>.</summary>
    public bool TryNext(out ReadOnlySpan<byte> line)
    {
        line = default;
        int end = FindEnd();
        if (end < 0 && !(_ended && (_end > _start || _skipping)))
        {
            return false;
        }

        int stop = end < 0 ? _end : end;
        line = Trim(_bytes.AsSpan(_start, stop - _start));
        Line = _nextLine;
        _nextLine += 1 + _linesInside;
        TooLong = _skipping;
        _start = Math.Min(stop + 1, _end);
        ForgetScan();
        return true;
    }

    /// <summary>Reads once; false when the input had ended before.</summary>
    public bool Fill()
    {
        if (_ended)
        {
            return false;
        }

        MakeRoom();
        int read = stream.Read(_bytes, _end, _bytes.Length - _end);
        _end += read;
        _ended = read == 0;
        return true;
    }

    private void ForgetScan()
    {
        _scanned = _start;
        _closedQuote = -1;
        _inQuotes = false;
        _skipping = false;
        _linesInside = 0;
    }

    private int FindEnd()
    {
        if (!quoted)
        {
            int at = _bytes.AsSpan(_scanned, _end - _scanned).IndexOf((byte)'\n');
            int found = at < 0 ? -1 : _scanned + at;
            _scanned = _end;
            return found;
        }

        while (_scanned < _end)
        {
            int at = _bytes.AsSpan(_scanned, _end - _scanned).IndexOfAny((byte)'"', (byte)'\n');
            if (at < 0)
            {
                _scanned = _end;
                break;
            }

            at += _scanned;
            _scanned = at + 1;
            if (_bytes[at] == '"')
            {
                Quote(at);
            }
            else if (!_inQuotes)
            {
                return at;
            }
            else
            {
                _linesInside++;
            }
        }

        return -1;
    }

    /// <summary>A quote opens at the start of a field, or right behind one that closed (a doubled quote).</summary>
    private void Quote(int at)
    {
        if (_inQuotes)
        {
            _inQuotes = false;
            _closedQuote = at;
        }
        else
        {
            _inQuotes = at == _start || _bytes[at - 1] == ',' || _closedQuote == at - 1 || IsBehindMark(at);
        }
    }

    private bool IsBehindMark(int at) => _nextLine == 1 && at == _start + 3 && _bytes[_start] == 0xEF;

    private void MakeRoom()
    {
        if (_skipping || _end - _start >= longest)
        {
            _skipping = true;
            _start = _end = _scanned = 0;
            _closedQuote = -1;
        }
        else if (_start > 0)
        {
            _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
            _end -= _start;
            _scanned -= _start;
            _closedQuote = _closedQuote < 0 ? -1 : _closedQuote - _start;
            _start = 0;
        }

        if (_end == _bytes.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(2L * _bytes.Length, longest));
        }
    }

    private ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        if (_nextLine == 1 && line.StartsWith(mark))
        {
            line = line[mark.Length..];
        }

        return line.EndsWith("\r"u8) ? line[..^1] : line;
    }
}
