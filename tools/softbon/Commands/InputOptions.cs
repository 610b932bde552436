using System.CommandLine;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Input;

namespace SoftBoN.Tool.Commands;

/// <summary>Where rows come from, and in which form.</summary>
internal sealed class InputOptions
{
    public const string Standard = "-";

    private readonly Option<string> _input = new("--input", "-i")
    {
        HelpName = "FILE|-",
        Description = "JSON Lines or CSV; - is standard input.",
        DefaultValueFactory = _ => Standard,
    };

    private readonly Option<string> _format = OptionKinds.Choice(
        "--format",
        "The input's format; auto takes .csv files for CSV and all else for JSON Lines.",
        "auto",
        "jsonl",
        "csv");

    private readonly Option<string?> _prompt = Column(
        "--prompt-column", "CSV column of the prompt's id [default: prompt]");

    private readonly Option<string?> _candidate = Column(
        "--candidate-column", "CSV column of the candidate's id [default: candidate, if there is one]");

    private readonly Option<string?> _reward = Column("--reward-column", "CSV column of the reward [default: reward]");
    private readonly Option<string?> _answer = Column(
        "--answer-column", "CSV column of the candidate's answer [default: answer, if there is one]");

    private readonly Option<string?> _offset = Column(
        "--offset-column", "CSV column of the candidate's offset, in nats [default: offset, if there is one]");

    private readonly Option<bool> _idFromContent = OptionKinds.Switch(
        "--id-from-content", "Name a line without an id by the SHA-256 of its bytes instead of refusing it.");

    public void AddFileTo(Command command) => command.Add(_input);

    public void AddFormTo(Command command)
    {
        command.Add(_format);
        command.Add(_prompt);
        command.Add(_candidate);
        command.Add(_reward);
        command.Add(_answer);
        command.Add(_offset);
        command.Add(_idFromContent);
    }

    /// <summary>The input's name: a file's, or <see cref="Standard"/>.</summary>
    public string Name(ParseResult parsed) => parsed.GetRequiredValue(_input);

    public bool NamesByContent(ParseResult parsed) => parsed.GetValue(_idFromContent);

    public IRowSource Open(ParseResult parsed, Stream stream, RowRules rules)
    {
        if (!IsCsv(parsed))
        {
            RefuseColumns(parsed);
            return new JsonLinesSource(new LineBuffer(stream), rules);
        }

        if (rules.IdFromContent)
        {
            throw new FaultException(
                "--id-from-content is for JSON Lines; a CSV row's id is its prompt, drop the option");
        }

        return new CsvSource(new LineBuffer(stream, quoted: true), Columns(parsed, rules), rules);
    }

    private void RefuseColumns(ParseResult parsed)
    {
        foreach (Option<string?> column in new[] { _prompt, _candidate, _reward, _answer, _offset })
        {
            if (parsed.GetValue(column) is { } name)
            {
                throw new FaultException(
                    $"{column.Name} {name} is for CSV, and the input is read as JSON Lines; "
                    + "drop the option or pass --format csv");
            }
        }
    }

    private bool IsCsv(ParseResult parsed) => parsed.GetRequiredValue(_format) switch
    {
        "csv" => true,
        "jsonl" => false,
        _ => Name(parsed).EndsWith(".csv", StringComparison.OrdinalIgnoreCase),
    };

    private CsvColumns Columns(ParseResult parsed, RowRules rules)
    {
        if (rules.Fields.Rewards > 0 && parsed.GetValue(_reward) is { } reward)
        {
            throw new FaultException($"--reward-column {reward} and --reward-columns are given; give one of them");
        }

        var names = new CsvColumns();
        return names with
        {
            Prompt = parsed.GetValue(_prompt) ?? names.Prompt,
            Candidate = parsed.GetValue(_candidate),
            Reward = parsed.GetValue(_reward) ?? names.Reward,
            Answer = parsed.GetValue(_answer),
            Offset = parsed.GetValue(_offset),
            Fields = rules.Fields,
        };
    }

    private static Option<string?> Column(string name, string description) =>
        new(name) { HelpName = "NAME", Description = description };
}
