using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SoftBoN.Kernels.Vectors.Operations;

namespace SoftBoN.Kernels.Vectors.Files;

/// <summary>A file of lines "input -> output" of one numeric function.</summary>
internal sealed record NumericFile(
    string Function, string About, IReadOnlyList<string> Cases, NumericBulk? Bulk = null);

/// <summary>Many inputs, one generator per argument, and the hash of their results.</summary>
internal sealed record NumericBulk(IReadOnlyList<string> Inputs, string? Hash = null);

/// <summary>A file of cases of one operation.</summary>
internal sealed record OperationFile(string Operation, string About, IReadOnlyList<VectorCase> Cases);

/// <summary>The committed vectors, which this assembly carries, and how they are written.</summary>
internal static class VectorFiles
{
    /// <summary>The folder of the numeric functions; other folders are operations.</summary>
    public const string NumericsStem = "numerics";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>The stems of all folders, numerics first.</summary>
    public static IReadOnlyList<string> Stems { get; } =
        [NumericsStem, .. Operation.All.Select(operation => operation.Stem)];

    public static IEnumerable<NumericFile> Numerics => Load<NumericFile>(NumericsStem);

    public static IEnumerable<OperationFile> Of(Operation operation) => Load<OperationFile>(operation.Stem);

    /// <summary>The text of a file.</summary>
    public static string Serialize<T>(T file) => JsonSerializer.Serialize(file, Json) + "\n";

    /// <summary>The names of the committed files: stem/name.json.</summary>
    public static IEnumerable<string> Names => typeof(VectorFiles).Assembly
        .GetManifestResourceNames()
        .Select(name => name.Replace('\\', '/'))
        .Where(name => name.EndsWith(".json", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    /// <summary>The text of a committed file.</summary>
    public static string Read(string name)
    {
        using Stream stream = typeof(VectorFiles).Assembly.GetManifestResourceStream(name)
            ?? typeof(VectorFiles).Assembly.GetManifestResourceStream(name.Replace('/', '\\'))
            ?? throw new FileNotFoundException($"No vectors named '{name}'; see tests/vectors.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static IEnumerable<T> Load<T>(string stem) => Names
        .Where(name => name.StartsWith(stem + "/", StringComparison.Ordinal))
        .Select(name => JsonSerializer.Deserialize<T>(Read(name), Json)!);
}
