using System.Text.Unicode;
using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Input;

/// <summary>
/// Rows from CSV, one record per candidate, a prompt's records one after the other. A prompt is complete when the next
/// one begins.
/// </summary>
internal sealed class CsvSource(LineBuffer lines, CsvColumns columns, RowRules rules) : IRowSource
{
    private readonly CsvRecord _record = new();
    private readonly CsvPrompts _prompts = new(rules);
    private CsvLayout? _layout;

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
            _prompts.Close(batch);
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
            Blame(fault.Message, line.Contains((byte)'\n'), batch);
        }
    }

    private void Split(ReadOnlySpan<byte> line)
    {
        _record.Clear();
        if (lines.TooLong)
        {
            throw new LineException($"longer than {lines.Longest} bytes; is a quote not closed?");
        }

        _record.Read(line);
        if (!Utf8.IsValid(line))
        {
            throw new LineException("no valid UTF-8; convert the input to UTF-8");
        }
    }

    private void AddRecord(CsvLayout layout, RowBatch batch)
    {
        if (_record.Count != layout.Count)
        {
            throw new LineException(
                $"{_record.Count} fields where the header has {layout.Count}; quote fields with commas");
        }

        if (_record[layout.Prompt].IsEmpty)
        {
            throw new LineException("the prompt is empty; give every row its prompt");
        }

        _prompts.Open(_record[layout.Prompt], lines.Line, batch);
        AddCandidate(_prompts.Row, layout);
    }

    private void AddCandidate(RowDraft row, CsvLayout layout)
    {
        row.Rewards.Add(layout.Reward < 0 ? float.NaN : CsvNumber.Read(_record[layout.Reward], "the reward"));
        for (int i = 0; i < layout.Own.Length; i++)
        {
            row.Values[i].Add(CsvNumber.Read(_record[layout.Own[i]], rules.Fields.Names[i]));
        }

        ReadOnlySpan<byte> name = layout.Candidate < 0 ? default : _record[layout.Candidate];
        if (name.IsEmpty)
        {
            row.LeaveCandidateUnnamed();
        }
        else
        {
            row.NameCandidateText(name);
        }

        if (layout.Offset >= 0 && !_record[layout.Offset].IsEmpty)
        {
            row.AddOffset(CsvNumber.Read(_record[layout.Offset], "the offset"));
        }

        if (rules.Answers)
        {
            ReadOnlySpan<byte> answer = layout.Answer < 0 ? default : _record[layout.Answer];
            row.AddAnswer(answer.IsEmpty ? TextRange.None : row.AddPlain(answer));
        }
    }

    /// <summary>A bad record is its prompt's where the prompt could be read all the same.</summary>
    private void Blame(string fault, bool spansLines, RowBatch batch)
    {
        ReadOnlySpan<byte> prompt = _layout is { } layout && _record.Count > layout.Prompt
            ? _record[layout.Prompt]
            : default;
        if (prompt.IsEmpty || !Utf8.IsValid(prompt))
        {
            _prompts.FailUnowned(fault, lines.Line, batch);
            return;
        }

        _prompts.Open(prompt, lines.Line, batch);
        _prompts.Fail(fault, lines.Line, spansLines, batch);
    }
}
