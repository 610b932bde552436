using System.CommandLine;
using SoftBoN.Tool.Cluster;
using SoftBoN.Tool.Columnar;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Input;
using SoftBoN.Tool.Output;
using SoftBoN.Tool.Scores;
using SoftBoN.Tool.Tokens;

namespace SoftBoN.Tool.Commands;

/// <summary>Makes rewards from hidden states and the head of a reward model.</summary>
internal sealed class ScoreCommand : ToolCommand
{
    private readonly ToolHost _host;

    private readonly Option<string> _hidden = OptionKinds.Text(
        "--hidden", "FILE|DIR", "A .npy file of [rows, dimension]: float32, float16, or bfloat16 as uint16; or Parquet or Arrow.");

    private readonly Option<string> _head = OptionKinds.Text(
        "--head", "FILE", "A .npy file of [heads, dimension], or [dimension] for one head.");

    private readonly Option<string?> _bias = OptionKinds.OptionalText(
        "--bias", "FILE", "A .npy file of [heads]; 0 if not given.");

    private readonly Option<string?> _mixture = OptionKinds.OptionalText(
        "--mixture", "FILE", "A .npy file of [heads]: the heads' shares of the reward; needed for several heads.");

    private readonly Option<int?> _groups = OptionKinds.Count(
        "--groups", "N", "The number of prompts of a .npy file; each has as many rows.", int.MaxValue);

    private readonly Option<string?> _prompt = OptionKinds.OptionalText(
        "--prompt-column", "NAME", "Column of the prompt's id, for Parquet and Arrow [default: prompt].");

    private readonly Option<string?> _hiddenColumn = OptionKinds.OptionalText(
        "--hidden-column", "NAME", "Column of the hidden states, a list a candidate [default: hidden].");

    private readonly Option<string> _format = OptionKinds.Choice(
        "--input-format", "The format of --hidden; auto goes by the ending.", "auto", "npy", "parquet", "arrow");

    private readonly Option<string> _dtype = OptionKinds.Choice(
        "--dtype", "bf16: 16-bit integers in any file are bfloat16.", "auto", "bf16");

    private readonly Option<string> _output = OptionKinds.Output(
        "JSON Lines, one line per prompt, as select reads them; - is standard output.");

    private readonly ColumnarOptions _columnar = new();

    private readonly EngineOptions _engine = new(takesCluster: true);

    public ScoreCommand(ToolHost host)
        : base("score", "Make the rewards of N prompts from hidden states and a reward model's head.")
    {
        _host = host;
        _hidden.Required = true;
        _head.Required = true;
        foreach (Option option in (Option[])
            [_hidden, _head, _bias, _mixture, _groups, _dtype, _output, _format, _prompt, _hiddenColumn])
        {
            Add(option);
        }

        _columnar.AddTo(this);
        _engine.AddTo(this);
        SetAction(Run);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "softbon score --hidden hidden.npy --head head.npy --bias bias.npy --groups 1000 --output rewards.jsonl",
        "softbon score --hidden hidden.npy --head head.npy --groups 1000 | softbon select --lambda 0.1 --seed 42",
        "softbon score --hidden hidden/ --head head.npy --output rewards/",
        "softbon score --hidden hidden.npy --dtype bf16 --head heads.npy --mixture shares.npy --groups 1000",
    ];

    private int Run(ParseResult parsed)
    {
        string outputName = parsed.GetRequiredValue(_output);
        using TokenFile head = Open(parsed.GetValue(_head), _head.Name, outputName, parsed)!;
        using TokenFile? bias = Open(parsed.GetValue(_bias), _bias.Name, outputName, parsed);
        using TokenFile? mixture = Open(parsed.GetValue(_mixture), _mixture.Name, outputName, parsed);
        Check(head, bias, mixture);
        using OpenEngine open = _engine.Open(parsed);
        var scorer = new HeadScorer(open.Engine, head, bias?.ToFloats() ?? [], mixture?.ToFloats() ?? []);
        return IsColumnar(parsed)
            ? RunColumns(parsed, scorer, outputName)
            : RunMatrix(parsed, scorer, outputName);
    }

    private bool IsColumnar(ParseResult parsed) => parsed.GetRequiredValue(_format) switch
    {
        "auto" => PartList.FormatOf(parsed.GetRequiredValue(_hidden)) is not null
            || Directory.Exists(parsed.GetRequiredValue(_hidden)),
        "npy" => false,
        _ => true,
    };

    private int RunColumns(ParseResult parsed, HeadScorer scorer, string outputName)
    {
        if (parsed.GetValue(_groups) is not null)
        {
            throw new FaultException("--groups is for .npy files, and a file of columns has a column of prompts; drop it");
        }

        string hidden = parsed.GetRequiredValue(_hidden);
        Files.RefuseSame(_hidden.Name, hidden, outputName);
        var clock = new StageClock();
        var names = new ColumnNames
        {
            Prompt = parsed.GetValue(_prompt),
            Hidden = parsed.GetValue(_hiddenColumn),
            Maker = new HiddenColumn(scorer, IsBFloat16(parsed), clock),
        };
        TableFormat? format = parsed.GetRequiredValue(_format) switch
        {
            "parquet" => TableFormat.Parquet,
            "arrow" => TableFormat.Arrow,
            _ => null,
        };
        var input = new ColumnarInput(_hidden.Name, hidden, format, names) { Mark = scorer.Mark, Clock = clock };
        return new ColumnarCommand(_host, input, _columnar, _engine).Run(
            parsed, new RowRules(), BatchLimits.ForDraws(1), new ScoreLines(), outputName);
    }

    private int RunMatrix(ParseResult parsed, HeadScorer scorer, string outputName)
    {
        RefuseForMatrix(parsed);
        int groups = parsed.GetValue(_groups)
            ?? throw new FaultException("--groups N is needed for a .npy file, which does not say where prompts begin");
        using TokenFile hidden = Open(parsed.GetValue(_hidden), _hidden.Name, outputName, parsed)!;
        Check(hidden, scorer.Head, groups);
        TableFormat? format = _columnar.OutputFormat(parsed, outputName);
        return format is null
            ? ScoreMatrix(scorer, hidden, groups, outputName, format)
            : WholeFile.Write(_host, outputName, path => ScoreMatrix(scorer, hidden, groups, path, format));
    }

    private int ScoreMatrix(HeadScorer scorer, TokenFile hidden, int groups, string outputName, TableFormat? format)
    {
        using IScoreOutput output = format is { } columns
            ? new ScoreColumns(outputName, columns)
            : new ScoreText(new OutputSink(Files.OpenOutput(outputName, _host), _host.Error, atomic: true));
        bool toFile = outputName != InputOptions.Standard;
        var progress = new Progress(_host.Error, _host.ErrorIsTerminal && (toFile || !_host.OutputIsTerminal));
        new Scoring(scorer, output).Run(hidden, groups, progress);
        output.Complete();
        return ExitCodes.Done;
    }

    private void RefuseForMatrix(ParseResult parsed)
    {
        _columnar.RefuseWithout(parsed, "as a matrix");
        if (new[] { _prompt, _hiddenColumn }.FirstOrDefault(option => parsed.GetValue(option) is not null) is { } column)
        {
            throw new FaultException($"{column.Name} is for Parquet and Arrow, and --hidden is read as .npy; drop the option");
        }
    }

    private static void Check(TokenFile hidden, TokenFile head, int groups)
    {
        string? fault = 0 switch
        {
            _ when hidden.Columns != head.Columns =>
                $"{hidden.Name} has the shape {hidden.ShapeText} and {head.Name} {head.ShapeText}; give a weight for each "
                + "hidden value",
            _ when hidden.Rows % groups != 0 =>
                $"{hidden.Name} has {hidden.Rows} rows, which --groups {groups} does not divide; each prompt has as many",
            _ => null,
        };
        if (fault != null)
        {
            throw new FaultException(fault);
        }
    }

    private static void Check(TokenFile head, TokenFile? bias, TokenFile? mixture)
    {
        string? fault = 0 switch
        {
            _ when head.Columns == 0 => $"{head.Name} has the shape {head.ShapeText}; give a weight for each hidden value",
            _ when bias != null && bias.Rows * bias.Columns != head.Rows =>
                $"{bias.Name} has the shape {bias.ShapeText} and there are {head.Rows} heads; give one value for each",
            _ when mixture != null && mixture.Rows * mixture.Columns != head.Rows =>
                $"{mixture.Name} has the shape {mixture.ShapeText} and there are {head.Rows} heads; give a share for each",
            _ when mixture == null && head.Rows != 1 =>
                $"{head.Name} has {head.Rows} heads; pass their shares of the reward, --mixture FILE",
            _ => null,
        };
        if (fault != null)
        {
            throw new FaultException(fault);
        }
    }

    private TokenFile? Open(string? name, string option, string outputName, ParseResult parsed)
    {
        if (name == null)
        {
            return null;
        }

        Files.RefuseSame(option, name, outputName);
        return TokenFile.Open(name, option, IsBFloat16(parsed), mayBeVector: option != _hidden.Name);
    }

    private bool IsBFloat16(ParseResult parsed) => parsed.GetRequiredValue(_dtype) == "bf16";
}
