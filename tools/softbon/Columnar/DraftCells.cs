using System.Globalization;
using System.Text;
using SoftBoN.Tool.Columnar.Tables;
using SoftBoN.Tool.Input;

namespace SoftBoN.Tool.Columnar;

/// <summary>Puts cells into a row, as the readers of text put what they read.</summary>
internal sealed class DraftCells
{
    private const int LongestInteger = 20;

    private byte[] _text = new byte[256];

    /// <summary>Names the row by its prompt.</summary>
    public void Name(RowDraft draft, Cells prompt, int row)
    {
        if (prompt.IsNull(row))
        {
            throw new LineException("the prompt is null; give every row its prompt");
        }

        ReadOnlySpan<byte> text = TextOf(prompt, row);
        if (prompt.Shape.IsText)
        {
            draft.SetIdText(text);
        }
        else
        {
            draft.SetId(text);
        }
    }

    /// <summary>Adds an entry for a row that is lost, with its prompt where that could be read.</summary>
    public void AddLost(RowDraft draft, Block block, int row, RowBatch batch)
    {
        draft.Begin(row);
        if (block.Names is { } names && !names.IsNull(row))
        {
            Name(draft, names, row);
        }

        draft.Place = block.Fault!.Place;
        batch.AddUnreadable(draft, block.Fault.Reason);
        draft.Place = null;
    }

    /// <summary>Adds the candidates of a list, or of some rows.</summary>
    public void Add(RowDraft draft, Block block, int row, int rows)
    {
        int before = draft.Rewards.Count;
        for (int i = 0; i < block.Own.Length; i++)
        {
            draft.Values[i].Append(Slice(block.Own[i], row, rows));
        }

        if (block.Reward is { } rewards)
        {
            draft.Rewards.Append(Slice(rewards, row, rows));
        }
        else
        {
            draft.Rewards.Extend(Slice(block.Own[0], row, rows).Length).Fill(float.NaN);
        }

        int count = draft.Rewards.Count - before;
        if (block.Candidate is { } names)
        {
            AddNames(draft, names, RangeOf(names, row, rows), before, count);
        }
        else if (draft.Rules.ElementsFromIds)
        {
            throw new LineException("--elements-from-ids needs ids; name their column with --candidate-column");
        }

        if (block.Offset is { } offsets)
        {
            AddOffsets(draft, offsets, RangeOf(offsets, row, rows), before, count);
        }

        if (draft.Rules.Answers)
        {
            AddAnswers(draft, block.Answer, row, rows, count);
        }
    }

    private static Range RangeOf(Cells cells, int row, int rows) =>
        cells.Shape.IsList ? cells[row] : new Range(row, row + rows);

    private static ReadOnlySpan<float> Slice(Cells<float> cells, int row, int rows) =>
        cells.Values[RangeOf(cells, row, rows)];

    private static (int Start, int Length) Check(Cells cells, Range range, int count, string what)
    {
        (int start, int length) = range.GetOffsetAndLength(cells.Count);
        return length == count ? (start, length) : throw new LineException(
            $"{length} {what} for {count} candidates; give as many");
    }

    private static void AddOffsets(RowDraft draft, Cells<float> cells, Range range, int before, int count)
    {
        if (cells.Shape.IsList && range.Start.Value == range.End.Value)
        {
            return;
        }

        (int start, _) = Check(cells, range, count, "offsets");
        draft.Offsets.PadTo(before, 0f);
        Span<float> offsets = draft.Offsets.Extend(count);
        cells.Values.Slice(start, count).CopyTo(offsets);
        for (int i = 0; i < count && cells.HasNulls; i++)
        {
            offsets[i] = cells.IsNull(start + i) ? 0f : offsets[i];
        }
    }

    private void AddNames(RowDraft draft, Cells cells, Range range, int before, int count)
    {
        (int start, _) = Check(cells, range, count, "candidate ids");
        for (int i = 0; i < count; i++)
        {
            if (cells.IsNull(start + i))
            {
                LeaveUnnamed(draft, before + i + 1);
            }
            else if (cells.Shape.IsText)
            {
                draft.NameCandidateText(TextOf(cells, start + i));
            }
            else
            {
                draft.NameCandidate(TextOf(cells, start + i));
            }
        }
    }

    private static void LeaveUnnamed(RowDraft draft, int candidate)
    {
        if (draft.Rules.ElementsFromIds)
        {
            throw new LineException(
                $"candidate {candidate} has no id, which --elements-from-ids needs; give every candidate an id");
        }

        draft.Candidates.Add(TextRange.None);
    }

    private void AddAnswers(RowDraft draft, Cells? cells, int row, int rows, int count)
    {
        int start = cells is null ? 0 : Check(cells, RangeOf(cells, row, rows), count, "answers").Start;
        for (int i = 0; i < count; i++)
        {
            bool abstains = cells is null || cells.IsNull(start + i);
            draft.AddAnswer(abstains ? TextRange.None : draft.AddPlain(TextOf(cells!, start + i)));
        }
    }

    /// <summary>Text as UTF-8, a number by its digits; good until the next call.</summary>
    private ReadOnlySpan<byte> TextOf(Cells cells, int index)
    {
        switch (cells)
        {
            case Cells<ReadOnlyMemory<char>> text:
                return Encode(text.Values[index].Span);
            case Cells<long> c: return Digits(c.Values[index]);
            case Cells<int> c: return Digits(c.Values[index]);
            case Cells<short> c: return Digits(c.Values[index]);
            case Cells<sbyte> c: return Digits(c.Values[index]);
            case Cells<byte> c: return Digits(c.Values[index]);
            case Cells<ushort> c: return Digits(c.Values[index]);
            case Cells<uint> c: return Digits(c.Values[index]);
            default: return Digits(((Cells<ulong>)cells).Values[index]);
        }
    }

    private ReadOnlySpan<byte> Encode(ReadOnlySpan<char> text)
    {
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_text.Length < most)
        {
            _text = new byte[2 * most];
        }

        return _text.AsSpan(0, Encoding.UTF8.GetBytes(text, _text));
    }

    private ReadOnlySpan<byte> Digits<T>(T value)
        where T : IUtf8SpanFormattable
    {
        value.TryFormat(_text.AsSpan(0, LongestInteger + 1), out int written, default, CultureInfo.InvariantCulture);
        return _text.AsSpan(0, written);
    }
}
