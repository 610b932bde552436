using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SoftBoN.Tool.Tests.Columnar;

/// <summary>A candidate of a prompt; what is null is not given.</summary>
internal sealed record PanelCandidate(string Id, float? Reward, string? Answer, float? Offset);

/// <summary>A prompt with its candidates.</summary>
internal sealed record PanelPrompt(string Id, PanelCandidate[] Candidates);

/// <summary>Made-up prompts, and how JSON Lines has them.</summary>
internal static class Panel
{
    /// <param name="count">How many prompts.</param>
    /// <param name="seed">What they come from.</param>
    /// <param name="most">The most candidates of one; each has at least one.</param>
    public static PanelPrompt[] Prompts(int count, int seed, int most = 12)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => new PanelPrompt(
            $"p\"{i:D4}é",
            [.. Enumerable.Range(0, random.Next(1, most + 1)).Select(c => Candidate(random, i, c))]))];
    }

    /// <param name="prompts">The prompts.</param>
    /// <param name="partStarts">Where part files start, counted in candidates; each has its row there for its length.</param>
    public static string Json(IEnumerable<PanelPrompt> prompts, int[]? partStarts = null)
    {
        int row = 0;
        string Length()
        {
            int at = row++;
            return partStarts is null ? "" : $",\"length\":{at - partStarts.Last(start => start <= at)}";
        }

        return string.Join('\n', prompts.Select(prompt => Line(prompt, Length))) + "\n";
    }

    /// <summary>The lines of an output by their ids.</summary>
    public static Dictionary<string, string> ById(ToolResult result) => result.Lines.ToDictionary(line =>
    {
        using JsonDocument json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty("id").ToString();
    });

    private static PanelCandidate Candidate(Random random, int prompt, int candidate)
    {
        float? reward = random.Next(40) == 0 ? null : (float)Math.Round(random.NextDouble() * 2, random.Next(1, 9));
        string? answer = random.Next(4) == 0 ? null : $"a{random.Next(3)}";
        float? offset = random.Next(5) switch
        {
            0 => null,
            1 when candidate > 0 => float.NegativeInfinity,
            _ => random.NextSingle(),
        };
        return new PanelCandidate($"c{prompt}-{candidate}", reward, answer, offset);
    }

    private static string Line(PanelPrompt prompt, Func<string> length)
    {
        var text = new StringBuilder($$"""{"id":"{{prompt.Id.Replace("\"", "\\\"")}}","candidates":[""");
        text.AppendJoin(',', prompt.Candidates.Select(candidate =>
            $$"""{"id":"{{candidate.Id}}","reward":{{Number(candidate.Reward)}}"""
            + (candidate.Answer is null ? "" : $",\"answer\":\"{candidate.Answer}\"")
            + (candidate.Offset is null ? "" : $",\"offset\":{Number(candidate.Offset)}")
            + length() + "}"));
        return text.Append("]}").ToString();
    }

    private static string Number(float? value) => value switch
    {
        null => "null",
        float.NegativeInfinity => "-Infinity",
        _ => value.Value.ToString("R", CultureInfo.InvariantCulture),
    };
}
