using SoftBoN.Kernels.Jobs;
using SoftBoN.Kernels.Plots.Tables;

namespace SoftBoN.Tool.Bench;

/// <summary>What an engine, or a ceiling, took for a batch.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Shape">The batch.</param>
/// <param name="Name">The engine, or the ceiling.</param>
/// <param name="Nanoseconds">Per candidate: median and quartiles over rounds.</param>
/// <param name="GigabytesPerSecond">The least bytes over the median time.</param>
/// <param name="PercentOfCeiling">Against the read or copy of the same rounds; NaN for devices and ceilings.</param>
internal sealed record BenchRow(
    string Operation,
    Shape Shape,
    string Name,
    Quartiles Nanoseconds,
    double GigabytesPerSecond,
    double PercentOfCeiling)
{
    public static readonly TableShape Table = new(
        "bench",
        "Time per call and candidate",
        new DataColumn("operation", CellKind.Text, "the operation"),
        new DataColumn("rows", CellKind.Integer, "rows of the batch"),
        new DataColumn("n", CellKind.Integer, "candidates per row"),
        new DataColumn("engine", CellKind.Text, "what computes, or the ceiling"),
        new DataColumn("ns", CellKind.Number, "per candidate, nanoseconds: median over rounds"),
        new DataColumn("ns_lower", CellKind.Number, "lower quartile"),
        new DataColumn("ns_upper", CellKind.Number, "upper quartile"),
        new DataColumn("call_us", CellKind.Number, "per call, microseconds"),
        new DataColumn("gigabytes_per_second", CellKind.Number, "of the least bytes that have to move"),
        new DataColumn(
            "percent_of_ceiling", CellKind.Number, "of reading or copying the same batch, in the same rounds"));

    /// <summary>The operation and the batch.</summary>
    public string Case => $"{Operation}/{Shape}";

    /// <summary>Microseconds for the whole batch.</summary>
    public double CallMicroseconds => Nanoseconds.Median * Shape.Elements / 1e3;

    /// <summary>The rows of a measured case.</summary>
    public static IEnumerable<BenchRow> Of(
        string operation, EngineCase work, IReadOnlyList<BenchEngine> engines, CaseMeasurement measured)
    {
        var speeds = measured.Contenders.ToDictionary(
            one => one.Name, one => one.BytesPerElement / Quartiles.Of(one.NanosecondsPerElement).Median);
        foreach (Measurement one in measured.Contenders)
        {
            BenchEngine? engine = engines.FirstOrDefault(engine => engine.Name == one.Name);
            double ceiling = engine is null
                ? double.NaN
                : work.CeilingsOf(engine).Select(name => speeds[name]).DefaultIfEmpty(double.NaN).Max();
            yield return new(
                operation,
                work.Shape,
                one.Name,
                Quartiles.Of(one.NanosecondsPerElement),
                speeds[one.Name],
                100 * speeds[one.Name] / ceiling);
        }
    }

    public Cell[] Cells() =>
    [
        Operation,
        Shape.Rows,
        Shape.Columns,
        Name,
        Nanoseconds.Median,
        Nanoseconds.Lower,
        Nanoseconds.Upper,
        CallMicroseconds,
        GigabytesPerSecond,
        PercentOfCeiling,
    ];
}
