using SoftBoN.Kernels.Plots.Charts;
using SoftBoN.Tool.Study.Sequence;

namespace SoftBoN.Tool.Study.Throughput;

/// <summary>The plots of one device.</summary>
internal static class ThroughputCharts
{
    /// <summary>Settings of equal KL, a line over m per rule.</summary>
    public static IEnumerable<(string Name, MeasuredRow[] Rows)> Rules(IEnumerable<MeasuredRow> rows)
    {
        MeasuredRow[] equal = [.. rows.Where(row => row.Use == ThroughputTables.Equal)];
        yield return ("blockwise", [.. equal.Where(row => row.Work.Block == row.Work.Length)]);
        foreach (int block in equal.Where(row => row.Work.Block < row.Work.Length)
            .Select(row => row.Work.Block).Distinct().OrderDescending())
        {
            yield return (
                SequenceTables.RuleName(block, long.MaxValue), [.. equal.Where(row => row.Work.Block == block)]);
        }
    }

    public static IReadOnlyList<Chart> Measured(string device, IReadOnlyList<MeasuredRow> rows, CostModel model) =>
        [OverLength(device, rows, model), Prediction(device, rows, model)];

    private static Chart OverLength(string device, IReadOnlyList<MeasuredRow> rows, CostModel model)
    {
        var series = new List<Series>();
        (string Name, MeasuredRow[] Rows)[] rules = [.. Rules(rows)];
        for (int i = 0; i < rules.Length; i++)
        {
            (string name, MeasuredRow[] line) = rules[i];
            series.Add(new(name, Points(line, row => row.WallMs), Palette.Nth(i)) { Marker = Palette.NthMarker(i) });
            series.Add(new(name + ", model", Points(line, row => model.Predict(row.Work)), Palette.Nth(i))
            {
                Dash = Dash.Dotted,
            });
        }

        return new(
            $"wall-{device}",
            $"The library's own time for one sequence at equal KL, {device}",
            "Blockwise grows exponentially with the length, symbolwise by a power of it near 1. Dotted: the cost "
            + "model, which these settings did not fit.",
            new Axis("sequence length m, symbols"),
            new Axis("wall time, ms", AxisScale.Log),
            series);
    }

    private static Chart Prediction(string device, IReadOnlyList<MeasuredRow> rows, CostModel model)
    {
        ChartPoint[] Of(string use) => [.. rows.Where(row => row.Use == use).Select(row => new ChartPoint(
            row.WallMs,
            model.Predict(row.Work),
            $"m = {row.Work.Length}, block {row.Work.Block}, n = {row.Work.Candidates}, "
            + $"V = {row.Work.Vocabulary}, prompts {row.Work.Prompts}"))];
        (double least, double most) = (rows.Min(row => row.WallMs), rows.Max(row => row.WallMs));
        return new(
            $"model-{device}",
            $"The cost model against measurements, {device}",
            "On the line the model is right. The table cost_check has the errors of the settings that were held out.",
            new Axis("measured, ms", AxisScale.Log),
            new Axis("predicted, ms", AxisScale.Log),
            [
                new("equal", [new(least, least), new(most, most)], Ink.Grey) { Dash = Dash.Dashed },
                Cloud("fitted", Of(ThroughputTables.Fitted), Ink.Sky, Marker.Circle),
                Cloud("held out", Of(ThroughputTables.HeldOut), Ink.Vermillion, Marker.Square),
                Cloud("equal KL", Of(ThroughputTables.Equal), Ink.Green, Marker.Triangle),
            ]);
    }

    private static Series Cloud(string name, ChartPoint[] points, Ink ink, Marker marker) =>
        new(name, points, ink) { Dash = Dash.None, Marker = marker };

    private static ChartPoint[] Points(MeasuredRow[] rows, Func<MeasuredRow, double> value) =>
        [.. rows.Select(row => new ChartPoint(row.Work.Length, value(row)))];
}
