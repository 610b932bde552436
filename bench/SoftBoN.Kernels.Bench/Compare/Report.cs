using System.Text.Json;

namespace SoftBoN.Kernels.Bench.Compare;

/// <summary>Everything that a comparison found out, as it is written to files.</summary>
internal sealed record Report(HostEnvironment Environment, string Command, IReadOnlyList<CaseSummary> Cases)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Reads a compare.json.</summary>
    public static Report Read(string file) => JsonSerializer.Deserialize<Report>(File.ReadAllText(file), Json)
        ?? throw new ArgumentException($"{file} has no comparison in it; name a compare.json.");

    /// <summary>Writes the tables as Markdown and JSON, and the environment.</summary>
    /// <param name="parent">Where a folder named after the device is put.</param>
    /// <param name="name">What the tables' files are called.</param>
    /// <returns>The folder.</returns>
    public string Write(string parent, string name)
    {
        string folder = Path.Combine(parent, Environment.Device);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, name + ".md"), MarkdownReport.Of(this));
        File.WriteAllText(Path.Combine(folder, name + ".json"), JsonSerializer.Serialize(this, Json) + "\n");
        File.WriteAllText(
            Path.Combine(folder, "environment.json"), JsonSerializer.Serialize(Environment, Json) + "\n");
        return folder;
    }
}
