using System.Text.Json;

namespace SoftBoN.Tool.Tests;

/// <summary>The files that come with the repository, and real reward data that may lie beside it.</summary>
public class SampleTests
{
    private const string AlpacaEval = "data/alpaca-eval-rewards.jsonl";

    [Fact]
    public void The_sample_prompts_are_all_selected_and_majorities_are_right()
    {
        string path = Repository.File("samples/prompts.jsonl");
        ToolResult result = Tool.Select("", "-i", path, "--majority");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(36, result.Lines.Length);
        Dictionary<string, string?> answers = result.Lines
            .Select(line => JsonDocument.Parse(line).RootElement)
            .ToDictionary(row => row.GetProperty("id").GetString()!, row => row.GetProperty("answer").GetString());
        Assert.Equal("102", answers["arith-01"]);
        Assert.Equal("13", answers["arith-08"]);
        Assert.Equal("Canberra", answers["fact-04"]);
        Assert.Equal("0.05", answers["logic-02"]);
        Assert.Null(answers["write-01"]);
    }

    [Fact]
    public void The_sample_csv_is_all_selected()
    {
        string path = Repository.File("samples/prompts.csv");
        ToolResult result = Tool.Select("", "-i", path, "--majority");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(12, result.Lines.Length);
        Assert.StartsWith("{\"id\":\"What is 17 * 6?\"", result.Lines[0], StringComparison.Ordinal);
        Assert.All(result.Lines, line => Assert.Contains("\"status\":\"ok\"", line, StringComparison.Ordinal));
    }

    [SharedFact(AlpacaEval)]
    public void All_prompts_of_real_reward_data_are_selected()
    {
        ToolResult result = Tool.Select("", "-i", Repository.Shared(AlpacaEval));
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(403, result.Lines.Length);
        Assert.All(result.Lines, line => Assert.Contains("\"status\":\"ok\"", line, StringComparison.Ordinal));
        Assert.Contains(result.Lines, line => line.Contains("\"candidate\":\"FuseChat", StringComparison.Ordinal));
    }
}
