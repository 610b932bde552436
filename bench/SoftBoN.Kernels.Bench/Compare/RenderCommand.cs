using System.Text;
using SoftBoN.Kernels.Jobs.Results;

namespace SoftBoN.Kernels.Bench.Compare;

/// <summary>
/// Writes the tables of committed comparisons into a document, so that it never says another figure than they do: whatever
/// stands between a line <c>&lt;!-- measured: FILE --&gt;</c> and the next <c>&lt;!-- end of measured --&gt;</c> is made anew
/// from FILE by its path from the document: a compare.json, peers.json or price.json of a comparison, or a bench.json of
/// softbon bench, of which <c>FILE, short</c> has the engines of one line each.
/// </summary>
internal static class RenderCommand
{
    public const string Name = "render";

    private const string Short = "short";
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
            result.Append('\n').Append(Table(folder, text[name..table])).Append('\n');
            from = end;
        }

        return from > 0
            ? result.Append(text, from, text.Length - from).ToString()
            : throw new ArgumentException($"{document} has no line '{Start}FILE -->': there is nothing to write.");
    }

    /// <summary>The table of a file, which may be followed by a word for another form of it.</summary>
    private static string Table(string folder, string words)
    {
        string[] parts = words.Split(", ", 2);
        string path = Path.Combine(folder, parts[0]);
        return (Path.GetFileName(path), parts.ElementAtOrDefault(1)) switch
        {
            (BenchFile.Name, null) => EnginesTable.Of(BenchFile.Read(path), isShort: false),
            (BenchFile.Name, Short) => EnginesTable.Of(BenchFile.Read(path), isShort: true),
            ("compare.json", null) => ComparisonTable.OfRequired(Report.Read(path)),
            ("peers.json", null) => ComparisonTable.OfPeers(Report.Read(path)),
            ("price.json", null) => ComparisonTable.OfPairs(Report.Read(path)),
            _ => throw new ArgumentException(
                $"'{words}' names no table; name a bench.json, compare.json, peers.json or price.json."),
        };
    }
}
