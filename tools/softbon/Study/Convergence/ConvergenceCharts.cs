using SoftBoN.Kernels.Plots.Charts;
using SoftBoN.Kernels.Plots.Tables;
using SoftBoN.Tool.Study.Frame;
using SoftBoN.Tool.Study.Sources;

namespace SoftBoN.Tool.Study.Convergence;

/// <summary>The plots of convergence: for each temperature one of each distance, with its bounds.</summary>
internal static class ConvergenceCharts
{
    /// <summary>Smaller values are rounding.</summary>
    private const double Least = 1e-12;

    private static readonly Axis Candidates = new("candidates n", AxisScale.Log);

    public static IReadOnlyList<Chart> Of(double lambda, StudyTables tables)
    {
        var points = new Lines(tables[ConvergenceTables.Points], lambda);
        var moving = new Lines(tables[ConvergenceTables.Moving], lambda);
        string tail = $"-{NumberText.Exact(lambda)}";
        string at = $" at {Temperatures.Show(lambda)}";
        return
        [
            new Chart(
                "kl" + tail,
                "KL from the optimal tilt" + at,
                "A fixed instance falls as 1/n², with the constant A4. Two outcomes that move with n, at the same "
                + "χ², fall as 0.216 χ²/n: the order of the bound B1 is the best there is.",
                Candidates,
                LogAxis("KL(tilt || law), nats"),
                [
                    Bound("B3: sinh²(Δ/2λ)/n", points.Of("kl_range_bound"), Ink.Orange),
                    Bound("B1: log(1 + χ²/n)", points.Of("kl_bound"), Ink.Vermillion),
                    Limit("minimax: 0.216 χ²/n", MinimaxLine(moving), Ink.Purple),
                    Exact("moving instance", moving.Of("kl"), Ink.Purple, Marker.Diamond),
                    Limit("A4/n²", points.Of("kl_first_order"), Ink.Black),
                    Exact("soft best-of-n", points.Of("kl"), Ink.Blue, Marker.Circle),
                    Exact("uniform race", points.Of("kl_race"), Ink.Green, Marker.Triangle),
                ]),
            new Chart(
                "max" + tail,
                "Largest log-ratio of tilt to law" + at,
                "The max-divergence, which B2 bounds for every instance; w₀ is the largest weight.",
                Candidates,
                LogAxis("max-divergence, nats"),
                [
                    Bound("B2: log(1 + (w₀/Z − 1)/n)", points.Of("max_divergence_bound"), Ink.Vermillion),
                    Exact("soft best-of-n", points.Of("max_divergence"), Ink.Blue, Marker.Circle),
                ]),
            new Chart(
                "tv" + tail,
                "Total variation from the optimal tilt" + at,
                "Total variation falls as 1/n, with the constant A3.",
                Candidates,
                LogAxis("total variation"),
                [
                    Bound("B1 by Pinsker", points.Of("tv_bound"), Ink.Vermillion),
                    Limit("A3/n", points.Of("tv_first_order"), Ink.Black),
                    Exact("soft best-of-n", points.Of("tv"), Ink.Blue, Marker.Circle),
                ]),
            new Chart(
                "gap" + tail,
                "Relative reward gap to the optimal tilt" + at,
                "The gap falls as 1/n, with the constant A2; B4 and its coarser forms bound it.",
                Candidates,
                LogAxis("relative reward gap"),
                [
                    Bound("B4 from the range", points.Of("gap_range_bound"), Ink.Orange),
                    Bound("B4 from the peak", points.Of("gap_peak_bound"), Ink.Sky),
                    Bound("B4", points.Of("gap_bound"), Ink.Vermillion),
                    Limit("A2/(n E*[r])", points.Of("gap_first_order"), Ink.Black),
                    Exact("soft best-of-n", points.Of("gap"), Ink.Blue, Marker.Circle),
                ]),
        ];
    }

    /// <summary>How near each distance is to its first-order term: all tend to 1.</summary>
    public static Chart Constants(double[] lambdas, StudyTables tables)
    {
        var series = new List<Series>();
        for (int i = 0; i < lambdas.Length; i++)
        {
            var lines = new Lines(tables[ConvergenceTables.Points], lambdas[i]);
            string at = ", " + Temperatures.Show(lambdas[i]);
            series.Add(Share("n² KL / A4" + at, lines.Ratio("kl", "kl_first_order"), i, Dash.Solid));
            series.Add(Share("n TV / A3" + at, lines.Ratio("tv", "tv_first_order"), i, Dash.Dashed));
            series.Add(Share("n gap / A2" + at, lines.Ratio("gap", "gap_first_order"), i, Dash.Dotted));
        }

        return new Chart(
            "first-order",
            "Distances over their first-order terms",
            "Every line tends to 1: the constants A2, A3 and A4 are exact.",
            Candidates,
            new Axis("distance / first-order term") { Least = 0 },
            series);
    }

    private static Axis LogAxis(string label) => new(label, AxisScale.Log);

    private static Series Exact(string name, IEnumerable<ChartPoint> points, Ink ink, Marker marker) =>
        new(name, [.. points.Where(point => point.Y > Least)], ink) { Marker = marker };

    private static Series Bound(string name, IEnumerable<ChartPoint> points, Ink ink) =>
        new(name, [.. points], ink) { Dash = Dash.Dashed };

    private static Series Limit(string name, IEnumerable<ChartPoint> points, Ink ink) =>
        new(name, [.. points], ink) { Dash = Dash.Dotted };

    private static Series Share(string name, IEnumerable<ChartPoint> points, int place, Dash dash) =>
        new(name, [.. points], Palette.Nth(place)) { Dash = dash, Marker = Palette.NthMarker(place) };

    private static IEnumerable<ChartPoint> MinimaxLine(Lines moving) => moving.Of("chi_square")
        .Select(point => point with { Y = MovingInstance.Limit * point.Y / point.X });

    /// <summary>The rows of one temperature, as lines over n.</summary>
    private sealed class Lines(DataTable table, double lambda)
    {
        private readonly int _n = table.IndexOf("n");
        private readonly Cell[][] _rows = [.. table.Rows.Where(row => row[0].Number.Equals(lambda))];

        public IEnumerable<ChartPoint> Of(string column)
        {
            int place = table.IndexOf(column);
            return _rows.Select(row => new ChartPoint(row[_n].Integer, row[place].Number));
        }

        public IEnumerable<ChartPoint> Ratio(string above, string below)
        {
            (int first, int second) = (table.IndexOf(above), table.IndexOf(below));
            return _rows.Select(row => new ChartPoint(row[_n].Integer, row[first].Number / row[second].Number));
        }
    }
}
