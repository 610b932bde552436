using SoftBoN.Kernels.Plots;
using SoftBoN.Kernels.Plots.Charts;
using SoftBoN.Kernels.Plots.Report;
using SoftBoN.Kernels.Plots.Tables;
using SoftBoN.Tool.Output;

namespace SoftBoN.Tool.Study.Frame;

/// <summary>
/// Writes what a study leaves: tables, plots, the report. A file takes its place when it is whole, and none is left
/// half-written.
/// </summary>
/// <param name="study">The study.</param>
/// <param name="folder">Where its files go.</param>
/// <param name="writing">Held while a file is written: whoever holds it may end the process.</param>
internal sealed class StudyFiles(IStudy study, string folder, Lock writing)
{
    public const string Report = "report.html";

    public void Write(StudyTables tables, IReadOnlyList<Fact> environment)
    {
        StudyFindings findings = study.Conclude(tables);
        foreach (DataTable table in tables.All.Union(findings.Sections.SelectMany(section => section.Tables)))
        {
            WriteFile(table.Shape.Name + ".csv", stream => CsvFile.Write(table, stream));
            WriteFile(
                table.Shape.Name + ".parquet",
                stream => ParquetFile.WriteAsync(table, stream).GetAwaiter().GetResult());
        }

        foreach (Chart chart in findings.Sections.SelectMany(section => section.Charts))
        {
            WriteFile(chart.Name + ".svg", stream => WriteText(ChartFile.Svg(chart, notes: false), stream));
            WriteFile(chart.Name + ".png", stream => ChartFile.WritePng(chart, stream));
        }

        var page = new ReportPage(
            study.Title,
            findings.Lead,
            CommandText.Of(study, folder),
            findings.Sections,
            [.. study.Parameters.Select(parameter => new Fact(parameter.Name, parameter.Value))],
            environment);
        WriteFile(Report, stream => ReportHtml.Write(page, stream));
    }

    private static void WriteText(string text, MemoryStream stream) =>
        stream.Write(System.Text.Encoding.UTF8.GetBytes(text));

    private void WriteFile(string name, Action<MemoryStream> write)
    {
        using var content = new MemoryStream();
        write(content);
        lock (writing)
        {
            OutputFolder.Write(folder, name, content.GetBuffer().AsSpan(0, (int)content.Length));
        }
    }
}
