using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace SoftBoN.Kernels.Bench.Setup;

/// <summary>How many times faster than the scalar reference at the same job and batch: the baseline of all engines.</summary>
internal sealed class ReferenceColumn : IColumn
{
    public string Id => ColumnName;

    public string ColumnName => "reference's time over it";

    public string Legend => "The median of the scalar reference over this one's, same job and batch";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Baseline;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) =>
        GetValue(summary, benchmarkCase, summary.Style);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style)
    {
        BenchmarkCase? baseline = summary.BenchmarksCases.FirstOrDefault(one =>
            (string?)one.Parameters[nameof(OperationBench.Engine)] == JobEngine.ReferenceName
            && Equals(one.Parameters[nameof(OperationBench.Job)], benchmarkCase.Parameters[nameof(OperationBench.Job)])
            && Equals(one.Parameters[nameof(Shape)], benchmarkCase.Parameters[nameof(Shape)]));
        return baseline is not null && MedianOf(summary, baseline) is { } reference
            && MedianOf(summary, benchmarkCase) is { } own
            ? (reference / own).ToString("F2", CultureInfo.InvariantCulture)
            : "-";
    }

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public bool IsAvailable(Summary summary) => true;

    private static double? MedianOf(Summary summary, BenchmarkCase benchmark) =>
        summary[benchmark]?.ResultStatistics?.Median;
}
