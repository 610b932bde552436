using System.CommandLine;
using SoftBoN.Tool.Cluster;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Input;
using SoftBoN.Tool.Output;
using SoftBoN.Tool.Running;

namespace SoftBoN.Tool.Commands;

/// <summary>Reports soft weights and picks nothing.</summary>
internal sealed class WeightsCommand : ToolCommand
{
    private readonly RunOptions _run;
    private readonly LambdaOptions _lambda = new();
    private readonly RewardOptions _rewards = new();

    public WeightsCommand(ToolHost host)
        : base("weights", "Report the soft weights of each line's candidates and what they say; no noise, no seed.")
    {
        _run = new RunOptions(host);
        _run.AddTo(this, () =>
        {
            _lambda.AddTo(this);
            _rewards.AddTo(this);
        });
        SetAction(Run);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "softbon weights --input prompts.jsonl --lambda 0.1",
        "softbon weights --input prompts.jsonl --target-ess 4 --table",
        "echo '{\"id\":1,\"rewards\":[0.2,0.9,0.4]}' | softbon weights --lambda 0.1",
    ];

    private int Run(ParseResult parsed)
    {
        LambdaSetting lambda = _lambda.Read(parsed);
        RewardSteps? steps = _rewards.Read(parsed);
        var rules = new RowRules
        {
            IdFromContent = _run.Input.NamesByContent(parsed),
            Fields = steps?.Fields ?? RowFields.None,
        };
        using OpenEngine open = _run.Engine.Open(parsed);
        SoftBonEngine engine = open.Engine;
        IRowWork work = new WeightsLines(new Diagnostics(engine, all: true), lambda);
        work = steps is null ? work : new SteppedWork(engine, steps, work);
        return _run.Run(parsed, rules, open.Fit(BatchLimits.ForDraws(1)), work);
    }
}
