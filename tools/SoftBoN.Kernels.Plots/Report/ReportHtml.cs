using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using SoftBoN.Kernels.Plots.Drawing;
using SoftBoN.Kernels.Plots.Tables;

namespace SoftBoN.Kernels.Plots.Report;

/// <summary>
/// Writes a report as one HTML file that loads nothing: pictures, style and script are inside.
/// </summary>
internal static class ReportHtml
{
    private static readonly Regex Option = new("(?<= )--[a-z-]+");

    public static void Write(ReportPage page, Stream stream)
    {
        using var html = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        html.WriteLine("<!DOCTYPE html>");
        html.WriteLine("<html lang=\"en\"><head><meta charset=\"utf-8\">");
        html.WriteLine("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        html.WriteLine("<meta name=\"color-scheme\" content=\"light dark\">");

        // Without it a browser asks the server for an icon.
        html.WriteLine("<link rel=\"icon\" href=\"data:,\">");
        html.WriteLine($"<title>{Text(page.Title)}</title>");
        html.WriteLine($"<style>\n{Fonts()}{Colours()}{Part("report.css")}</style></head><body><main>");
        html.WriteLine($"<h1>{Text(page.Title)}</h1><p class=\"lead\">{Text(page.Lead)}</p>");
        html.WriteLine($"<p>Made by</p><pre><code>{Command(page.Command)}</code></pre>");
        foreach (ReportSection section in page.Sections)
        {
            WriteSection(section, html);
        }

        html.WriteLine("<h2>Parameters</h2>");
        WriteFacts(page.Parameters, html);
        html.WriteLine("<h2>Environment</h2>");
        WriteFacts(page.Environment, html);
        html.WriteLine($"</main><div id=\"note\" hidden></div><script>\n{Part("report.js")}</script></body></html>");
    }

    private static void WriteSection(ReportSection section, StreamWriter html)
    {
        html.WriteLine($"<h2>{Text(section.Heading)}</h2>");
        foreach (string paragraph in section.Paragraphs)
        {
            html.WriteLine($"<p>{Text(paragraph)}</p>");
        }

        foreach (Chart chart in section.Charts)
        {
            html.WriteLine($"<figure id=\"{Text(chart.Name)}\">{ChartFile.Svg(chart, notes: true)}");
            html.WriteLine($"<figcaption>{Text(chart.Caption)}</figcaption></figure>");
        }

        foreach (DataTable table in section.Tables)
        {
            WriteTable(table, html);
        }
    }

    private static void WriteTable(DataTable table, StreamWriter html)
    {
        html.WriteLine($"<h3>{Text(table.Shape.Title)}</h3>");
        html.WriteLine($"<div class=\"scroll\"><table id=\"table-{Text(table.Shape.Name)}\" class=\"sortable\">");
        html.Write("<thead><tr>");
        foreach (DataColumn column in table.Shape.Columns)
        {
            string kind = column.Kind == CellKind.Text ? "text" : "number";
            html.Write($"<th class=\"{kind}\" aria-sort=\"none\" title=\"{Text(column.Meaning)}\">");
            html.Write($"<button type=\"button\">{Text(column.Name)}</button></th>");
        }

        html.WriteLine("</tr></thead><tbody>");
        foreach (Cell[] row in table.Rows)
        {
            html.WriteLine($"<tr>{string.Concat(row.Select(Markup))}</tr>");
        }

        html.WriteLine($"</tbody></table></div><p class=\"file\">All digits: {Text(table.Shape.Name)}.csv, ");
        html.WriteLine($"{Text(table.Shape.Name)}.parquet</p>");
    }

    /// <summary>A table's cell: a few digits to read, all of them to sort by.</summary>
    private static string Markup(Cell cell) => cell.Kind switch
    {
        CellKind.Text => $"<td>{Text(cell.Text)}</td>",
        CellKind.Integer => $"<td class=\"number\">{cell}</td>",
        _ => $"<td class=\"number\" data-value=\"{cell}\">{NumberText.Brief(cell.Number)}</td>",
    };

    private static void WriteFacts(IReadOnlyList<Fact> facts, StreamWriter html)
    {
        html.WriteLine("<table class=\"facts\"><tbody>");
        foreach (Fact fact in facts)
        {
            html.WriteLine($"<tr><th>{Text(fact.Name)}</th><td>{Text(fact.Value)}</td></tr>");
        }

        html.WriteLine("</tbody></table>");
    }

    /// <summary>The palette as variables, and for each colour a class of lines and one of shapes.</summary>
    private static string Colours()
    {
        Ink[] inks = Enum.GetValues<Ink>();
        string Variables(Func<Ink, string> colour) =>
            string.Concat(inks.Select(ink => $"--{SvgSurface.Word(ink)}:{colour(ink)};"));
        string classes = string.Concat(inks.Select(SvgSurface.Word).Select(word =>
            $".s-{word}{{stroke:var(--{word})}}.f-{word}{{fill:var(--{word})}}\n"));
        return $":root{{{Variables(Palette.Light)}}}\n"
            + $"@media (prefers-color-scheme: dark){{:root{{{Variables(Palette.Dark)}}}}}\n{classes}";
    }

    /// <summary>The fonts that texts were measured with.</summary>
    private static string Fonts() => Face("Roboto-Regular.ttf", 400) + Face("Roboto-Medium.ttf", 500);

    private static string Face(string name, int weight) =>
        $"@font-face{{font-family:Roboto;font-weight:{weight};"
        + $"src:url(data:font/ttf;base64,{Convert.ToBase64String(Resources.Read(name))})}}\n";

    private static string Part(string name) =>
        Encoding.UTF8.GetString(Resources.Read(name)).ReplaceLineEndings("\n");

    /// <summary>A command whose options are not broken at their hyphens.</summary>
    private static string Command(string command) => Option.Replace(Text(command), "<span>$0</span>");

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
