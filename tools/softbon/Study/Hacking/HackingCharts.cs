using SoftBoN.Kernels.Plots.Charts;
using SoftBoN.Kernels.Plots.Tables;
using SoftBoN.Tool.Study.Frame;
using SoftBoN.Tool.Study.Sources;

namespace SoftBoN.Tool.Study.Hacking;

/// <summary>The plots of hacking.</summary>
internal static class HackingCharts
{
    public static IReadOnlyList<Chart> Of(StudyTables tables, (string Proxy, string Gold) labels)
    {
        var gold = new Axis("expected " + labels.Gold);
        return
        [
            Lines(
                "gold-against-proxy",
                "Gold against proxy",
                "Each line runs from the model (λ = ∞) to best-of-n (λ = 0). HedgeTune's point is its highest.",
                "proxy",
                new Axis("expected " + labels.Proxy),
                gold,
                tables),
            Lines(
                "gold-against-kl",
                "Gold against divergence from the model",
                "The same lines over KL: past HedgeTune's point more divergence buys less gold.",
                "kl",
                new Axis("KL(law || model), nats"),
                gold,
                tables),
            Lines(
                "gold-over-lambda",
                "Gold over the temperature",
                "Hot selections on the right are the model itself, cold ones on the left best-of-n. λ = 0 and ∞ have "
                + "no place on this axis.",
                "lambda",
                new Axis("λ, in units of the proxy", AxisScale.Log),
                gold,
                tables),
            OverN(tables[HackingTables.Hedge], gold),
        ];
    }

    private static Chart Lines(
        string name, string title, string caption, string x, Axis across, Axis gold, StudyTables tables)
    {
        DataTable points = tables[HackingTables.Points];
        var series = new List<Series>();
        foreach (IGrouping<long, Cell[]> n in points.Rows.GroupBy(row => row[0].Integer))
        {
            series.Add(new Series($"n = {n.Key}", Points(points, n, x), Palette.Nth(series.Count))
            {
                Marker = Palette.NthMarker(series.Count),
            });
        }

        DataTable hedge = tables[HackingTables.Hedge];
        series.Add(new Series("HedgeTune", Points(hedge, hedge.Rows, x), Ink.Black)
        {
            Dash = Dash.Dotted,
            Marker = Marker.Star,
        });
        return new Chart(name, title, caption, across, gold, series);
    }

    private static ChartPoint[] Points(DataTable table, IEnumerable<Cell[]> rows, string x)
    {
        (int across, int gold, int lambda) = (table.IndexOf(x), table.IndexOf("gold"), table.IndexOf("lambda"));
        return [.. rows.Select(row => new ChartPoint(
            row[across].Number, row[gold].Number, $"n = {row[0]}, {Temperatures.Show(row[lambda].Number)}"))];
    }

    /// <summary>Best-of-n is drawn so that what lies under it shows: where gold is not lost, lines agree.</summary>
    private static Chart OverN(DataTable hedge, Axis gold)
    {
        (int tuned, int best) = (hedge.IndexOf("gold"), hedge.IndexOf("best_of_n_gold"));
        ChartPoint[] Over(int column) =>
            [.. hedge.Rows.Select(row => new ChartPoint(row[0].Integer, row[column].Number))];
        return new Chart(
            "gold-over-n",
            "Gold over the number of candidates",
            "What best-of-n loses to candidates that play to the proxy, and what HedgeTune's temperature saves of it.",
            new Axis("candidates n", AxisScale.Log),
            gold,
            [
                new Series("soft, HedgeTune's λ", Over(tuned), Ink.Blue) { Marker = Marker.Circle },
                new Series("best-of-n", Over(best), Ink.Vermillion) { Marker = Marker.Cross, Dash = Dash.Dashed },
            ]);
    }
}
