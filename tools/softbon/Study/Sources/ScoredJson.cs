using System.Text;
using System.Text.Json;
using SoftBoN.Tool.Input;

namespace SoftBoN.Tool.Study.Sources;

/// <summary>
/// JSON Lines: a prompt a line, with "candidates", objects of numbers; or with "rewards", a list, for one column.
/// </summary>
internal static class ScoredJson
{
    public static IReadOnlyList<ScoredPrompt> Read(byte[] bytes, string[] columns)
    {
        var prompts = new List<ScoredPrompt>();
        string[] lines = Encoding.UTF8.GetString(bytes).Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i]))
            {
                continue;
            }

            try
            {
                prompts.Add(ReadLine(lines[i], columns));
            }
            catch (JsonException fault)
            {
                throw new LineException($"line {i + 1}: no JSON: {fault.Message}");
            }
            catch (LineException fault)
            {
                throw new LineException($"line {i + 1}: {fault.Message}");
            }
        }

        return prompts;
    }

    private static ScoredPrompt ReadLine(string line, string[] columns)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        JsonElement root = document.RootElement;
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("candidates", out JsonElement candidates)
            && candidates.ValueKind == JsonValueKind.Array && candidates.GetArrayLength() > 0)
        {
            JsonElement[] all = [.. candidates.EnumerateArray()];
            return new ScoredPrompt(
                [.. all.Select(Name)],
                [.. columns.Select(column => all.Select((one, i) => Value(one, column, i)).ToArray())]);
        }

        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("rewards", out JsonElement rewards)
            && rewards.ValueKind == JsonValueKind.Array && rewards.GetArrayLength() > 0 && columns is ["reward"])
        {
            JsonElement[] all = [.. rewards.EnumerateArray()];
            return new ScoredPrompt(
                [.. all.Select((_, i) => $"{i}")], [[.. all.Select((one, i) => Number(one, "reward", i))]]);
        }

        throw new LineException(
            "has no candidates; a line looks like {\"candidates\":[{\"id\":\"a\",\"reward\":0.5}]}");
    }

    private static string Name(JsonElement candidate, int place) =>
        candidate.ValueKind == JsonValueKind.Object && candidate.TryGetProperty("id", out JsonElement id)
            ? id.ToString()
            : $"{place}";

    private static double Value(JsonElement candidate, string column, int place) =>
        candidate.ValueKind == JsonValueKind.Object && candidate.TryGetProperty(column, out JsonElement value)
            ? Number(value, column, place)
            : throw new LineException($"candidate {place + 1} has no \"{column}\"; name another column, or add it");

    private static double Number(JsonElement value, string column, int place) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number)
            ? number
            : throw new LineException(
                $"\"{column}\" of candidate {place + 1} is {value}; it has to be a finite number");
}
