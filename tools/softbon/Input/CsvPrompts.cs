namespace SoftBoN.Tool.Input;

/// <summary>
/// The prompt whose records are being read, and what is wrong with it. A bad record makes its whole prompt unreadable:
/// a pick among the other candidates would be a pick from another set. Of every prompt 16 bytes and a line number are
/// kept, so that one that comes back is noticed.
/// </summary>
internal sealed class CsvPrompts(RowRules rules)
{
    private readonly RowDraft _stray = new(rules);
    private readonly Dictionary<TextKey, long> _seen = [];
    private readonly List<long> _moreLines = [];
    private string? _fault;
    private bool _open;
    private bool _reported;
    private long? _doubt;

    public RowDraft Row { get; } = new(rules);

    /// <summary>Goes on with the open prompt, or closes it and opens the next one.</summary>
    public void Open(ReadOnlySpan<byte> prompt, long line, RowBatch batch)
    {
        if (!_open || !prompt.SequenceEqual(Row.IdText.In(Row.Text)))
        {
            Close(batch);
            Begin(prompt, line);
        }

        _doubt = null;
    }

    /// <summary>A bad record of the open prompt.</summary>
    /// <param name="fault">What is wrong.</param>
    /// <param name="line">The record's line.</param>
    /// <param name="spansLines">Whether it goes over line ends, and so may have swallowed records of the next prompt.</param>
    /// <param name="batch">Where output goes.</param>
    public void Fail(string fault, long line, bool spansLines, RowBatch batch)
    {
        _doubt = spansLines ? line : null;
        if (_reported)
        {
            AddStray(fault, line, batch);
        }
        else if (_fault is not null)
        {
            _moreLines.Add(line);
        }
        else
        {
            _fault = line == Row.Line ? fault : $"{fault} (on line {line})";
        }
    }

    /// <summary>
    /// A bad record of nobody knows which prompt: it may be the open one's or the next one's, so neither is answered.
    /// </summary>
    public void FailUnowned(string fault, long line, RowBatch batch)
    {
        if (_open && !_reported)
        {
            _fault ??= Doubt(line);
            Report(batch);
            _reported = true;
        }

        AddStray(fault, line, batch);
        _doubt = line;
    }

    public void Close(RowBatch batch)
    {
        if (_open && !_reported)
        {
            Report(batch);
        }

        _open = _reported = false;
        _fault = null;
        _moreLines.Clear();
    }

    private static string Doubt(long line) =>
        $"the record on line {line} is unreadable and may belong to this prompt; mend that record";

    private void Begin(ReadOnlySpan<byte> prompt, long line)
    {
        Row.Begin(line);
        Row.SetIdText(prompt);
        _open = true;
        _fault = _doubt is { } doubt ? Doubt(doubt) : null;
        var key = TextKey.Of(prompt);
        if (!_seen.TryAdd(key, line))
        {
            _fault = $"prompt {JsonText.Show(prompt)} comes back, its rows began on line {_seen[key]}; "
                + "sort the file by prompt";
        }
    }

    private void Report(RowBatch batch)
    {
        try
        {
            if (_fault is not null)
            {
                throw new LineException(
                    _moreLines.Count == 0 ? _fault : $"{_fault}; more on line {string.Join(", ", _moreLines)}");
            }

            Row.Complete(default);
            batch.Add(Row);
        }
        catch (LineException fault)
        {
            batch.AddUnreadable(Row, fault.Message);
        }
    }

    private void AddStray(string fault, long line, RowBatch batch)
    {
        _stray.Begin(line);
        batch.AddUnreadable(_stray, fault);
    }
}
