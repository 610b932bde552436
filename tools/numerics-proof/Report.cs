using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace SoftBoN.NumericsProof;

/// <summary>Claims as a table for people or as JSON for programs.</summary>
internal sealed record Report(bool Exhaustive, IReadOnlyList<Claim> Claims)
{
    private static readonly JsonSerializerOptions JsonStyle = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public string Runtime => RuntimeInformation.FrameworkDescription;

    public string Architecture => RuntimeInformation.ProcessArchitecture.ToString();

    public int VectorBits => Vector<byte>.Count * 8;

    public bool VectorsAccelerated => Vector.IsHardwareAccelerated;

    public bool Holds => Claims.All(claim => claim.Holds);

    public string ToJson() => JsonSerializer.Serialize(this, JsonStyle);

    public string ToTable()
    {
        var text = new StringBuilder();
        text.AppendLine(
            CultureInfo.InvariantCulture, $"{Runtime}, {Architecture}, vectors of {VectorBits} bits{Software}");
        text.AppendLine(Exhaustive ? "Every input of every range was tried." : "A sample of every range was tried.");
        text.AppendLine();
        string[] head = ["function", "what", "inputs", "worst", "limit", "", "at"];
        string[][] rows = [head, .. Claims.Select(Cells)];
        int[] widths = [.. head.Select((_, column) => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
        {
            text.AppendLine(string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
        }

        int failed = Claims.Count(claim => !claim.Holds);
        text.AppendLine();
        text.Append(failed == 0 ? "All claims hold." : $"{failed} claims FAIL.");
        return text.ToString();
    }

    private string Software => VectorsAccelerated ? "" : ", in software";

    private static string[] Cells(Claim claim) =>
    [
        claim.Subject,
        claim.Statement,
        claim.Inputs.ToString("N0", CultureInfo.InvariantCulture),
        $"{claim.Value.ToString("G7", CultureInfo.InvariantCulture)} {claim.Unit}".TrimEnd(),
        claim.Limit is double limit ? limit.ToString("G4", CultureInfo.InvariantCulture) : "",
        claim.Limit is null ? "" : claim.Holds ? "ok" : "FAIL",
        claim.At,
    ];
}
