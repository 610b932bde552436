using System.Globalization;
using System.Text;
using SoftBoN.Tool.Input;

namespace SoftBoN.Tool.Study.Sources;

/// <summary>CSV: a candidate a record; the column "prompt" says which belong together, wherever they stand.</summary>
internal static class ScoredCsv
{
    private const string PromptColumn = "prompt";
    private const string NameColumn = "candidate";

    public static IReadOnlyList<ScoredPrompt> Read(byte[] bytes, string[] columns)
    {
        using var stream = new MemoryStream(bytes);
        var lines = new LineBuffer(stream, quoted: true);
        string[]? header = null;
        var drafts = new Dictionary<string, Draft>();
        var order = new List<Draft>();
        foreach (string[] fields in Records(lines))
        {
            if (header is null)
            {
                header = [.. fields.Select(field => field.Trim())];
                CheckHeader(header, columns);
                continue;
            }

            if (fields.Length != header.Length)
            {
                throw new LineException(
                    $"line {lines.Line}: {fields.Length} fields where the header has {header.Length}");
            }

            string prompt = fields[Array.IndexOf(header, PromptColumn)];
            if (!drafts.TryGetValue(prompt, out Draft? draft))
            {
                draft = new Draft([], [.. columns.Select(_ => new List<double>())]);
                drafts.Add(prompt, draft);
                order.Add(draft);
            }

            AddCandidate(draft, header, fields, columns, lines.Line);
        }

        return [.. order.Select(draft =>
            new ScoredPrompt([.. draft.Names], [.. draft.Columns.Select(column => column.ToArray())]))];
    }

    private static IEnumerable<string[]> Records(LineBuffer lines)
    {
        var record = new CsvRecord();
        do
        {
            while (TryNext(lines, record, out string[] fields))
            {
                if (fields.Length > 0)
                {
                    yield return fields;
                }
            }
        }
        while (lines.Fill());
    }

    private static bool TryNext(LineBuffer lines, CsvRecord record, out string[] fields)
    {
        fields = [];
        if (!lines.TryNext(out ReadOnlySpan<byte> line))
        {
            return false;
        }

        if (!line.IsEmpty)
        {
            record.Read(line);
            fields = new string[record.Count];
            for (int i = 0; i < fields.Length; i++)
            {
                fields[i] = Encoding.UTF8.GetString(record[i]);
            }
        }

        return true;
    }

    private static void CheckHeader(string[] header, string[] columns)
    {
        foreach (string column in columns.Prepend(PromptColumn))
        {
            if (!header.Contains(column))
            {
                throw new LineException(
                    $"the CSV header has no column \"{column}\", it has {string.Join(", ", header)}; "
                    + "add it or name another");
            }
        }
    }

    private static void AddCandidate(Draft draft, string[] header, string[] fields, string[] columns, long line)
    {
        int name = Array.IndexOf(header, NameColumn);
        draft.Names.Add(name < 0 ? $"{draft.Names.Count}" : fields[name]);
        for (int i = 0; i < columns.Length; i++)
        {
            string text = fields[Array.IndexOf(header, columns[i])];
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                || !double.IsFinite(value))
            {
                throw new LineException($"line {line}: \"{columns[i]}\" is {text}; it has to be a finite number");
            }

            draft.Columns[i].Add(value);
        }
    }

    private sealed record Draft(List<string> Names, List<double>[] Columns);
}
