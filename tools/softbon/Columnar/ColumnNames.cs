using SoftBoN.Tool.Columnar.Tables;
using SoftBoN.Tool.Input;

namespace SoftBoN.Tool.Columnar;

/// <summary>Which columns hold what, by name; null where the option was not given.</summary>
internal sealed record ColumnNames
{
    /// <summary>Stands for all columns.</summary>
    public const string All = "*";

    public string? Prompt { get; init; }

    public string? Candidate { get; init; }

    public string? Reward { get; init; }

    public string? Answer { get; init; }

    public string? Offset { get; init; }

    /// <summary>The column of which rewards are made.</summary>
    public string? Hidden { get; init; }

    /// <summary>Makes them; null where rewards are there.</summary>
    public IRewardMaker? Maker { get; init; }

    /// <summary>The columns that go on into the output; <see cref="All"/> alone for all of them.</summary>
    public string[] Keep { get; init; } = [];

    /// <summary>The run's own fields.</summary>
    public RowFields Fields { get; init; } = RowFields.None;

    /// <summary>Finds the columns in a part.</summary>
    /// <exception cref="PartException">One is missing, or holds the wrong type.</exception>
    public PartLayout Find(string part, IReadOnlyList<CellsShape> columns)
    {
        var find = new ColumnFinder(part, columns);
        return Maker is null ? Find(find, columns) : FindHidden(find, Maker);
    }

    /// <summary>A row a candidate, whose reward is yet to be made.</summary>
    private PartLayout FindHidden(ColumnFinder find, IRewardMaker maker)
    {
        int prompt = find.Needed(Prompt, "--prompt-column", "prompt", "id");
        int hidden = find.Needed(Hidden, "--hidden-column", "hidden", "hidden_states");
        find.CheckName(prompt, isList: false);
        find.Check(hidden, maker.Refuse);
        return new PartLayout
        {
            IsList = false,
            Prompt = prompt,
            Hidden = hidden,
            Maker = maker,
            Own = [],
            Kept = KeptOf(find),
        };
    }

    private PartLayout Find(ColumnFinder find, IReadOnlyList<CellsShape> columns)
    {
        int prompt = find.Needed(Prompt, "--prompt-column", "prompt", "id");
        int[] rewards = Fields.Rewards == 0
            ? [find.Needed(Reward, "--reward-column", "reward", "rewards")]
            : [.. Fields.Names.Take(Fields.Rewards).Select(name => find.Needed(name, "--reward-columns"))];
        int[] others = [.. Fields.Names.Skip(Fields.Rewards).Select(name => find.Needed(name, "that very name"))];
        int candidate = find.Optional(Candidate, "--candidate-column", "candidate", "candidates");
        int answer = find.Optional(Answer, "--answer-column", "answer", "answers");
        int offset = find.Optional(Offset, "--offset-column", "offset", "offsets");
        bool isList = columns[rewards[0]].IsList;
        find.CheckName(prompt, isList: false);
        find.CheckName(candidate, isList);
        find.CheckName(answer, isList);
        foreach (int number in rewards.Concat(others).Append(offset))
        {
            find.CheckNumber(number, isList);
        }

        return new PartLayout
        {
            IsList = isList,
            Prompt = prompt,
            Reward = Fields.Rewards == 0 ? rewards[0] : -1,
            Own = [.. Fields.Rewards == 0 ? [] : rewards, .. others],
            Candidate = candidate,
            Answer = answer,
            Offset = offset,
            Kept = KeptOf(find),
        };
    }

    private int[] KeptOf(ColumnFinder find) => Keep is [All] ? find.HoldAll() : [.. Keep.Select(find.Held)];
}

/// <summary>Where the columns are in a part; -1 for one that it does not have.</summary>
internal sealed record PartLayout
{
    /// <summary>A row a prompt; otherwise a row a candidate.</summary>
    public required bool IsList { get; init; }

    public required int Prompt { get; init; }

    public int Reward { get; init; } = -1;

    /// <summary>The column of which rewards are made.</summary>
    public int Hidden { get; init; } = -1;

    /// <summary>Makes them, where there is such a column.</summary>
    public IRewardMaker? Maker { get; init; }

    public required int[] Own { get; init; }

    public int Candidate { get; init; } = -1;

    public int Answer { get; init; } = -1;

    public int Offset { get; init; } = -1;

    public required int[] Kept { get; init; }

    public IEnumerable<int> Used =>
        Own.Concat(Kept).Append(Prompt).Append(Reward).Append(Hidden).Append(Candidate).Append(Answer).Append(Offset)
            .Where(column => column >= 0).Distinct();
}
