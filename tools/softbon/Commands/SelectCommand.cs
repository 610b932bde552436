using System.CommandLine;
using SoftBoN.Tool.Cluster;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Input;
using SoftBoN.Tool.Output;
using SoftBoN.Tool.Running;

namespace SoftBoN.Tool.Commands;

/// <summary>Picks candidates.</summary>
internal sealed class SelectCommand : ToolCommand
{
    private const int MostDraws = (1 << 28) - 1;

    private readonly RunOptions _run;
    private readonly LambdaOptions _lambda = new();
    private readonly RewardOptions _rewards = new();

    private readonly Option<ulong?> _seed = OptionKinds.Seed(
        "--seed", "Any 64-bit integer; with a line's id it gives the line's noise. Needed unless lines have seeds.");

    private readonly Option<string> _noise = OptionKinds.Choice(
        "--noise", "gumbel is soft best-of-n, none is best-of-n.", "gumbel", "uniform-race", "none");

    private readonly Option<int?> _draws = OptionKinds.Count(
        "--draws", "K", "Draws per line; the outputs per draw become arrays.", MostDraws);

    private readonly Option<bool> _distinct = OptionKinds.Switch(
        "--distinct", "Draw each candidate at most once per line.");

    private readonly Option<bool> _majority = OptionKinds.Switch(
        "--majority", "Also report the answer with the largest sum of soft weights.");

    private readonly Option<bool> _weights = OptionKinds.Switch(
        "--weights", "Also report the soft weights, one per candidate.");

    private readonly Option<bool> _picksOnly = OptionKinds.Switch(
        "--picks-only", "Leave out log-probabilities, margins and diagnostics, which take most of the engine's time.");

    private readonly Option<bool> _elementsFromIds = OptionKinds.Switch(
        "--elements-from-ids", "Tie each candidate's noise to its id instead of its place in the line.");

    public SelectCommand(ToolHost host)
        : base("select", "Pick candidates by soft best-of-n: the pick follows softmax(reward / lambda).")
    {
        _run = new RunOptions(host);
        _run.AddTo(this, AddOwn);
        SetAction(Run);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "softbon select --input prompts.jsonl --lambda 0.1 --seed 42",
        "softbon select --input prompts.jsonl --target-kl 0.5 --seed 42 --table",
        "softbon select --input scores.csv --lambda 0.1 --seed 42 --output picks.jsonl",
        "softbon select --input prompts.jsonl --lambda 0 --noise none            best-of-n",
        "softbon select --input prompts.jsonl --lambda 0.1 --seed 42 --draws 4 --distinct",
        "softbon select --input panel.jsonl --reward-columns helpful,safe --calibrate z-score --ensemble min --lambda 0.5 --seed 1",
        "echo '{\"id\":1,\"rewards\":[0.2,0.9,0.4]}' | softbon select --lambda 0.1 --seed 42",
    ];

    private void AddOwn()
    {
        _lambda.AddTo(this);
        Add(_seed);
        Add(_noise);
        Add(_draws);
        Add(_distinct);
        Add(_majority);
        Add(_weights);
        Add(_picksOnly);
        Add(_elementsFromIds);
        _rewards.AddTo(this);
    }

    private int Run(ParseResult parsed)
    {
        var settings = new SelectionSettings
        {
            Lambda = _lambda.Read(parsed),
            Noise = ReadNoise(parsed),
            Draws = parsed.GetValue(_draws) ?? 1,
            Arrays = parsed.GetValue(_draws) is not null,
            Distinct = parsed.GetValue(_distinct),
            Majority = parsed.GetValue(_majority),
            Weights = parsed.GetValue(_weights) || _run.Columnar.Annotates(parsed),
            PicksOnly = parsed.GetValue(_picksOnly),
        };
        if (settings.PicksOnly && (settings.Weights || _run.ShowsTable(parsed)))
        {
            throw new FaultException("--picks-only leaves out what --weights, --annotate and --table show; drop one of them");
        }

        RewardSteps? steps = _rewards.Read(parsed);
        var rules = new RowRules
        {
            Seed = parsed.GetValue(_seed),
            SeedNeeded = settings.Noise != SelectionNoise.None,
            IdFromContent = _run.Input.NamesByContent(parsed),
            ElementsFromIds = parsed.GetValue(_elementsFromIds),
            Answers = settings.Majority,
            Fields = steps?.Fields ?? RowFields.None,
        };
        using OpenEngine open = _run.Engine.Open(parsed);
        SoftBonEngine engine = open.Engine;
        IRowWork work = new SelectionLines(new Selection(engine, settings));
        work = steps is null ? work : new SteppedWork(engine, steps, work);
        return _run.Run(parsed, rules, open.Fit(BatchLimits.ForDraws(settings.Draws)), work);
    }

    private SelectionNoise ReadNoise(ParseResult parsed) => parsed.GetRequiredValue(_noise) switch
    {
        "uniform-race" => SelectionNoise.UniformRace,
        "none" => SelectionNoise.None,
        _ => SelectionNoise.Gumbel,
    };
}
