using SoftBoN.Kernels.Plots.Charts;
using SoftBoN.Kernels.Plots.Tables;
using SoftBoN.Tool.Study.Sources;

namespace SoftBoN.Tool.Study.Frontier;

/// <summary>The plots of the frontier.</summary>
internal static class FrontierCharts
{
    public static IReadOnlyList<Chart> Of(IRewardSource source, DataTable points)
    {
        Cell[][] rows = [.. points.Rows.Where(row => row[0].Text == source.Name)];
        var series = new List<Series>();
        double[] ns = [.. rows.Where(row => row[1].Text == FrontierStudy.Soft).Select(row => row[2].Number).Distinct()];
        for (int i = 0; i < ns.Length; i++)
        {
            double n = ns[i];
            series.Add(new Series($"soft best-of-{n}", Line(rows, FrontierStudy.Soft, n), Palette.Nth(i))
            {
                Marker = Palette.NthMarker(i),
            });
            series.Add(new Series($"uniform race, n = {n}", Line(rows, FrontierStudy.Race, n), Palette.Nth(i))
            {
                Dash = Dash.Dotted,
            });
        }

        series.Add(new Series("optimal tilt", Line(rows, FrontierStudy.Tilt, double.NaN), Ink.Black));
        series.Add(new Series("best-of-n", Line(rows, FrontierStudy.Best, null), Ink.Black)
        {
            Dash = Dash.None,
            Marker = Marker.Cross,
        });
        return
        [
            new Chart(
                $"frontier-{source.Name}",
                $"Reward against KL on {source.Title}",
                "Each line runs from the model itself (lambda infinite) to best-of-n (lambda 0).",
                new Axis("KL(law ‖ model), nats"),
                new Axis("expected reward"),
                series),
        ];
    }

    private static ChartPoint[] Line(Cell[][] rows, string rule, double? n) =>
        [.. rows.Where(row => row[1].Text == rule && (n is null || row[2].Number.Equals(n.Value))).Select(row =>
            new ChartPoint(row[4].Number, row[5].Number, $"λ = {NumberText.Brief(row[3].Number)}"))];
}
