using System.Globalization;
using System.Reflection;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace SoftBoN.Kernels.Bench.Setup;

/// <summary>A figure that follows from the median time and the work of a call.</summary>
/// <param name="name">The column's head.</param>
/// <param name="legend">What it says.</param>
/// <param name="figure">The figure from (nanoseconds, elements, bytes).</param>
internal sealed class WorkColumn(string name, string legend, Func<double, double, double, string> figure) : IColumn
{
    /// <summary>All of them, in order.</summary>
    public static IColumn[] All { get; } =
    [
        new WorkColumn("ns/element", "Median time per candidate", (ns, elements, _) => Text($"{ns / elements:F3}")),
        new WorkColumn("Gelem/s", "Billions of candidates a second", (ns, elements, _) => Text($"{elements / ns:F2}")),
        new WorkColumn("GB/s", "The least bytes to move, per second", (ns, _, bytes) => Text($"{bytes / ns:F1}")),
        new WorkColumn(
            "of read",
            "GB/s against a bare sum on one thread over as many bytes, measured in this run",
            (ns, elements, bytes) => Text($"{100.0 * bytes / ns / ReadProbe.GigabytesPerSecond(elements):F0}%")),
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
        var work = benchmarkCase.Descriptor.WorkloadMethod.GetCustomAttribute<WorkAttribute>();
        if (work is null
            || summary[benchmarkCase]?.ResultStatistics is not { } statistics
            || benchmarkCase.Parameters[nameof(Shape)] is not Shape shape)
        {
            return "-";
        }

        double elements = (double)Math.Max(1, shape.Rows / work.RowsDividedBy) * shape.Columns;
        return figure(statistics.Median, elements, elements * work.BytesPerElement);
    }

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public bool IsAvailable(Summary summary) => true;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
