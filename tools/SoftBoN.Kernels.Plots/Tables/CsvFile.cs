using System.Text;

namespace SoftBoN.Kernels.Plots.Tables;

/// <summary>A table as CSV by RFC 4180, but with LF: a header, numbers with all digits, nothing for NaN.</summary>
internal static class CsvFile
{
    private static readonly System.Buffers.SearchValues<char> Special = System.Buffers.SearchValues.Create(",\"\r\n");

    public static void Write(DataTable table, Stream stream)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        text.WriteLine(string.Join(',', table.Shape.Columns.Select(column => Quote(column.Name))));
        foreach (Cell[] row in table.Rows)
        {
            text.WriteLine(string.Join(',', row.Select(cell => Quote(cell.ToString()))));
        }
    }

    private static string Quote(string value) => value.AsSpan().ContainsAny(Special)
        ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : value;
}
