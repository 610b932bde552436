using System.Text.Json;
using SoftBoN.Tool.Tests.Columnar;

namespace SoftBoN.Tool.Tests;

/// <summary>What <c>--picks-only</c> writes is what is written without it, less some members.</summary>
public class PicksOnlyTests
{
    private static readonly string[] LeftOut =
        ["log_probability", "margin", "ess", "entropy", "kl_to_uniform", "expected_reward"];

    [Theory]
    [InlineData("--lambda", "0.1")]
    [InlineData("--lambda", "0.1", "--majority")]
    [InlineData("--lambda", "0.1", "--draws", "3", "--distinct")]
    [InlineData("--lambda", "0", "--noise", "none")]
    [InlineData("--lambda", "Infinity")]
    [InlineData("--target-kl", "0.3")]
    public void Members_are_the_same(params string[] options)
    {
        string input = Panel.Json(Panel.Prompts(200, seed: 71)) + """{"id":"own","lambda":2,"rewards":[1,2,3]}""";

        AssertSame(Run(input, options), Run(input, [.. options, "--picks-only"]));
    }

    /// <summary>Rows of one length take a shorter way through the engine.</summary>
    [Theory]
    [InlineData("64")]
    [InlineData("7")]
    public void Rows_of_one_length_are_the_same(string candidates)
    {
        using var folder = new WorkFolder();
        Tool.Run("", "generate", "--prompts", "6000", "--candidates", candidates, "--output", folder["in.parquet"]);
        string[] options = ["--lambda", "0.3", "--input", folder["in.parquet"]];

        ToolResult picks = Run("", [.. options, "--picks-only"]);
        Run("", [.. options, "--picks-only", "--output", folder["out.parquet"]]);

        AssertSame(Run("", options), picks);
        SelectColumnsTests.AssertSame(picks.Lines, PanelFiles.Read(folder["out.parquet"]));
    }

    [Theory]
    [InlineData("--weights")]
    [InlineData("--table")]
    public void What_it_leaves_out_cannot_be_asked_for(string option)
    {
        ToolResult run = Tool.Select("""{"id":1,"rewards":[1]}""", "--picks-only", option);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("--picks-only leaves out", run.Error);
    }

    private static ToolResult Run(string input, params string[] options) => Tool.Run(input, ["select", "--seed", "42", .. options]);

    private static void AssertSame(ToolResult all, ToolResult picks)
    {
        Assert.NotEmpty(all.Lines);
        Assert.Equal(all.Lines.Select(Shortened), picks.Lines.Select(line => Members(line).ToArray()));
    }

    private static string[] Shortened(string line) =>
        [.. Members(line).Where(member => !LeftOut.Contains(member.Split('=')[0]))];

    private static IEnumerable<string> Members(string line)
    {
        using JsonDocument json = JsonDocument.Parse(line);
        return [.. json.RootElement.EnumerateObject().Select(member => $"{member.Name}={member.Value.GetRawText()}")];
    }
}
