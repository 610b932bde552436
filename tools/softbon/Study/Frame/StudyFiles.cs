using SoftBoN.Kernels.Plots;
using SoftBoN.Kernels.Plots.Charts;
using SoftBoN.Kernels.Plots.Report;
using SoftBoN.Kernels.Plots.Tables;
using SoftBoN.Tool.Output;

namespace SoftBoN.Tool.Study.Frame;

/// <summary>Writes what a study leaves: tables, plots, the report. A file takes its place when it is whole.</summary>
internal static class StudyFiles
{
    public const string Report = "report.html";

    public static void Write(IStudy study, StudyTables tables, string folder, IReadOnlyList<Fact> environment)
    {
        StudyFindings findings = study.Conclude(tables);
        foreach (DataTable table in tables.All.Union(findings.Sections.SelectMany(section => section.Tables)))
        {
            WriteFile(folder, table.Shape.Name + ".csv", stream => CsvFile.Write(table, stream));
            WriteFile(
                folder,
                table.Shape.Name + ".parquet",
                stream => ParquetFile.WriteAsync(table, stream).GetAwaiter().GetResult());
        }

        foreach (Chart chart in findings.Sections.SelectMany(section => section.Charts))
        {
            WriteFile(folder, chart.Name + ".svg", stream => WriteText(ChartFile.Svg(chart, notes: false), stream));
            WriteFile(folder, chart.Name + ".png", stream => ChartFile.WritePng(chart, stream));
        }

        var page = new ReportPage(
            study.Title,
            findings.Lead,
            CommandText.Of(study, folder),
            findings.Sections,
            [.. study.Parameters.Select(parameter => new Fact(parameter.Name, parameter.Value))],
            environment);
        WriteFile(folder, Report, stream => ReportHtml.Write(page, stream));
    }

    private static void WriteText(string text, MemoryStream stream) =>
        stream.Write(System.Text.Encoding.UTF8.GetBytes(text));

    private static void WriteFile(string folder, string name, Action<MemoryStream> write)
    {
        using var content = new MemoryStream();
        write(content);
        using PartialFile file = PartialFile.Create(Path.Combine(Path.GetFullPath(folder), name));
        file.Write(content.GetBuffer().AsSpan(0, (int)content.Length));
        file.TakePlace();
    }
}
