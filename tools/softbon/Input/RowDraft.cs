using System.Security.Cryptography;

namespace SoftBoN.Tool.Input;

/// <summary>One row while it is read. It joins the batch only when all of it was readable.</summary>
internal sealed class RowDraft(RowRules rules)
{
    private readonly RowSeeds? _seeds = rules.Seed is { } seed ? new RowSeeds(seed) : null;
    private readonly AnswerNumbers _numbers = new();

    /// <summary>Ids as they are written and answers as plain text.</summary>
    public Column<byte> Text { get; } = new();

    public Column<float> Rewards { get; } = new();

    /// <summary>The run's own fields, each with a value per candidate.</summary>
    public Column<float>[] Values { get; } = [.. rules.Fields.Names.Select(_ => new Column<float>())];

    /// <summary>Empty, or one per candidate.</summary>
    public Column<float> Offsets { get; } = new();

    /// <summary>The candidates' ids as JSON; empty where candidates are bare rewards.</summary>
    public Column<TextRange> Candidates { get; } = new();

    /// <summary>Empty unless elements come from ids.</summary>
    public Column<uint> Elements { get; } = new();

    /// <summary>Empty unless answers are wanted.</summary>
    public Column<int> Answers { get; } = new();

    /// <summary>The answers' texts, in step with <see cref="Answers"/>.</summary>
    public Column<TextRange> AnswerTexts { get; } = new();

    public long Line { get; private set; }

    /// <summary>The id as JSON, as the output repeats it.</summary>
    public TextRange Id { get; private set; }

    /// <summary>The id's plain text, from which seeds come.</summary>
    public TextRange IdText { get; private set; }

    public float? Lambda { get; set; }

    public ulong? Seed { get; set; }

    public ulong Position { get; set; }

    public RowRules Rules => rules;

    public void Begin(long line)
    {
        Text.Clear();
        Rewards.Clear();
        foreach (Column<float> values in Values)
        {
            values.Clear();
        }

        Offsets.Clear();
        Candidates.Clear();
        Elements.Clear();
        Answers.Clear();
        AnswerTexts.Clear();
        _numbers.Clear();
        Line = line;
        Id = IdText = TextRange.None;
        Lambda = null;
        Seed = null;
        Position = 0;
    }

    /// <summary>Sets the id from JSON: a string with its quotes, or a number.</summary>
    public void SetId(ReadOnlySpan<byte> json) => (Id, IdText) = AddJson(json);

    /// <summary>Sets the id from plain text.</summary>
    public void SetIdText(ReadOnlySpan<byte> text)
    {
        IdText = AddPlain(text);
        Id = AddQuoted(text);
    }

    /// <summary>Names the candidate whose reward was just added, from JSON.</summary>
    public void NameCandidate(ReadOnlySpan<byte> json)
    {
        (TextRange token, TextRange text) = AddJson(json);
        Candidates.Add(token);
        AddElement(text);
    }

    /// <summary>Names the candidate whose reward was just added, from plain text.</summary>
    public void NameCandidateText(ReadOnlySpan<byte> text)
    {
        Candidates.Add(AddQuoted(text));
        AddElement(rules.ElementsFromIds ? AddPlain(text) : TextRange.None);
    }

    /// <summary>The candidate whose reward was just added has no name.</summary>
    public void LeaveCandidateUnnamed()
    {
        if (rules.ElementsFromIds)
        {
            throw new LineException(
                $"candidate {Rewards.Count} has no id, which --elements-from-ids needs; give every candidate an id");
        }

        Candidates.Add(TextRange.None);
    }

    /// <summary>Adds the answer of the candidate whose reward was just added; none abstains.</summary>
    public void AddAnswer(TextRange text)
    {
        Answers.Add(text.IsNone ? -1 : _numbers.Number(text, Text));
        AnswerTexts.Add(text);
    }

    /// <summary>
    /// Adds a string or number of JSON and returns where it is as written, and where its plain text is.
    /// </summary>
    public (TextRange Json, TextRange Text) AddJson(ReadOnlySpan<byte> json)
    {
        TextRange whole = AddPlain(json);
        if (json[0] != '"')
        {
            return (whole, whole);
        }

        if (json.IndexOf((byte)'\\') < 0)
        {
            return (whole, new TextRange(whole.Start + 1, whole.Length - 2));
        }

        int start = Text.Count;
        JsonText.Unescape(json, Text);
        return (whole, new TextRange(start, Text.Count - start));
    }

    public TextRange AddPlain(ReadOnlySpan<byte> text)
    {
        Text.Append(text);
        return new TextRange(Text.Count - text.Length, text.Length);
    }

    /// <summary>
    /// Sets the offset of the candidate whose reward was just added; the ones before it without one have 0.
    /// </summary>
    public void AddOffset(float offset)
    {
        Offsets.PadTo(Rewards.Count - 1, 0f);
        Offsets.Add(offset);
    }

    /// <summary>Checks the row as a whole and gives it its seed.</summary>
    /// <param name="content">The line's bytes, for rows that are named by them.</param>
    public void Complete(ReadOnlySpan<byte> content)
    {
        if (Id.IsNone)
        {
            NameByContent(content);
        }

        rules.Fields.Check(Values, Rewards.Count);
        if (Offsets.Count > 0)
        {
            Offsets.PadTo(Rewards.Count, 0f);
            Exclude(Rewards.Span);
            foreach (Column<float> rewards in Values.AsSpan(0, rules.Fields.Rewards))
            {
                Exclude(rewards.Span);
            }
        }

        if (Seed is null && rules.SeedNeeded)
        {
            Seed = _seeds?.Of(IdText.In(Text))
                ?? throw new LineException("no seed; give the line a \"seed\", or pass --seed for all lines");
        }
    }

    /// <summary>
    /// An offset of -infinity excludes a candidate from the pick; its reward says the same to the weights, the votes
    /// and the budgets, which know no offsets. Rewards that are faults stay faults.
    /// </summary>
    private void Exclude(Span<float> rewards)
    {
        ReadOnlySpan<float> offsets = Offsets.Span;
        for (int i = 0; i < rewards.Length; i++)
        {
            bool excluded = float.IsNegativeInfinity(offsets[i]) && float.IsFinite(rewards[i]);
            rewards[i] = excluded ? float.NegativeInfinity : rewards[i];
        }
    }

    private void NameByContent(ReadOnlySpan<byte> content)
    {
        if (!rules.IdFromContent)
        {
            throw new LineException("no id; give the line an \"id\", or pass --id-from-content");
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        Span<byte> hex = stackalloc byte[2 * SHA256.HashSizeInBytes];
        Convert.TryToHexStringLower(hash, hex, out _);
        SetIdText(hex);
    }

    private void AddElement(TextRange text)
    {
        if (rules.ElementsFromIds)
        {
            Elements.Add(RowSeeds.Element(text.In(Text)));
        }
    }

    private TextRange AddQuoted(ReadOnlySpan<byte> text)
    {
        int start = Text.Count;
        JsonText.Quote(text, Text);
        return new TextRange(start, Text.Count - start);
    }
}
