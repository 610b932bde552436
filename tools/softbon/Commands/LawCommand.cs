using System.CommandLine;
using SoftBoN.Kernels.Theory;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Output;
using SoftBoN.Tool.Running;
using SoftBoN.Tool.Study.Sources;

namespace SoftBoN.Tool.Commands;

/// <summary>Computes what the selection rules do on average, exactly.</summary>
internal sealed class LawCommand : ToolCommand
{
    private readonly ToolHost _host;

    private readonly Option<string> _probabilities = OptionKinds.Text(
        "--p", "P,P,…", "The model's probabilities, one per outcome, separated by commas; they sum to 1.");

    private readonly Option<string> _rewards = OptionKinds.Text(
        "--reward", "R,R,…", "The rewards, one per outcome, separated by commas.");

    private readonly Option<string> _lambda = OptionKinds.Text("--lambda", "L|inf", "The temperature, 0 to inf.");

    private readonly Option<int?> _n = OptionKinds.Count("--n", "N", "Candidates per pick, at least 1.", int.MaxValue);

    private readonly Option<bool> _json = OptionKinds.Switch("--json", "One JSON object instead of tables.");

    public LawCommand(ToolHost host)
        : base("law", "Compute the exact laws of a pick on a finite set of outcomes, their divergences and bounds.")
    {
        _host = host;
        foreach (Option option in (Option[])[_probabilities, _rewards, _lambda, _n])
        {
            option.Required = true;
            Add(option);
        }

        Add(_json);
        SetAction(Run);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "softbon law --p 0.5,0.3,0.2 --reward 0,0.5,1 --lambda 0.5 --n 4",
        "softbon law --p 0.5,0.3,0.2 --reward 0,0.5,1 --lambda 0.5 --n 4 --json",
    ];

    private int Run(ParseResult parsed)
    {
        string text = parsed.GetRequiredValue(_lambda);
        double lambda = Number(text, "--lambda") + 0.0;
        if (lambda < 0)
        {
            throw new FaultException($"--lambda {text} is negative; for soft worst-of-n negate --reward instead");
        }

        LawReport report = LawReport.Compute(Alphabet(parsed), lambda, parsed.GetRequiredValue(_n)!.Value);
        using StreamWriter output = _host.OpenText();
        if (parsed.GetValue(_json))
        {
            output.Write(LawPrint.Json(report));
        }
        else
        {
            LawPrint.Write(report, Tables.Console(output, _host.OutputIsTerminal));
        }

        return ExitCodes.Done;
    }

    private FiniteAlphabet Alphabet(ParseResult parsed)
    {
        double[] probabilities = Numbers(parsed.GetRequiredValue(_probabilities), "--p");
        double[] rewards = Numbers(parsed.GetRequiredValue(_rewards), "--reward");
        return AlphabetOptions.Alphabet(probabilities, rewards);
    }

    private static double[] Numbers(string list, string option) =>
        [.. list.Split(',').Select(text => Number(text.Trim(), option))];

    private static double Number(string text, string option) => OptionKinds.TryNumber(text, out double value)
        ? value
        : throw new FaultException(
            $"{option}: {(text.Length == 0 ? "an empty value" : text)} is no number; write it like 0.5");
}
