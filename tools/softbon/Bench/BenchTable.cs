using System.Globalization;
using SoftBoN.Kernels.Jobs.Results;
using SoftBoN.Kernels.Plots.Tables;
using SoftBoN.Tool.Output;
using Spectre.Console;

namespace SoftBoN.Tool.Bench;

/// <summary>A run's rows, for programs and for people.</summary>
internal static class BenchTable
{
    private static readonly TableShape Shape = new(
        "bench",
        "Time per call and element",
        new DataColumn("operation", CellKind.Text, "the operation"),
        new DataColumn("rows", CellKind.Integer, "rows of the batch"),
        new DataColumn("n", CellKind.Integer, "elements per row: candidates, tokens, hidden values"),
        new DataColumn("engine", CellKind.Text, "what computes, or the ceiling"),
        new DataColumn("mode", CellKind.Text, "end-to-end, resident, kernel, cold or ceiling"),
        new DataColumn("ns", CellKind.Number, "per element, nanoseconds: median over rounds"),
        new DataColumn("ns_lower", CellKind.Number, "lower quartile"),
        new DataColumn("ns_upper", CellKind.Number, "upper quartile"),
        new DataColumn("call_us", CellKind.Number, "per call, microseconds"),
        new DataColumn("rows_per_second", CellKind.Number, "rows of the batch per second"),
        new DataColumn("gigabytes_per_second", CellKind.Number, "of the least bytes that have to move"),
        new DataColumn(
            "percent_of_ceiling", CellKind.Number, "of reading or copying the same batch, in the same rounds"));

    public static DataTable Of(IReadOnlyList<BenchRow> rows)
    {
        var table = new DataTable(Shape);
        foreach (BenchRow row in rows)
        {
            table.Add(
            [
                row.Operation,
                row.Shape.Rows,
                row.Shape.Columns,
                row.Name,
                row.Mode,
                row.Nanoseconds.Median,
                row.Nanoseconds.Lower,
                row.Nanoseconds.Upper,
                row.CallMicroseconds,
                row.RowsPerSecond,
                row.GigabytesPerSecond,
                row.PercentOfCeiling,
            ]);
        }

        return table;
    }

    public static void Print(BenchFile file, IAnsiConsole console)
    {
        Table table = Tables.Create(
            "case", "engine", "mode", "ns/element", "quartiles", "call, us", "rows/s", "GB/s", "of ceiling");
        foreach (BenchRow row in file.Rows)
        {
            table.AddTextRow(
                row.Case,
                row.Name,
                row.Mode,
                Tables.Number(row.Nanoseconds.Median),
                $"{Tables.Number(row.Nanoseconds.Lower)} to {Tables.Number(row.Nanoseconds.Upper)}",
                Tables.Number(row.CallMicroseconds),
                Tables.Number(row.RowsPerSecond),
                Tables.Number(row.GigabytesPerSecond),
                double.IsNaN(row.PercentOfCeiling)
                    ? "-"
                    : string.Create(CultureInfo.InvariantCulture, $"{row.PercentOfCeiling:F0} %"));
        }

        console.Write(table);
        foreach ((string name, string reason) in file.Absent)
        {
            console.WriteLine($"{name} did not run: {reason}");
        }

        if (!file.IsQuiet)
        {
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"The machine was not quiet: a case got {file.CpuShare:P0} of a processor. Do not quote these figures."));
        }
    }
}
