using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SoftBoN.Kernels.Jobs.Results;

/// <summary>A run as it is kept: where and how it was made, and its rows.</summary>
/// <param name="Command">The command that repeats it.</param>
/// <param name="Environment">What its figures depend on, by name; what is not alike is not compared.</param>
/// <param name="Version">The library's version.</param>
/// <param name="CpuShare">The least share of a processor that a case got; far below 1, others had the machine.</param>
/// <param name="Absent">What did not run here, and why.</param>
/// <param name="Rows">What was measured.</param>
internal sealed record BenchFile(
    string Command,
    IReadOnlyDictionary<string, string> Environment,
    string Version,
    double CpuShare,
    IReadOnlyDictionary<string, string> Absent,
    IReadOnlyList<BenchRow> Rows)
{
    public const string Name = "bench.json";

    /// <summary>Below this share of a processor figures are not for quoting.</summary>
    public const double QuietShare = 0.95;

    private static readonly JsonWriterOptions Options =
        new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public bool IsQuiet => CpuShare >= QuietShare;

    public void Write(Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, Options);
        json.WriteStartObject();
        json.WriteString("command", Command);
        json.WriteString("version", Version);
        Write(json, "environment", Environment);
        json.WriteNumber("cpu_share", CpuShare);
        Write(json, "absent", Absent);
        json.WriteStartArray("rows");
        foreach (BenchRow row in Rows)
        {
            Write(json, row);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Reads a run.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static BenchFile Read(string path)
    {
        byte[] text = File.ReadAllBytes(path);
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            return new(
                root.GetProperty("command").GetString()!,
                Texts(root.GetProperty("environment")),
                root.GetProperty("version").GetString()!,
                root.GetProperty("cpu_share").GetDouble(),
                Texts(root.GetProperty("absent")),
                [.. root.GetProperty("rows").EnumerateArray().Select(ReadRow)]);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException)
        {
            throw new InvalidDataException($"{path} is no run of softbon bench; measure anew", fault);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, string> texts)
    {
        json.WriteStartObject(name);
        foreach ((string key, string value) in texts)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static Dictionary<string, string> Texts(JsonElement element) =>
        element.EnumerateObject().ToDictionary(one => one.Name, one => one.Value.GetString()!);

    private static void Write(Utf8JsonWriter json, BenchRow row)
    {
        json.WriteStartObject();
        json.WriteString("operation", row.Operation);
        json.WriteNumber("rows", row.Shape.Rows);
        json.WriteNumber("n", row.Shape.Columns);
        json.WriteString("engine", row.Name);
        json.WriteString("mode", row.Mode);
        json.WriteNumber("ns", row.Nanoseconds.Median);
        json.WriteNumber("ns_lower", row.Nanoseconds.Lower);
        json.WriteNumber("ns_upper", row.Nanoseconds.Upper);
        json.WriteNumber("gigabytes_per_second", row.GigabytesPerSecond);
        json.WritePropertyName("percent_of_ceiling");
        json.WriteRawValue(double.IsNaN(row.PercentOfCeiling)
            ? "null"
            : row.PercentOfCeiling.ToString("R", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    private static BenchRow ReadRow(JsonElement row)
    {
        double Number(string name) => row.GetProperty(name).GetDouble();
        string Text(string name) => row.GetProperty(name).GetString()!;
        return new(
            Text("operation"),
            new Shape(row.GetProperty("rows").GetInt32(), row.GetProperty("n").GetInt32()),
            Text("engine"),
            Text("mode"),
            new Quartiles(Number("ns_lower"), Number("ns"), Number("ns_upper")),
            Number("gigabytes_per_second"),
            row.GetProperty("percent_of_ceiling").ValueKind == JsonValueKind.Null
                ? double.NaN
                : Number("percent_of_ceiling"));
    }
}
