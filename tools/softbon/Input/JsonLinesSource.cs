using System.Text.Unicode;

namespace SoftBoN.Tool.Input;

/// <summary>Rows from JSON Lines.</summary>
internal sealed class JsonLinesSource(LineBuffer lines, RowRules rules) : IRowSource
{
    private readonly RowDraft _row = new(rules);

    public bool Read(RowBatch batch)
    {
        batch.Clear();
        do
        {
            while (!batch.IsFull && lines.TryNext(out ReadOnlySpan<byte> line))
            {
                ReadLine(line, batch);
            }
        }
        while (batch.Entries.Count == 0 && lines.Fill());

        return batch.Entries.Count > 0;
    }

    private void ReadLine(ReadOnlySpan<byte> line, RowBatch batch)
    {
        if (line.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0 && !lines.TooLong)
        {
            return;
        }

        _row.Begin(lines.Line);
        try
        {
            CheckText(line);
            JsonRow.Read(line, _row);
            batch.Add(_row);
        }
        catch (LineException fault)
        {
            batch.AddUnreadable(_row, fault.Message);
        }
    }

    private void CheckText(ReadOnlySpan<byte> line)
    {
        if (lines.TooLong)
        {
            throw new LineException($"longer than {lines.Longest} bytes; split its candidates over several lines");
        }

        if (!Utf8.IsValid(line))
        {
            throw new LineException("no valid UTF-8; convert the input to UTF-8");
        }
    }
}
