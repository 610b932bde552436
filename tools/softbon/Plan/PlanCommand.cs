using System.CommandLine;
using System.Globalization;
using SoftBoN.Kernels.Theory;
using SoftBoN.Tool.Commands;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Output;
using SoftBoN.Tool.Study.Sources;

namespace SoftBoN.Tool.Plan;

/// <summary>Chooses block length, candidates and temperature for sequences.</summary>
internal sealed class PlanCommand : ToolCommand
{
    private const int LongestSequence = 4096;
    private const double DefaultShare = 0.9;

    private readonly ToolHost _host;

    private readonly Option<int?> _m = OptionKinds.Count("--m", "M", "Symbols (tokens) per sequence.", LongestSequence);

    private readonly Option<string> _kl = OptionKinds.Text(
        "--kl-budget", "X", "The most KL from the model, in nats per sequence.");

    private readonly Option<string> _target = OptionKinds.Text(
        "--reward-target", "R", "The least expected reward per symbol; 90 % of the most gain in budget if not given.");

    private readonly Option<string> _decode = BatchCost.Option("--decode-ms", "per decoded token", null);

    private readonly Option<string> _reward = BatchCost.Option("--reward-ms", "per reward evaluation", null);

    private readonly AlphabetOptions _symbol = new(double.MinValue, "0.5,0.5", "0,1");

    private readonly Option<int?> _prompts = OptionKinds.Count(
        "--prompts", "N", "Sequences side by side, in one batch; 1 if not given.", 1 << 20);

    private readonly Option<int?> _most = OptionKinds.Count(
        "--most-candidates", "N", "The most candidates per block; 65536 if not given.", 1 << 30);

    private readonly Option<bool> _json = OptionKinds.Switch("--json", "One JSON object instead of a table.");

    public PlanCommand(ToolHost host)
        : base("plan", "Choose block length, candidates and lambda for sequences, at the least cost, by exact laws.")
    {
        _host = host;
        foreach (Option option in (Option[])[_m, _kl, _decode, _reward])
        {
            option.Required = true;
        }

        foreach (Option option in (Option[])[_m, _kl, _target, _decode, _reward, _prompts, _most, _json])
        {
            Add(option);
        }

        _symbol.AddTo(this);
        SetAction(Run);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "softbon plan --m 64 --kl-budget 4 --decode-ms 1:12,64:15,512:40 --reward-ms 1:15,64:30,512:200",
        "softbon plan --m 64 --kl-budget 4 --reward-target 0.45 --p 0.7,0.3 --reward 0,1 --decode-ms 0.2 --reward-ms 5",
    ];

    private int Run(ParseResult parsed)
    {
        PlanGoal goal = Goal(parsed);
        IReadOnlyList<PlanChoice> choices = new Planner(goal).Choices();
        if (choices.Count == 0)
        {
            throw new FaultException(string.Create(
                CultureInfo.InvariantCulture,
                $"no block length reaches {goal.RewardTarget:G6} with {goal.MostCandidates} candidates; lower "
                + $"--reward-target, or raise --kl-budget or --most-candidates"));
        }

        using StreamWriter output = _host.OpenText();
        if (parsed.GetValue(_json))
        {
            output.Write(PlanPrint.Json(goal, choices));
        }
        else
        {
            PlanPrint.Write(goal, choices, Tables.Console(output, _host.OutputIsTerminal));
        }

        return ExitCodes.Done;
    }

    private PlanGoal Goal(ParseResult parsed)
    {
        FiniteAlphabet symbol = _symbol.Read(parsed);
        if (symbol.RewardRange == 0)
        {
            throw new FaultException("--reward: all rewards are equal, so nothing is chosen; give two that differ");
        }

        int length = parsed.GetRequiredValue(_m)!.Value;
        double kl = Number(parsed.GetRequiredValue(_kl), _kl.Name);
        if (!(kl > 0 && double.IsFinite(kl)))
        {
            throw new FaultException(string.Create(
                CultureInfo.InvariantCulture, $"--kl-budget {kl} is out of range; it has to be nats, more than 0"));
        }

        double frontier = PlanGoal.Frontier(symbol, length, kl);
        double model = symbol.ExpectedReward(symbol.Probabilities);
        double target = parsed.GetValue(_target) is { } text
            ? Number(text, _target.Name)
            : model + (DefaultShare * (frontier - model));
        if (target > frontier)
        {
            throw new FaultException(string.Create(
                CultureInfo.InvariantCulture,
                $"--reward-target {target} is out of reach: no law within --kl-budget {kl} has more than {frontier:G6} "
                + $"per symbol; lower the target or raise the budget"));
        }

        return new PlanGoal(symbol, length, kl, target)
        {
            Decode = BatchCost.Parse(parsed.GetRequiredValue(_decode), _decode.Name),
            Reward = BatchCost.Parse(parsed.GetRequiredValue(_reward), _reward.Name),
            Prompts = parsed.GetValue(_prompts) ?? 1,
            MostCandidates = parsed.GetValue(_most) ?? 1 << 16,
        };
    }

    private static double Number(string text, string option) => OptionKinds.TryNumber(text, out double value)
        ? value
        : throw new FaultException(
            $"{option}: {text} is no number; write it like 0.5");
}
