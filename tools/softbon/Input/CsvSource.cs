using System.Text.Unicode;
using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Input;

/// <summary>
/// Rows from CSV, one record per candidate, a prompt's records one after the other. Of every prompt 16 bytes and a line
/// number are kept (about 40 bytes with the table around them), so that one that comes back is noticed.
/// </summary>
internal sealed class CsvSource(LineBuffer lines, CsvColumns columns, RowRules rules) : IRowSource
{
    private readonly CsvRecord _record = new();
    private readonly RowDraft _row = new(rules);
    private readonly RowDraft _stray = new(rules);
    private readonly Dictionary<TextKey, long> _seen = [];
    private CsvLayout? _layout;
    private bool _open;
    private string? _fault;

    public bool Read(RowBatch batch)
    {
        batch.Clear();
        bool more;
        do
        {
            while (!batch.IsFull && lines.TryNext(out ReadOnlySpan<byte> line))
            {
                if (!line.IsEmpty || lines.TooLong)
                {
                    ReadRecord(line, batch);
                }
            }

            more = batch.Entries.Count > 0 || lines.Fill();
        }
        while (batch.Entries.Count == 0 && more);

        if (!more)
        {
            Close(batch);
        }

        return batch.Entries.Count > 0;
    }

    private void ReadRecord(ReadOnlySpan<byte> line, RowBatch batch)
    {
        try
        {
            Split(line);
            if (_layout is { } layout)
            {
                AddRecord(layout, batch);
            }
            else
            {
                _layout = columns.Find(_record);
            }
        }
        catch (LineException fault) when (_layout is null)
        {
            throw new FaultException($"line {lines.Line}, the CSV header: {fault.Message}");
        }
        catch (LineException fault)
        {
            Blame(fault.Message, batch);
        }
    }

    private void Split(ReadOnlySpan<byte> line)
    {
        if (lines.TooLong)
        {
            throw new LineException($"longer than {lines.Longest} bytes; is a quote not closed?");
        }

        if (!Utf8.IsValid(line))
        {
            throw new LineException("no valid UTF-8; convert the input to UTF-8");
        }

        _record.Read(line);
    }

    private void AddRecord(CsvLayout layout, RowBatch batch)
    {
        if (_record.Count != layout.Count)
        {
            throw new LineException(
                $"{_record.Count} fields where the header has {layout.Count}; quote fields with commas");
        }

        Open(_record[layout.Prompt], batch);
        if (_fault is null)
        {
            AddCandidate(layout);
        }
    }

    /// <summary>Goes on with the open prompt, or closes it and opens the next one.</summary>
    private void Open(ReadOnlySpan<byte> prompt, RowBatch batch)
    {
        if (prompt.IsEmpty)
        {
            throw new LineException("the prompt is empty; give every row its prompt");
        }

        if (_open && prompt.SequenceEqual(_row.IdText.In(_row.Text)))
        {
            return;
        }

        Close(batch);
        _row.Begin(lines.Line);
        _row.SetIdText(prompt);
        _open = true;
        var key = TextKey.Of(prompt);
        if (!_seen.TryAdd(key, lines.Line))
        {
            _fault = $"prompt {JsonText.Show(prompt)} comes back, its rows began on line {_seen[key]}; "
                + "sort the file by prompt";
        }
    }

    private void AddCandidate(CsvLayout layout)
    {
        _row.Rewards.Add(CsvNumber.Read(_record[layout.Reward], "the reward"));
        ReadOnlySpan<byte> name = layout.Candidate < 0 ? default : _record[layout.Candidate];
        if (name.IsEmpty)
        {
            _row.LeaveCandidateUnnamed();
        }
        else
        {
            _row.NameCandidateText(name);
        }

        if (layout.Offset >= 0 && !_record[layout.Offset].IsEmpty)
        {
            _row.AddOffset(CsvNumber.Read(_record[layout.Offset], "the offset"));
        }

        if (rules.Answers)
        {
            ReadOnlySpan<byte> answer = layout.Answer < 0 ? default : _record[layout.Answer];
            _row.AddAnswer(answer.IsEmpty ? TextRange.None : _row.AddPlain(answer));
        }
    }

    /// <summary>
    /// A bad record makes its whole prompt unreadable: a pick among the other candidates would be a pick from another
    /// set.
    /// </summary>
    private void Blame(string fault, RowBatch batch)
    {
        if (_open)
        {
            _fault ??= lines.Line == _row.Line ? fault : $"{fault} (on line {lines.Line})";
            return;
        }

        _stray.Begin(lines.Line);
        batch.AddUnreadable(_stray, fault);
    }

    private void Close(RowBatch batch)
    {
        if (!_open)
        {
            return;
        }

        _open = false;
        try
        {
            if (_fault is not null)
            {
                throw new LineException(_fault);
            }

            _row.Complete(default);
            batch.Add(_row);
        }
        catch (LineException fault)
        {
            batch.AddUnreadable(_row, fault.Message);
        }

        _fault = null;
    }
}
