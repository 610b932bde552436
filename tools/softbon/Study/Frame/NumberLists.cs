using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using SoftBoN.Tool.Commands;
using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Study.Frame;

/// <summary>Options that are lists: values separated by commas.</summary>
internal static class NumberLists
{
    /// <summary>Numbers of a range.</summary>
    public static Option<string> Values(
        string name, string helpName, string description, string fallback, double least, double most) => Checked(
        name,
        helpName,
        description,
        fallback,
        text => OptionKinds.TryNumber(text, out double value) && value >= least && value <= most,
        string.Create(CultureInfo.InvariantCulture, $"a number, {least} to {most}"));

    /// <summary>Temperatures, 0 to inf, or a word for a choice of them.</summary>
    public static Option<string> Temperatures(string name, string description, string fallback) => Checked(
        name,
        "L,L,…",
        description,
        fallback,
        text => text == fallback || (OptionKinds.TryNumber(text, out double value) && value >= 0),
        "a number, 0 to inf");

    /// <summary>Integers from 1, or another least one, to a limit.</summary>
    public static Option<string> Counts(
        string name, string description, string fallback, int most, int least = 1) => Checked(
        name,
        "N,N,…",
        description,
        fallback,
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            && value >= least && value <= most,
        string.Create(CultureInfo.InvariantCulture, $"an integer, {least} to {most}"));

    /// <summary>The numbers of a list that was checked, each once.</summary>
    public static double[] Numbers(string list) => [.. AllNumbers(list).Distinct()];

    /// <summary>The numbers of a list that was checked.</summary>
    public static double[] AllNumbers(string list) => [.. list.Split(',').Select(text =>
        OptionKinds.TryNumber(text.Trim(), out double value)
            ? value
            : throw new FormatException($"{text} is no number"))];

    /// <summary>The number of an option that takes one.</summary>
    public static double Single(Option<string> option, ParseResult parsed)
    {
        string text = parsed.GetRequiredValue(option);
        double[] values = AllNumbers(text);
        return values.Length == 1
            ? values[0]
            : throw new FaultException($"{option.Name} {text} is a list; give one number");
    }

    /// <summary>The integers of a list that was checked, each once.</summary>
    public static int[] Integers(string list) =>
        [.. list.Split(',').Select(text => int.Parse(text.Trim(), CultureInfo.InvariantCulture)).Distinct()];

    private static Option<string> Checked(
        string name, string helpName, string description, string fallback, Predicate<string> fits, string rule)
    {
        Option<string> option = OptionKinds.Text(name, helpName, description);
        option.DefaultValueFactory = _ => fallback;
        option.Validators.Add(result => Check(name, result, fits, rule));
        return option;
    }

    private static void Check(string name, OptionResult result, Predicate<string> fits, string rule)
    {
        if (result.Tokens.Count == 0)
        {
            return;
        }

        foreach (string text in result.Tokens[0].Value.Split(',').Select(part => part.Trim()))
        {
            if (!fits(text))
            {
                string value = text.Length == 0 ? "has an empty value" : $"{text} is out of range";
                result.AddError($"{name}: {value}; each value has to be {rule}");
                return;
            }
        }
    }
}
