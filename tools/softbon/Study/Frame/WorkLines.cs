using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using SoftBoN.Kernels.Plots.Tables;
using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Study.Frame;

/// <summary>The lines of a work file: what the study is, then a line for each finished setting.</summary>
internal static class WorkLines
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Header(IStudy study) => Line(json =>
    {
        json.WriteString("study", study.Name);
        foreach (StudyParameter parameter in study.Parameters.Where(parameter => parameter.Counts))
        {
            json.WriteString(parameter.Name, parameter.Value);
        }
    });

    public static byte[] Setting(string key, IReadOnlyList<SettingRow> rows) => Line(json =>
    {
        json.WriteString("setting", key);
        json.WriteStartArray("rows");
        foreach (SettingRow row in rows)
        {
            json.WriteStartArray();
            json.WriteStringValue(row.Table);
            foreach (Cell cell in row.Cells)
            {
                json.WriteStringValue(cell.ToString());
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    });

    /// <summary>Refuses a folder that holds something else than this study with these parameters.</summary>
    public static void CheckHeader(string line, IStudy study, string path)
    {
        using JsonDocument there = JsonDocument.Parse(line);
        using JsonDocument here = JsonDocument.Parse(Header(study));
        foreach (string name in Names(here).Union(Names(there)))
        {
            (string kept, string asked) = (Value(there, name), Value(here, name));
            if (kept != asked)
            {
                throw new FaultException(
                    $"{path} holds a run with {name} {kept}, and this one has {name} {asked}; "
                    + "name another --out, or delete that file to begin anew");
            }
        }
    }

    public static (string Key, IReadOnlyList<SettingRow> Rows) ReadSetting(
        string line, IReadOnlyList<TableShape> tables)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        var rows = new List<SettingRow>();
        foreach (JsonElement row in document.RootElement.GetProperty("rows").EnumerateArray())
        {
            string[] values = [.. row.EnumerateArray().Select(value => value.GetString()!)];
            TableShape table = tables.First(shape => shape.Name == values[0]);
            if (values.Length != table.Columns.Length + 1)
            {
                throw new FormatException($"a row of {table.Name} has {values.Length - 1} values");
            }

            rows.Add(new SettingRow(
                table.Name, [.. table.Columns.Select((column, i) => Read(column.Kind, values[i + 1]))]));
        }

        return (document.RootElement.GetProperty("setting").GetString()!, rows);
    }

    private static IEnumerable<string> Names(JsonDocument header) =>
        header.RootElement.EnumerateObject().Select(property => property.Name);

    private static string Value(JsonDocument header, string name) =>
        header.RootElement.TryGetProperty(name, out JsonElement value) ? value.GetString()! : "not set";

    private static Cell Read(CellKind kind, string text) => kind switch
    {
        CellKind.Text => text,
        CellKind.Integer => long.Parse(text, CultureInfo.InvariantCulture),
        _ => text switch
        {
            "" => double.NaN,
            "inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
        },
    };

    private static byte[] Line(Action<Utf8JsonWriter> write)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line, Plain))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        return line.ToArray();
    }
}
