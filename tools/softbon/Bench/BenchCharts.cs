using System.Globalization;
using SoftBoN.Kernels.Jobs;
using SoftBoN.Kernels.Jobs.Results;
using SoftBoN.Kernels.Plots.Charts;

namespace SoftBoN.Tool.Bench;

/// <summary>The plots of an operation: a line per engine, mode and row length, over the size of the batch.</summary>
internal static class BenchCharts
{
    /// <summary>More lines than this are not told apart.</summary>
    private const int MostLengths = 2;

    private static readonly Axis Size = new("elements in the batch", AxisScale.Log);
    private static readonly Dash[] Dashes = [Dash.Solid, Dash.Dashed, Dash.Dotted];

    public static IEnumerable<Chart> Of(Operation operation, IReadOnlyList<BenchRow> rows, IReadOnlyList<string> engines)
    {
        yield return new(
            "time-" + operation.Word,
            $"Time of a call: {operation.Name}",
            "",
            Size,
            new Axis("time, µs", AxisScale.Log),
            Lines(rows, engines, row => row.CallMicroseconds));
        Series[] shares = Lines(
            [.. rows.Where(row => !double.IsNaN(row.PercentOfCeiling))], engines, row => row.PercentOfCeiling);
        if (shares.Length > 0)
        {
            yield return new(
                "ceiling-" + operation.Word,
                $"Share of the bandwidth of memory: {operation.Name}",
                "",
                Size,
                new Axis("of reading or copying the batch, %") { Least = 0 },
                shares);
        }
    }

    private static Series[] Lines(
        IReadOnlyList<BenchRow> rows, IReadOnlyList<string> engines, Func<BenchRow, double> value)
    {
        int[] lengths = [.. rows.Where(row => row.Mode == BenchMode.EndToEnd).GroupBy(row => row.Shape.Columns)
            .OrderByDescending(group => group.Count()).Select(group => group.Key).Take(MostLengths).Order()];
        (string Engine, string Mode)[] lines = [.. engines
            .SelectMany(engine => new[] { BenchMode.EndToEnd, BenchMode.Resident, BenchMode.Kernel }
                .Select(mode => (engine, mode)))
            .Where(line => rows.Any(row => row.Name == line.engine && row.Mode == line.mode))];
        return
        [
            .. from line in lines.Index()
            from length in lengths.Index()
            let points = rows
                .Where(row => (row.Name, row.Mode) == line.Item && row.Shape.Columns == length.Item)
                .OrderBy(row => row.Shape.Rows)
                .Select(row => new ChartPoint(row.Shape.Elements, value(row), $"{row.Shape}"))
                .ToArray()
            where points.Length > 0
            select new Series(
                Name(line.Item.Engine, line.Item.Mode, length.Item), points, Palette.Nth(line.Index))
            {
                Dash = Dashes[length.Index],
                Marker = Palette.NthMarker(line.Index),
            },
        ];
    }

    private static string Name(string engine, string mode, int length)
    {
        string suffix = mode == BenchMode.EndToEnd ? "" : ", " + mode;
        return string.Create(CultureInfo.InvariantCulture, $"{engine}{suffix}, n = {length}");
    }
}
