using System.Text;
using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Input;

/// <summary>Which columns of a CSV file hold what, by their names in the header.</summary>
internal sealed record CsvColumns
{
    public string Prompt { get; init; } = "prompt";

    /// <summary>Taken if the header has it; null where the option was not given.</summary>
    public string? Candidate { get; init; }

    public string Reward { get; init; } = "reward";

    public string? Answer { get; init; }

    public string? Offset { get; init; }

    /// <summary>The run's own fields.</summary>
    public RowFields Fields { get; init; } = RowFields.None;

    /// <summary>Looks the columns up in a header.</summary>
    /// <exception cref="FaultException">The header lacks a column that was asked for, or has it twice.</exception>
    public CsvLayout Find(CsvRecord header)
    {
        var names = new List<string>(header.Count);
        for (int i = 0; i < header.Count; i++)
        {
            names.Add(Encoding.UTF8.GetString(header[i]).Trim());
        }

        return new CsvLayout(
            names.Count,
            Required(names, Prompt, "--prompt-column"),
            Candidate is null ? Find(names, "candidate", "--candidate-column") : Required(names, Candidate, "--candidate-column"),
            Fields.Rewards > 0 ? -1 : Required(names, Reward, "--reward-column"),
            Answer is null ? Find(names, "answer", "--answer-column") : Required(names, Answer, "--answer-column"),
            Offset is null ? Find(names, "offset", "--offset-column") : Required(names, Offset, "--offset-column"),
            [.. Fields.Names.Select((name, i) => Required(
                names, name, i < Fields.Rewards ? "--reward-columns" : "that very name, or drop --penalty"))]);
    }

    private static int Find(List<string> names, string name, string option)
    {
        int at = names.IndexOf(name);
        return at == names.LastIndexOf(name) ? at : throw new FaultException(
            $"the CSV header has more than one column \"{name}\"; rename all but one, or name another with {option}");
    }

    private static int Required(List<string> names, string name, string option)
    {
        int at = Find(names, name, option);
        return at >= 0 ? at : throw new FaultException(
            $"the CSV header has no column \"{name}\", it has {string.Join(", ", names)}; "
            + $"name the column with {option}");
    }
}

/// <summary>Where the columns are; -1 for one that the file does not have.</summary>
internal readonly record struct CsvLayout(
    int Count, int Prompt, int Candidate, int Reward, int Answer, int Offset, int[] Own);
