using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace SoftBoN.Tool.Commands;

/// <summary>Options whose values are checked; every refusal names the value, the limit and the cure.</summary>
internal static class OptionKinds
{
    /// <summary>One of a few words.</summary>
    public static Option<string> Choice(string name, string description, params string[] words)
    {
        var option = new Option<string>(name)
        {
            Description = description,
            HelpName = string.Join('|', words),
            DefaultValueFactory = _ => words[0],
        };
        option.Validators.Add(result =>
        {
            string word = result.Tokens.Count > 0 ? result.Tokens[0].Value : words[0];
            if (!words.Contains(word))
            {
                result.AddError($"{name} {word} is not known; it has to be {string.Join(", ", words)}");
            }
        });
        option.CompletionSources.Add(words);
        return option;
    }

    /// <summary>A switch that is off unless it is there.</summary>
    public static Option<bool> Switch(string name, string description) => new(name) { Description = description };

    public static Option<string> Text(string name, string helpName, string description) =>
        new(name) { HelpName = helpName, Description = description };

    /// <summary>The same where nothing may be given.</summary>
    public static Option<string?> OptionalText(string name, string helpName, string description) =>
        new(name) { HelpName = helpName, Description = description };

    /// <summary>Where the results go.</summary>
    public static Option<string> Output(string description) => new("--output", "-o")
    {
        HelpName = "FILE|-",
        Description = description,
        DefaultValueFactory = _ => InputOptions.Standard,
    };

    /// <summary>A float32; "inf" is infinity.</summary>
    public static Option<float?> Float(string name, string helpName, string description) => new(name)
    {
        HelpName = helpName,
        Description = description,
        CustomParser = result => ParseFloat(name, result),
    };

    /// <summary>An integer of at least 1.</summary>
    public static Option<int?> Count(string name, string helpName, string description, int most) => new(name)
    {
        HelpName = helpName,
        Description = description,
        CustomParser = result => ParseCount(name, most, result),
    };

    /// <summary>Any 64-bit integer; negative ones are taken by their bits.</summary>
    public static Option<ulong?> Seed(string name, string description, string helpName = "S") => new(name)
    {
        HelpName = helpName,
        Description = description,
        CustomParser = result => ParseSeed(name, result),
    };

    /// <summary>A number of a list or an option; "inf" is infinity.</summary>
    public static bool TryNumber(string text, out double value)
    {
        string word = text.TrimStart('-', '+').ToUpperInvariant();
        if (word is "INF" or "INFINITY")
        {
            value = text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value);
    }

    private static float? ParseFloat(string name, ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (!TryNumber(text, out double number))
        {
            result.AddError($"{name} {text} is no number; write it like 0.5, 1e-3 or inf");
            return null;
        }

        if (double.IsInfinity(number))
        {
            return (float)number;
        }

        float value = float.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!float.IsFinite(value))
        {
            result.AddError($"{name} {text} is beyond float32's largest, 3.4028235E+38; write inf for infinity");
        }

        return value;
    }

    private static int? ParseCount(string name, int most, ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            && value >= 1
            && value <= most)
        {
            return value;
        }

        result.AddError(string.Create(
            CultureInfo.InvariantCulture, $"{name} {text} is out of range; it has to be an integer, 1 to {most}"));
        return null;
    }

    private static ulong? ParseSeed(string name, ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed))
        {
            return seed;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long signed))
        {
            return unchecked((ulong)signed);
        }

        result.AddError($"{name} {text} is no 64-bit integer; it has to be {long.MinValue} to {ulong.MaxValue}");
        return null;
    }
}
