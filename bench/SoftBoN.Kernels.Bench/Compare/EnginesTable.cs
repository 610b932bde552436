using System.Globalization;
using System.Text;
using SoftBoN.Kernels.Jobs.Results;

namespace SoftBoN.Kernels.Bench.Compare;

/// <summary>A run of softbon bench for documents: an operation at its largest batch a line, an engine a column.</summary>
internal static class EnginesTable
{
    private const string Nothing = "-";

    private static readonly string[] DeviceModes = [BenchMode.EndToEnd, BenchMode.Resident, BenchMode.Kernel];

    /// <param name="file">The run.</param>
    /// <param name="isShort">End-to-end and resident alone, of the operations that are no variant of another.</param>
    public static string Of(BenchFile file, bool isShort)
    {
        string[] engines = [.. file.Rows.Where(row => row.Mode == BenchMode.EndToEnd).Select(row => row.Name).Distinct()];
        (string Engine, string Mode)[] columns = [.. engines
            .SelectMany(engine => DeviceModes.Select(mode => (engine, mode)))
            .Where(column => file.Rows.Any(row => (row.Name, row.Mode) == column))
            .Where(column => !isShort || column.mode != BenchMode.Kernel)];
        string[] absent = [.. file.Absent.Keys.Order()];
        var text = new StringBuilder();
        if (!file.IsQuiet)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"**Not quiet: a case had only {file.CpuShare:P0} of a processor. Do not quote this.**\n\n");
        }

        string[] heads = [.. columns.Select(column => Head(column.Engine, column.Mode, columns)), .. absent];
        text.Append("| operation | rows x n | ").AppendJoin(" | ", heads).Append(" |\n");
        text.Append("| --- | --- |").Insert(text.Length, " ---: |", heads.Length).Append('\n');
        foreach (BenchRow[] rows in Largest(file).Where(rows => !isShort || !rows[0].Operation.Contains(',')))
        {
            BenchRow any = rows[0];
            text.Append(
                CultureInfo.InvariantCulture, $"| {any.Operation} | {any.Shape.Rows} x {any.Shape.Columns} | ");
            text.AppendJoin(" | ", [.. columns.Select(column => Cell(rows, column)), .. absent.Select(_ => Nothing)]);
            text.Append(" |\n");
        }

        text.Append('\n');
        foreach (string name in absent)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name} was not run: {file.Absent[name]}.\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"{Place(file)}; `{file.Command}`.\n").ToString();
    }

    /// <summary>The rows of each operation's largest batch.</summary>
    private static IEnumerable<BenchRow[]> Largest(BenchFile file) => file.Rows.GroupBy(row => row.Operation)
        .Select(own => own.GroupBy(row => row.Shape).MaxBy(batch => batch.Key.Elements)!.ToArray());

    private static string Head(string engine, string mode, (string Engine, string Mode)[] columns) =>
        columns.Count(column => column.Engine == engine) == 1 ? engine : $"{engine}: {mode}";

    private static string Cell(BenchRow[] rows, (string Engine, string Mode) column) =>
        rows.FirstOrDefault(row => (row.Name, row.Mode) == column) is { } row
            ? Short(row.Nanoseconds.Median)
            : Nothing;

    private static string Short(double nanoseconds) =>
        nanoseconds.ToString(nanoseconds < 10 ? "F2" : "F0", CultureInfo.InvariantCulture);

    private static string Place(BenchFile file) =>
        $"{file.Environment["processor"]}, {file.Environment["processors"]} processors, {file.Environment[".NET"]}";
}
