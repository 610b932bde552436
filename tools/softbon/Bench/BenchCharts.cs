using System.Globalization;
using SoftBoN.Kernels.Plots.Charts;

namespace SoftBoN.Tool.Bench;

/// <summary>The plots of an operation: a line per engine and row length, over the size of the batch.</summary>
internal static class BenchCharts
{
    private static readonly Axis Size = new("candidates in the batch", AxisScale.Log);
    private static readonly Dash[] Dashes = [Dash.Solid, Dash.Dashed, Dash.Dotted];

    public static IEnumerable<Chart> Of(string operation, IReadOnlyList<BenchRow> rows, IReadOnlyList<string> engines)
    {
        BenchRow[] own = [.. rows.Where(row => row.Operation == operation)];
        string file = operation.Replace(' ', '-');
        yield return new(
            "time-" + file,
            $"Time of a call: {operation}",
            "",
            Size,
            new Axis("time, µs", AxisScale.Log),
            Lines(own, engines, row => row.CallMicroseconds));
        Series[] shares = Lines(
            [.. own.Where(row => !double.IsNaN(row.PercentOfCeiling))], engines, row => row.PercentOfCeiling);
        if (shares.Length > 0)
        {
            yield return new(
                "ceiling-" + file,
                $"Share of the bandwidth of memory: {operation}",
                "",
                Size,
                new Axis("of reading or copying the batch, %") { Least = 0 },
                shares);
        }
    }

    private static Series[] Lines(BenchRow[] rows, IReadOnlyList<string> engines, Func<BenchRow, double> value)
    {
        int[] lengths = [.. rows.GroupBy(row => row.Shape.Columns).OrderByDescending(group => group.Count())
            .Select(group => group.Key).Take(Dashes.Length).Order()];
        return
        [
            .. from engine in engines.Index()
            from length in lengths.Index()
            let points = rows.Where(row => row.Name == engine.Item && row.Shape.Columns == length.Item)
                .OrderBy(row => row.Shape.Rows)
                .Select(row => new ChartPoint(row.Shape.Elements, value(row), $"{row.Shape}"))
                .ToArray()
            where points.Length > 0
            select new Series(
                string.Create(CultureInfo.InvariantCulture, $"{engine.Item}, n = {length.Item}"),
                points,
                Palette.Nth(engine.Index))
            {
                Dash = Dashes[length.Index],
                Marker = Palette.NthMarker(engine.Index),
            },
        ];
    }
}
