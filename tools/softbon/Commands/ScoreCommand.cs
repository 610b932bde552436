using System.CommandLine;
using SoftBoN.Tool.Cluster;
using SoftBoN.Tool.Columnar;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Output;
using SoftBoN.Tool.Scores;
using SoftBoN.Tool.Tokens;

namespace SoftBoN.Tool.Commands;

/// <summary>Makes rewards from hidden states and the head of a reward model.</summary>
internal sealed class ScoreCommand : ToolCommand
{
    private readonly ToolHost _host;

    private readonly Option<string> _hidden = OptionKinds.Text(
        "--hidden", "FILE", "A .npy file of [rows, dimension]: float32, float16, or bfloat16 as uint16. Mapped, not loaded.");

    private readonly Option<string> _head = OptionKinds.Text(
        "--head", "FILE", "A .npy file of [heads, dimension], or [dimension] for one head.");

    private readonly Option<string?> _bias = OptionKinds.OptionalText(
        "--bias", "FILE", "A .npy file of [heads]; 0 if not given.");

    private readonly Option<string?> _mixture = OptionKinds.OptionalText(
        "--mixture", "FILE", "A .npy file of [heads]: the heads' shares of the reward; needed for several heads.");

    private readonly Option<int?> _groups = OptionKinds.Count(
        "--groups", "N", "The number of prompts; each has as many rows.", int.MaxValue);

    private readonly Option<string> _dtype = OptionKinds.Choice(
        "--dtype", "bf16: 16-bit integers in any file are bfloat16.", "auto", "bf16");

    private readonly Option<string> _output = OptionKinds.Output(
        "JSON Lines, one line per prompt, as select reads them; - is standard output.");

    private readonly EngineOptions _engine = new(takesCluster: true);

    public ScoreCommand(ToolHost host)
        : base("score", "Make the rewards of N prompts from hidden states and a reward model's head.")
    {
        _host = host;
        _hidden.Required = true;
        _head.Required = true;
        _groups.Required = true;
        foreach (Option option in (Option[])[_hidden, _head, _bias, _mixture, _groups, _dtype, _output])
        {
            Add(option);
        }

        _engine.AddTo(this);
        SetAction(Run);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "softbon score --hidden hidden.npy --head head.npy --bias bias.npy --groups 1000 --output rewards.jsonl",
        "softbon score --hidden hidden.npy --head head.npy --groups 1000 | softbon select --lambda 0.1 --seed 42",
        "softbon score --hidden hidden.npy --dtype bf16 --head heads.npy --mixture shares.npy --groups 1000",
    ];

    private int Run(ParseResult parsed)
    {
        string outputName = parsed.GetRequiredValue(_output);
        using TokenFile hidden = Open(parsed.GetValue(_hidden), _hidden.Name, outputName, parsed)!;
        using TokenFile head = Open(parsed.GetValue(_head), _head.Name, outputName, parsed)!;
        using TokenFile? bias = Open(parsed.GetValue(_bias), _bias.Name, outputName, parsed);
        using TokenFile? mixture = Open(parsed.GetValue(_mixture), _mixture.Name, outputName, parsed);
        int groups = parsed.GetValue(_groups)!.Value;
        Check(hidden, head, bias, mixture, groups);
        using OpenEngine open = _engine.Open(parsed);
        SoftBonEngine engine = open.Engine;
        using IScoreOutput output = OpenScores(outputName);
        bool toFile = outputName != InputOptions.Standard;
        var progress = new Progress(_host.Error, _host.ErrorIsTerminal && (toFile || !_host.OutputIsTerminal));
        var lines = new Scoring(engine, head, bias?.ToFloats() ?? [], mixture?.ToFloats() ?? [], output);
        try
        {
            lines.Run(hidden, groups, progress);
        }
        catch (ArgumentException fault)
        {
            // What remains are values that are not finite, which the message names.
            throw new FaultException($"--head, --bias or --mixture: {fault.Message}", fault);
        }

        output.Complete();
        return ExitCodes.Done;
    }

    private IScoreOutput OpenScores(string name) => PartList.FormatOf(name) is { } format
        ? new ScoreColumns(name, format)
        : new ScoreText(new OutputSink(Files.OpenOutput(name, _host), _host.Error, atomic: true));

    private static void Check(TokenFile hidden, TokenFile head, TokenFile? bias, TokenFile? mixture, int groups)
    {
        string? fault = 0 switch
        {
            _ when hidden.Columns != head.Columns || head.Columns == 0 =>
                $"{hidden.Name} has the shape {hidden.ShapeText} and {head.Name} {head.ShapeText}; give a weight for each "
                + "hidden value",
            _ when hidden.Rows % groups != 0 =>
                $"{hidden.Name} has {hidden.Rows} rows, which --groups {groups} does not divide; each prompt has as many",
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
        bool isBFloat16 = parsed.GetRequiredValue(_dtype) == "bf16";
        return TokenFile.Open(name, option, isBFloat16, mayBeVector: option != _hidden.Name);
    }
}
