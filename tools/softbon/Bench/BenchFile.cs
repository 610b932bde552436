using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using SoftBoN.Kernels.Jobs;
using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Bench;

/// <summary>A run as it is kept: where and how it was made, and its rows.</summary>
/// <param name="Command">The command that repeats it.</param>
/// <param name="Environment">What its figures depend on, by name; what is not alike is not compared.</param>
/// <param name="Version">The library's version.</param>
/// <param name="Rows">What was measured.</param>
internal sealed record BenchFile(
    string Command, IReadOnlyDictionary<string, string> Environment, string Version, IReadOnlyList<BenchRow> Rows)
{
    public const string Name = "bench.json";

    private static readonly JsonWriterOptions Options =
        new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Write(Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, Options);
        json.WriteStartObject();
        json.WriteString("command", Command);
        json.WriteString("version", Version);
        json.WriteStartObject("environment");
        foreach ((string name, string value) in Environment)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteStartArray("rows");
        foreach (BenchRow row in Rows)
        {
            Write(json, row);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Reads a run from the folder that it was written to.</summary>
    public static BenchFile Read(string folder)
    {
        string path = Path.Combine(folder, Name);
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement root = document.RootElement;
            return new(
                root.GetProperty("command").GetString()!,
                root.GetProperty("environment").EnumerateObject()
                    .ToDictionary(one => one.Name, one => one.Value.GetString()!),
                root.GetProperty("version").GetString()!,
                [.. root.GetProperty("rows").EnumerateArray().Select(ReadRow)]);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new FaultException(
                $"{path} cannot be read: {FaultException.Reason(fault).TrimEnd('.')}; name a folder of softbon bench",
                fault);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException)
        {
            throw new FaultException($"{path} is no run of softbon bench; measure anew", fault);
        }
    }

    private static void Write(Utf8JsonWriter json, BenchRow row)
    {
        json.WriteStartObject();
        json.WriteString("operation", row.Operation);
        json.WriteNumber("rows", row.Shape.Rows);
        json.WriteNumber("n", row.Shape.Columns);
        json.WriteString("engine", row.Name);
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
        return new(
            row.GetProperty("operation").GetString()!,
            new Shape(row.GetProperty("rows").GetInt32(), row.GetProperty("n").GetInt32()),
            row.GetProperty("engine").GetString()!,
            new Quartiles(Number("ns_lower"), Number("ns"), Number("ns_upper")),
            Number("gigabytes_per_second"),
            row.GetProperty("percent_of_ceiling").ValueKind == JsonValueKind.Null
                ? double.NaN
                : Number("percent_of_ceiling"));
    }
}
