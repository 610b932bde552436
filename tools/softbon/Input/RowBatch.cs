namespace SoftBoN.Tool.Input;

/// <summary>What one line of the input came to: a row of the batch, or an error.</summary>
/// <param name="Id">The id as JSON; none where it could not be read.</param>
/// <param name="IdText">The id as plain text.</param>
/// <param name="Row">The row's place in the batch; -1 with an error.</param>
/// <param name="Error">Why the line is unreadable; null with a row.</param>
internal readonly record struct BatchEntry(TextRange Id, TextRange IdText, int Row, string? Error);

/// <summary>
/// Rows that are computed together, laid out as the engine takes them; memory is kept from batch to batch.
/// </summary>
internal sealed class RowBatch(BatchLimits limits)
{
    /// <summary>Bytes of texts, and of columns that go on into the output, at which a batch is full.</summary>
    private const long MostBytes = 1 << 23;

    /// <summary>The lines in input order.</summary>
    public List<BatchEntry> Entries { get; } = [];

    /// <summary>Whether any row may lack candidates, since some of the input could not be read.</summary>
    public bool MayLackCandidates { get; init; }

    public int Rows => OwnLambda.Count;

    public bool IsFull =>
        Entries.Count >= limits.Rows || Rewards.Count >= limits.Candidates || Text.Count + KeptBytes >= MostBytes;

    /// <summary>What the batch's rows have in columns of the input that go on into the output, which it holds.</summary>
    public long KeptBytes { get; set; }

    /// <summary>Where each row's candidates start, and after them where the last one's end.</summary>
    public Column<long> Starts { get; } = new();

    public Column<float> Rewards { get; } = new();

    /// <summary>The run's own fields, each with a value per candidate.</summary>
    public Column<float>[] Values { get; private set; } = [];

    /// <summary>Empty, or one per candidate.</summary>
    public Column<float> Offsets { get; } = new();

    /// <summary>Empty, or one per candidate.</summary>
    public Column<uint> Elements { get; } = new();

    /// <summary>Empty, or one per candidate; -1 abstains.</summary>
    public Column<int> Answers { get; } = new();

    public Column<TextRange> AnswerTexts { get; } = new();

    /// <summary>Empty, or one per candidate: its id as JSON.</summary>
    public Column<TextRange> Candidates { get; } = new();

    public Column<float> Lambda { get; } = new();

    /// <summary>Whether the row's lambda is its own rather than the run's.</summary>
    public Column<bool> OwnLambda { get; } = new();

    public Column<ulong> Seeds { get; } = new();

    public Column<ulong> Positions { get; } = new();

    /// <summary>The texts that ranges point into.</summary>
    public Column<byte> Text { get; } = new();

    public void Clear()
    {
        Entries.Clear();
        Starts.Clear();
        Starts.Add(0);
        Rewards.Clear();
        foreach (Column<float> values in Values)
        {
            values.Clear();
        }

        Offsets.Clear();
        Elements.Clear();
        Answers.Clear();
        AnswerTexts.Clear();
        Candidates.Clear();
        Lambda.Clear();
        OwnLambda.Clear();
        Seeds.Clear();
        Positions.Clear();
        Text.Clear();
        KeptBytes = 0;
    }

    /// <summary>Adds a row that was read to its end.</summary>
    public void Add(RowDraft row)
    {
        int first = Rewards.Count;
        int text = Text.Count;
        Text.Append(row.Text.Span);
        Entries.Add(new BatchEntry(row.Id.Moved(text), row.IdText.Moved(text), Rows, null));
        Rewards.Append(row.Rewards.Span);
        AddValues(row);
        AppendOrPad(Offsets, row.Offsets, first, 0f);
        AppendOrPad(Elements, row.Elements, first, 0u);
        AppendOrPad(Answers, row.Answers, first, -1);
        AppendMoved(AnswerTexts, row.AnswerTexts, first, text);
        AppendMoved(Candidates, row.Candidates, first, text);
        Starts.Add(Rewards.Count);
        Lambda.Add(row.Lambda ?? 0);
        OwnLambda.Add(row.Lambda.HasValue);
        Seeds.Add(row.Seed ?? 0);
        Positions.Add(row.Position);
    }

    /// <summary>Adds a line that could not be read, with its id where that came before the fault.</summary>
    public void AddUnreadable(RowDraft row, string error)
    {
        int text = Text.Count;
        Text.Append(row.Text.Span);
        string message = $"{row.Place ?? $"line {row.Line}"}: {error}";
        Entries.Add(new BatchEntry(row.Id.Moved(text), row.IdText.Moved(text), -1, message));
    }

    private void AddValues(RowDraft row)
    {
        if (Values.Length != row.Values.Length)
        {
            Values = [.. row.Values.Select(_ => new Column<float>())];
        }

        for (int i = 0; i < Values.Length; i++)
        {
            Values[i].Append(row.Values[i].Span);
        }
    }

    private void AppendOrPad<T>(Column<T> all, Column<T> row, int first, T nothing)
        where T : unmanaged
    {
        if (row.Count > 0)
        {
            all.PadTo(first, nothing);
            all.Append(row.Span);
        }
        else if (all.Count > 0)
        {
            all.PadTo(Rewards.Count, nothing);
        }
    }

    private void AppendMoved(Column<TextRange> all, Column<TextRange> row, int first, int by)
    {
        AppendOrPad(all, row, first, TextRange.None);
        if (row.Count > 0)
        {
            foreach (ref TextRange range in all.Span[first..])
            {
                range = range.Moved(by);
            }
        }
    }
}
