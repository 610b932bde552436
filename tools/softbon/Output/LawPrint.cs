using System.Globalization;
using System.Text;
using System.Text.Json;
using SoftBoN.Tool.Running;
using Spectre.Console;

namespace SoftBoN.Tool.Output;

/// <summary>Exact laws as JSON and as tables.</summary>
internal static class LawPrint
{
    /// <summary>One line of JSON. Numbers read back as the same doubles; an infinite one is null.</summary>
    public static string Json(LawReport report)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory))
        {
            json.WriteStartObject();
            Write(json, "p", report.Alphabet.Probabilities);
            Write(json, "reward", report.Alphabet.Rewards);
            Write(json, "lambda", report.Lambda);
            json.WriteNumber("n", report.N);
            foreach (RuleLaw rule in report.Rules)
            {
                Write(json, rule.Key, rule.Law);
            }

            WriteNumbers(json, report);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(memory.ToArray()) + "\n";
    }

    public static void Write(LawReport report, IAnsiConsole console)
    {
        Table laws = Tables.Create(["reward", "model", .. report.Rules.Select(rule => rule.Name)]);
        for (int i = 0; i < report.Alphabet.Count; i++)
        {
            laws.AddTextRow([
                Show(report.Alphabet.Rewards[i]),
                Show(report.Alphabet.Probabilities[i]),
                .. report.Rules.Select(rule => Show(rule.Law[i]))]);
        }

        double model = report.Alphabet.ExpectedReward(report.Alphabet.Probabilities);
        laws.AddTextRow(["expected reward", Show(model), .. report.Rules.Select(rule => Show(rule.ExpectedReward))]);
        laws.AddTextRow(["KL(law || model)", "0", .. report.Rules.Select(rule => Show(rule.KlToReference))]);
        laws.AddTextRow(["KL(tilt || law)", Show(report.Rules[0].KlToReference),
            .. report.Rules.Select(rule => Show(rule.KlFromTilt))]);
        console.Write(laws);
        Table bounds = Tables.Create("bound, nats", "value", "at most");
        bounds.AddTextRow(
            "KL(tilt || soft best-of-n)", Show(report.Rules[1].KlFromTilt), Show(report.KlTiltToSoftBound));
        bounds.AddTextRow(
            "KL(soft best-of-n || model)", Show(report.Rules[1].KlToReference), Show(report.KlSoftToReferenceBound));
        console.Write(bounds);
    }

    private static void WriteNumbers(Utf8JsonWriter json, LawReport report)
    {
        foreach (RuleLaw rule in report.Rules)
        {
            Write(json, $"kl_{rule.Short}_ref", rule.KlToReference);
        }

        foreach (RuleLaw rule in report.Rules.Skip(1))
        {
            Write(json, $"kl_tilt_{rule.Short}", rule.KlFromTilt);
        }

        Write(json, "e_ref", report.Alphabet.ExpectedReward(report.Alphabet.Probabilities));
        foreach (RuleLaw rule in report.Rules)
        {
            Write(json, $"e_{rule.Short}", rule.ExpectedReward);
        }

        Write(json, "chi2", report.ChiSquare);
        Write(json, "bound", report.KlTiltToSoftBound);
        Write(json, "bound_soft_ref", report.KlSoftToReferenceBound);
    }

    private static void Write(Utf8JsonWriter json, string name, ReadOnlySpan<double> values)
    {
        json.WriteStartArray(name);
        foreach (double value in values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static string Show(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
