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

    /// <summary>The columns that go on into the output; <see cref="All"/> alone for all of them.</summary>
    public string[] Keep { get; init; } = [];

    /// <summary>The run's own fields.</summary>
    public RowFields Fields { get; init; } = RowFields.None;

    /// <summary>Finds the columns in a part.</summary>
    /// <exception cref="PartException">One is missing, or holds the wrong type.</exception>
    public PartLayout Find(string part, IReadOnlyList<CellsShape> columns)
    {
        var find = new ColumnFinder(part, columns);
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
            Kept = Keep is [All] ? find.HoldAll() : [.. Keep.Select(find.Held)],
        };
    }
}

/// <summary>Where the columns are in a part; -1 for one that it does not have.</summary>
internal sealed record PartLayout
{
    /// <summary>A row a prompt; otherwise a row a candidate.</summary>
    public required bool IsList { get; init; }

    public required int Prompt { get; init; }

    public required int Reward { get; init; }

    public required int[] Own { get; init; }

    public required int Candidate { get; init; }

    public required int Answer { get; init; }

    public required int Offset { get; init; }

    public required int[] Kept { get; init; }

    public IEnumerable<int> Used =>
        Own.Concat(Kept).Append(Prompt).Append(Reward).Append(Candidate).Append(Answer).Append(Offset)
            .Where(column => column >= 0).Distinct();
}
