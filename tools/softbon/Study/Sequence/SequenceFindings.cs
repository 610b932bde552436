using System.Globalization;
using SoftBoN.Kernels.Plots.Report;
using SoftBoN.Kernels.Plots.Tables;
using SoftBoN.Tool.Study.Frame;

namespace SoftBoN.Tool.Study.Sequence;

/// <summary>What the tables of the study of sequences show.</summary>
internal sealed class SequenceFindings(SequenceStudy study, StudyTables tables)
{
    private static readonly TableShape GrowthShape = new(
        "growth",
        "Growth of the candidates per block with m",
        new DataColumn("source", CellKind.Text, "the model"),
        new DataColumn("target", CellKind.Text, "what is held equal"),
        new DataColumn("rule", CellKind.Text, "the rule"),
        new DataColumn("power", CellKind.Number, "p of n ~ m^p, fitted"),
        new DataColumn("power_fit", CellKind.Number, "its R squared"),
        new DataColumn("nats_per_symbol", CellKind.Number, "a of n ~ exp(a m), fitted"),
        new DataColumn("exponential_fit", CellKind.Number, "its R squared"));

    private readonly DataTable _growth = new(GrowthShape);

    public StudyFindings All()
    {
        ReportSection[] sections = [.. study.Sources.Select(Section)];
        return new(
            "A sequence's reward is the sum of its symbols'. Selecting whole sequences needs a number of candidates "
            + "that is exponential in the length m; selecting symbol by symbol needs one that hardly grows. Blocks lie in "
            + "between. All counts are least numbers by exact laws.",
            [
                .. sections,
                new("Growth", [], [], [_growth]),
                new("Numbers", [], [], [.. tables.All]),
            ]);
    }

    private ReportSection Section(SequenceSource source)
    {
        var charts = new SequenceCharts(source, tables);
        return new(
            $"On {source.Title}",
            [
                .. Grown(source, SequenceTables.EqualKl, $"At KL {Text(study.Kl)} from the tilt"),
                .. Grown(source, SequenceTables.EqualGain, $"At {Text(100 * study.Gain)} % of the tilt's gain"),
                .. Missed(source),
                Sampled(source),
            ],
            charts.All(study.Kl, study.Gain),
            []);
    }

    private IEnumerable<string> Grown(SequenceSource source, string target, string words)
    {
        var parts = new List<string>();
        foreach (IGrouping<string, (double Length, double Value)> rule in SequenceCharts
            .Lines(tables[SequenceTables.Candidates], source.Name, target, "n")
            .SelectMany(line => line.Points.Select(point => (line.Name, Point: (point.X, point.Y))))
            .GroupBy(pair => pair.Name, pair => pair.Point))
        {
            if (Growth.Of([.. rule]) is not { } growth)
            {
                continue;
            }

            _growth.Add(
                source.Name,
                target,
                rule.Key,
                growth.Power.Slope,
                growth.Power.Fit,
                growth.Exponential.Slope,
                growth.Exponential.Fit);
            parts.Add(rule.Key == "blockwise"
                ? $"blockwise as exp({Text(growth.Exponential.Slope)} m) (R² {Text(growth.Exponential.Fit)})"
                : $"{rule.Key} as m^{Text(growth.Power.Slope)}");
        }

        return parts.Count == 0 ? [] : [$"{words}, candidates grow: {string.Join("; ", parts)}."];
    }

    private IEnumerable<string> Missed(SequenceSource source)
    {
        Cell[]? limit = tables[SequenceTables.Guided].Rows.FirstOrDefault(row =>
            row[0].Text == source.Name && row[2].Text == "myopic" && double.IsInfinity(row[3].Number));
        return limit is null
            ? []
            : [$"Symbolwise selection by the symbol's reward alone does not tend to the tilt: with any number of "
                + $"candidates it stays {NumberText.Brief(limit[5].Number)} nats away at m = {limit[1].Integer}. With "
                + "the value function, by backward recursion, it tends to it as 1/n²."];
    }

    private string Sampled(SequenceSource source)
    {
        Cell[][] rows = [.. tables[SequenceTables.Simulated].Rows.Where(row => row[0].Text == source.Name)];
        double worst = rows.Max(row => row[^1].Number);
        return $"{rows.Length} rules were sampled by the kernels, {study.Sequences} sequences each; the largest "
            + $"chi-square against the exact law is {Text(worst)} standard deviations above its mean.";
    }

    private static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
