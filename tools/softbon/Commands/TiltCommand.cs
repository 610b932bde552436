using System.CommandLine;
using SoftBoN.Tool.Cluster;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Output;
using SoftBoN.Tool.Tokens;

namespace SoftBoN.Tool.Commands;

/// <summary>Draws tokens from rows of logits, tilted by rewards.</summary>
internal sealed class TiltCommand : ToolCommand
{
    private readonly ToolHost _host;

    private readonly Option<string> _logits = OptionKinds.Text(
        "--logits", "FILE", "A .npy file of [rows, tokens]: float32, float16, or bfloat16 as uint16. Mapped, not loaded.");

    private readonly Option<string?> _rewards = OptionKinds.OptionalText(
        "--rewards", "FILE", "A .npy file of the same shape: a reward for each token.");

    private readonly Option<string> _dtype = OptionKinds.Choice(
        "--dtype", "bf16: 16-bit integers in either file are bfloat16.", "auto", "bf16");

    private readonly TiltOptions _options = new();

    private readonly Option<string> _output = OptionKinds.Output(
        "JSON Lines, one line per row; - is standard output.");

    private readonly EngineOptions _engine = new(takesCluster: true);

    public TiltCommand(ToolHost host)
        : base("tilt", "Draw a token for each row of logits from softmax(logit / T) exp(reward / lambda).")
    {
        _host = host;
        _logits.Required = true;
        Add(_logits);
        Add(_rewards);
        Add(_dtype);
        _options.AddTo(this);
        Add(_output);
        _engine.AddTo(this);
        SetAction(Run);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "softbon tilt --logits logits.npy --temperature 0.8 --seed 42",
        "softbon tilt --logits logits.npy --rewards rewards.npy --lambda 0.5 --seed 42 --output tokens.jsonl",
        "softbon tilt --logits logits.npy --dtype bf16 --top-p 0.9 --seed 42 --noise token --top 5",
        "softbon tilt --logits logits.npy --rewards rewards.npy --lambda 0.5 --seed 42 --mode soft-best-of-n --proposals 8",
        "softbon tilt --logits second-half.npy --seed 42 --first-position 5000     rows 5000 on of a split file",
    ];

    private int Run(ParseResult parsed)
    {
        string logitsName = parsed.GetRequiredValue(_logits);
        string? rewardsName = parsed.GetValue(_rewards);
        string outputName = parsed.GetRequiredValue(_output);
        TiltSettings settings = _options.Read(parsed, rewardsName != null);
        bool isBFloat16 = parsed.GetRequiredValue(_dtype) == "bf16";
        Files.RefuseSame("--logits", logitsName, outputName);
        Files.RefuseSame("--rewards", rewardsName ?? "", outputName);
        using TokenFile logits = TokenFile.Open(logitsName, "--logits", isBFloat16);
        using TokenFile? rewards = rewardsName == null ? null : TokenFile.Open(rewardsName, "--rewards", isBFloat16);
        if (rewards != null && (rewards.Rows, rewards.Columns) != (logits.Rows, logits.Columns))
        {
            throw new FaultException(
                $"{logits.Name} has the shape {logits.ShapeText} and {rewards.Name} {rewards.ShapeText}; "
                + "give a reward for each logit");
        }

        using OpenEngine open = _engine.Open(parsed);
        SoftBonEngine engine = open.Engine;
        using var sink = new OutputSink(Files.OpenOutput(outputName, _host), _host.Error, atomic: true);
        bool toFile = outputName != InputOptions.Standard;
        var progress = new Progress(_host.Error, _host.ErrorIsTerminal && (toFile || !_host.OutputIsTerminal));
        new TiltLines(new TokenTilt(engine, settings), sink).Run(logits, rewards, progress, CancellationToken.None);
        sink.Complete();
        return ExitCodes.Done;
    }
}
