using System.CommandLine;
using System.CommandLine.Parsing;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Running;

namespace SoftBoN.Tool.Commands;

/// <summary>What is done to rewards before they are used; steps happen in the order in which they are given.</summary>
internal sealed class RewardOptions
{
    private readonly Option<string?> _columns = OptionKinds.OptionalText(
        "--reward-columns", "A,B,…", "The fields (JSON) or columns (CSV) that hold each candidate's rewards.");

    private readonly Option<string[]> _ensemble = Step(
        "--ensemble", RewardSteps.Poolings, "Make one reward of several.");

    private readonly Option<string[]> _calibrate = Step(
        "--calibrate", RewardSteps.Calibrations, "Bring each line's rewards to a scale; several rewards each by itself.");

    private readonly Option<string[]> _penalty = Step(
        "--penalty", RewardSteps.Penalties, "Take off what log-probability above the reference's, and length, cost.");

    public void AddTo(Command command)
    {
        command.Add(_columns);
        command.Add(_ensemble);
        command.Add(_calibrate);
        command.Add(_penalty);
    }

    /// <summary>The steps; null where rewards are used as they are.</summary>
    /// <exception cref="FaultException">A step is unknown or does not fit the one before.</exception>
    public RewardSteps? Read(ParseResult parsed)
    {
        string? columns = parsed.GetValue(_columns);
        var steps = new List<(string Option, string Value)>();
        string option = "";
        foreach (Token token in parsed.Tokens)
        {
            if (token.Type == TokenType.Option)
            {
                option = token.Value;
            }
            else if (option == _ensemble.Name || option == _calibrate.Name || option == _penalty.Name)
            {
                steps.Add((option, token.Value));
            }
        }

        return columns is null && steps.Count == 0 ? null : new RewardSteps(Names(columns), steps);
    }

    private static string[] Names(string? columns)
    {
        string[] names = columns?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        foreach (string name in names)
        {
            if (name.Length == 0 || names.Count(other => other == name) > 1)
            {
                throw new FaultException($"--reward-columns {columns} has \"{name}\" "
                    + (name.Length == 0 ? "for a name" : "twice") + "; separate different names by single commas");
            }
        }

        return names;
    }

    private static Option<string[]> Step(string name, string helpName, string description) => new(name)
    {
        HelpName = helpName,
        Description = description,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };
}
