using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SoftBoN.Tool.Columnar;
using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Commands;

/// <summary>What is given for files of columns alone: how much at a time, which parts, what goes on into the output.</summary>
internal sealed class ColumnarOptions
{
    private const long LeastMemory = 64L << 20;
    private const int MostShards = 1 << 20;

    private readonly Option<string> _outputFormat = OptionKinds.Choice(
        "--output-format",
        "The output's format; auto goes by its name's ending, and takes a folder's parts for Parquet.",
        "auto",
        "jsonl",
        "parquet",
        "arrow");

    private readonly Option<string?> _keep = OptionKinds.OptionalText(
        "--keep-columns", "A,B,…|*", "Columns of the input that go on into the output [default: none; all with --annotate].");

    private readonly Option<bool> _annotate = OptionKinds.Switch(
        "--annotate", "Write the input again, with each candidate's weight and whether it was picked (or its reward), and status.");

    private readonly Option<string?> _memory = OptionKinds.OptionalText(
        "--memory", "BYTES", "About how much memory to use, such as 512M or 4G [default: 2G].");

    private readonly Option<string?> _shard = OptionKinds.OptionalText(
        "--shard", "K/N", "Of the input's parts, do every N-th one from the K-th on.");

    private readonly Option<bool> _resume = OptionKinds.Switch(
        "--resume", "Keep the parts of the output that an earlier run of the same command finished.");

    private readonly Option<bool> _group = OptionKinds.Switch(
        "--group", "Sort a row a candidate by prompt first, within --memory, in files in the temporary folder.");

    private readonly Option<string?> _summary = OptionKinds.OptionalText(
        "--summary", "FILE", "Write counts, and the time of each stage, as JSON.");

    private IEnumerable<Option> All => [_outputFormat, _keep, _annotate, _memory, _shard, _resume, _group, _summary];

    public void AddTo(Command command)
    {
        foreach (Option option in All)
        {
            command.Add(option);
        }
    }

    public bool Annotates(ParseResult parsed) => parsed.GetValue(_annotate);

    public bool Groups(ParseResult parsed) => parsed.GetValue(_group);

    public bool Resumes(ParseResult parsed) => parsed.GetValue(_resume);

    public string? Summary(ParseResult parsed) => parsed.GetValue(_summary);

    /// <summary>The format of columns that the output has; null for lines of JSON.</summary>
    public TableFormat? OutputFormat(ParseResult parsed, string output) => parsed.GetRequiredValue(_outputFormat) switch
    {
        "jsonl" => null,
        "parquet" => TableFormat.Parquet,
        "arrow" => output == InputOptions.Standard || PartList.FormatOf(output) == TableFormat.ArrowStream
            ? TableFormat.ArrowStream
            : TableFormat.Arrow,
        _ => output == InputOptions.Standard ? null : PartList.FormatOf(output),
    };

    public bool SaysOutputFormat(ParseResult parsed) => parsed.GetRequiredValue(_outputFormat) != "auto";

    /// <summary>The columns to keep.</summary>
    public string[] Keep(ParseResult parsed) => parsed.GetValue(_keep) is { } names
        ? names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        : Annotates(parsed) ? [ColumnNames.All] : [];

    /// <summary>In bytes.</summary>
    public long Memory(ParseResult parsed)
    {
        string? text = parsed.GetValue(_memory);
        if (text is null)
        {
            return HeapLimit.Default;
        }

        int unit = "KMGT".IndexOf(char.ToUpperInvariant(text.Length > 0 ? text[^1] : ' '), StringComparison.Ordinal) + 1;
        string digits = unit > 0 ? text[..^1] : text;
        bool isNumber = double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double count);
        double bytes = count * Math.Pow(1024, unit);
        return isNumber && bytes >= LeastMemory && bytes < long.MaxValue
            ? (long)bytes
            : throw new FaultException($"--memory {text} has to be a number of bytes, at least 64M; write it like 512M or 4G");
    }

    /// <summary>The shard, from 0, and their number.</summary>
    public (int Shard, int Shards) Shard(ParseResult parsed)
    {
        string? text = parsed.GetValue(_shard);
        if (text is null)
        {
            return (0, 1);
        }

        string[] parts = text.Split('/');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int shard)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int shards)
            && shard >= 1 && shard <= shards && shards <= MostShards
            ? (shard - 1, shards)
            : throw new FaultException($"--shard {text} has to be K/N with K from 1 to N, such as 2/8");
    }

    /// <summary>
    /// What a run is, whatever its files, its share of them and its speed: what bears on the rows of the output, in whichever
    /// order options are given.
    /// </summary>
    /// <param name="parsed">The options.</param>
    /// <param name="mark">What else bears on them.</param>
    public string Run(ParseResult parsed, string mark)
    {
        string[] free =
        [
            "--input", "-i", "--output", "-o", "--memory", "--threads", "--shard", "--resume", "--summary", "--device",
            "--output-format", "--hidden", "--head", "--bias", "--mixture",
            "--cluster", "--cluster-id", "--max-message",
        ];
        var options = new List<string>();
        foreach (Token token in parsed.Tokens)
        {
            if (token.Type == TokenType.Option)
            {
                options.Add(token.Value);
            }
            else if (token.Type == TokenType.Argument)
            {
                options[^1] += $"\0{token.Value}";
            }
        }

        IEnumerable<string> bearing = options.Where(option => !free.Contains(option.Split('\0')[0])).Order(StringComparer.Ordinal);
        string run = string.Join('\0', bearing.Prepend(parsed.CommandResult.Command.Name + mark));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(run)))[..32];
    }

    /// <summary>Refuses what is for files of columns where the input has none.</summary>
    /// <param name="parsed">The options.</param>
    /// <param name="how">How the input is read.</param>
    public void RefuseWithout(ParseResult parsed, string how)
    {
        Option? given = new Option[] { _keep, _annotate, _memory, _shard, _resume, _group, _summary }
            .FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false });
        if (given is not null)
        {
            throw new FaultException(
                $"{given.Name} is for Parquet, and the input is read {how}; drop the option or pass --input-format parquet");
        }
    }
}
