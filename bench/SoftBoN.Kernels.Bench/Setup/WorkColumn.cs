using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace SoftBoN.Kernels.Bench.Setup;

/// <summary>A figure that follows from the median time and the work of a call.</summary>
/// <param name="name">The column's head.</param>
/// <param name="legend">What it says.</param>
/// <param name="figure">The figure from nanoseconds and the work.</param>
internal sealed class WorkColumn(string name, string legend, Func<double, CallWork, string> figure) : IColumn
{
    /// <summary>All of them, in order.</summary>
    public static IColumn[] All { get; } =
    [
        new WorkColumn("ns/element", "Median time per element", (ns, work) => Text($"{ns / work.Elements:F3}")),
        new WorkColumn("rows/s", "Rows a second", (ns, work) => Text($"{1e9 * work.Rows / ns:G4}")),
        new WorkColumn("GB/s", "The least bytes to move, per second", (ns, work) => Text($"{work.Bytes / ns:F1}")),
        new WorkColumn(
            "of read",
            "GB/s against a bare sum on one thread over as many bytes, measured in this run",
            (ns, work) => Text($"{100.0 * work.Bytes / ns / ReadProbe.GigabytesPerSecond(work.Elements):F0}%")),
    ];

    public string Id => name;

    public string ColumnName => name;

    public string Legend => legend;

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) =>
        GetValue(summary, benchmarkCase, summary.Style);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style)
    {
        return summary[benchmarkCase]?.ResultStatistics is { } statistics && CallWork.Of(benchmarkCase) is { } work
            ? figure(statistics.Median, work)
            : "-";
    }

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public bool IsAvailable(Summary summary) => true;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
