using System.Globalization;
using SoftBoN.Kernels.Plots.Charts;
using SoftBoN.Kernels.Plots.Tables;
using SoftBoN.Tool.Study.Frame;

namespace SoftBoN.Tool.Study.Sequence;

/// <summary>The plots of one source.</summary>
internal sealed class SequenceCharts(SequenceSource source, StudyTables tables)
{
    private static readonly Axis Symbols = new("sequence length m, symbols");

    public IReadOnlyList<Chart> All(double kl, double gain)
    {
        string atKl = string.Create(CultureInfo.InvariantCulture, $"KL {kl} from the tilt");
        string atGain = string.Create(CultureInfo.InvariantCulture, $"{100 * gain:0.#} % of the tilt's gain");
        return
        [
            OverLength(SequenceTables.EqualKl, "n", "Candidates per block", atKl, "n_sufficient", "by the bound"),
            OverLength(
                SequenceTables.EqualGain, "n", "Candidates per block", atGain, "n_necessary", "any rule needs"),
            OverLength(SequenceTables.EqualKl, "reward_evaluations", "Reward evaluations", atKl, null, ""),
            OverLength(SequenceTables.EqualKl, "tokens_proposed", "Tokens proposed", atKl, null, ""),
            .. source.HasMemory ? [Guided()] : (Chart[])[],
        ];
    }

    /// <summary>A column over m, a line per rule; a single block is blockwise.</summary>
    public static IEnumerable<(string Name, ChartPoint[] Points)> Lines(
        DataTable table, string source, string target, string column)
    {
        int place = table.IndexOf(column);
        Cell[][] rows = [.. table.Rows.Where(row => row[0].Text == source && row[1].Text == target
            && !double.IsNaN(row[place].Number))];
        IEnumerable<Cell[]> whole = rows.Where(row => row[3].Integer == row[2].Integer);
        yield return ("blockwise", Points(whole, place));
        IEnumerable<long> blocks = rows.Where(row => row[3].Integer < row[2].Integer)
            .Select(row => row[3].Integer).Distinct().OrderDescending();
        foreach (long block in blocks)
        {
            IEnumerable<Cell[]> line = rows.Where(row => row[3].Integer == block);
            yield return (SequenceTables.RuleName(block, long.MaxValue), Points(line, place));
        }
    }

    private static ChartPoint[] Points(IEnumerable<Cell[]> rows, int place) =>
        [.. rows.Select(row => new ChartPoint(row[2].Integer, row[place].Number))];

    private Chart OverLength(string target, string column, string what, string at, string? bound, string boundWords)
    {
        DataTable table = tables[SequenceTables.Candidates];
        var series = new List<Series>();
        (string Name, ChartPoint[] Points)[] lines = [.. Lines(table, source.Name, target, column)];
        if (bound is not null)
        {
            foreach ((string name, ChartPoint[] points) in Lines(table, source.Name, target, bound)
                .Where(line => line.Name is "blockwise" or "symbolwise" && line.Points.Length > 0))
            {
                int place = Array.FindIndex(lines, line => line.Name == name);
                series.Add(new Series($"{name}: {boundWords}", points, Palette.Nth(place)) { Dash = Dash.Dashed });
            }
        }

        series.AddRange(lines.Select((line, i) =>
            new Series(line.Name, line.Points, Palette.Nth(i)) { Marker = Palette.NthMarker(i) }));
        return new Chart(
            $"{source.Name}-{target}-{column.Replace('_', '-')}",
            $"{what} at {at}",
            $"On {source.Title}. A straight line on this scale is exponential growth in the length.",
            Symbols,
            new Axis(what.ToLowerInvariant(), AxisScale.Log),
            series);
    }

    private Chart Guided()
    {
        Cell[][] rows = [.. tables[SequenceTables.Guided].Rows.Where(row => row[0].Text == source.Name)];
        ChartPoint[] Of(string guidance) => [.. rows.Where(row => row[2].Text == guidance
            && double.IsFinite(row[3].Number)).Select(row => new ChartPoint(row[3].Number, row[5].Number))];
        ChartPoint[] myopic = Of("myopic");
        double limit = rows.First(row => row[2].Text == "myopic" && double.IsInfinity(row[3].Number))[5].Number;
        return new Chart(
            $"{source.Name}-guidance",
            "Symbolwise, with the value function and myopic",
            $"On {source.Title}, m = {rows[0][1].Integer}. The value function makes the limit the optimal tilt; the "
            + "symbol's reward alone has another limit.",
            new Axis("candidates per symbol n", AxisScale.Log),
            new Axis("KL(tilt ‖ law) of sequences, nats", AxisScale.Log),
            [
                new("myopic, infinitely many", [.. myopic.Select(point => point with { Y = limit })], Ink.Vermillion)
                {
                    Dash = Dash.Dashed,
                },
                new("myopic", myopic, Ink.Vermillion) { Marker = Marker.Square },
                new("value function", Of("value"), Ink.Blue) { Marker = Marker.Circle },
            ]);
    }
}
