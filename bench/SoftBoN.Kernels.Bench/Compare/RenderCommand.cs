using System.Globalization;
using System.Text;

namespace SoftBoN.Kernels.Bench.Compare;

/// <summary>
/// Writes the tables of committed comparisons into a document, so that it never says another figure than they do: whatever
/// stands between a line <c>&lt;!-- measured: FILE --&gt;</c> and the next <c>&lt;!-- end of measured --&gt;</c> is made anew
/// from FILE, a compare.json by its path from the document.
/// </summary>
internal static class RenderCommand
{
    public const string Name = "render";

    private const string Check = "--check";
    private const string Start = "<!-- measured: ";
    private const string Close = " -->\n";
    private const string End = "<!-- end of measured -->";

    public static int Run(ReadOnlySpan<string> args)
    {
        bool isCheck = args is [Check, ..];
        if ((isCheck ? args[1..] : args) is not [var document])
        {
            throw new ArgumentException($"Usage: {Name} [{Check}] DOCUMENT");
        }

        string path = Path.GetFullPath(document);
        string text = File.ReadAllText(path);
        string rendered = Render(text, Path.GetDirectoryName(path)!, document);
        if (!isCheck)
        {
            File.WriteAllText(path, rendered);
        }
        else if (rendered != text)
        {
            Console.Error.WriteLine(
                $"{document} says other figures than the results it names; write it anew: {Name} {document}");
            return 1;
        }

        return 0;
    }

    private static string Render(string text, string folder, string document)
    {
        var result = new StringBuilder();
        int from = 0;
        for (int start; (start = text.IndexOf(Start, from, StringComparison.Ordinal)) >= 0;)
        {
            int name = start + Start.Length;
            int table = text.IndexOf(Close, name, StringComparison.Ordinal);
            int end = table < 0 ? -1 : text.IndexOf(End, table, StringComparison.Ordinal);
            if (end < 0)
            {
                throw new ArgumentException($"{document}: a line '{Start.Trim()} ...' has no line '{End}' after it; add it.");
            }

            result.Append(text, from, table + Close.Length - from);
            result.Append('\n').Append(Table(Report.Read(Path.Combine(folder, text[name..table])))).Append('\n');
            from = end;
        }

        return from > 0
            ? result.Append(text, from, text.Length - from).ToString()
            : throw new ArgumentException($"{document} has no line '{Start}FILE -->': there is nothing to write.");
    }

    /// <summary>The cases on one thread of which something is asked.</summary>
    private static StringBuilder Table(Report report)
    {
        var table = new StringBuilder();
        table.Append("| job | rows x n | ns per candidate | scalar reference | peer's time over ours | share of read bandwidth |\n");
        table.Append("| --- | --- | ---: | ---: | ---: | ---: |\n");
        foreach (CaseSummary one in report.Cases.Where(c => c.Required > 0.0 && c.Contenders.Any(IsReference)))
        {
            ContenderSummary ours = one.Contenders[0];
            double reference = one.Contenders.First(IsReference).NanosecondsPerElement.Median;
            string job = one.Case[..one.Case.LastIndexOf('/')];
            string shape = ours.Shape.Replace("x", " x ", StringComparison.Ordinal);
            table.Append(
                CultureInfo.InvariantCulture,
                $"| {job} | {shape} | {ours.NanosecondsPerElement.Median:F2} | {reference:F0} | ");
            table.Append(CultureInfo.InvariantCulture, $"{one.Achieved:F2}x | {100.0 * ours.ShareOfRead:F0}% |\n");
        }

        return table;
    }

    private static bool IsReference(ContenderSummary contender) => contender.Name == "SoftBoN reference";
}
