using System.Text.RegularExpressions;

namespace SoftBoN.Tool.Tests;

public class TableTests
{
    private const string Input = """
        {"id":"first","rewards":[1,3]}
        {"id":"second","candidates":[{"id":"only","reward":2}]}
        {"id":"first","rewards":[1,NaN]}
        nonsense
        """;

    private static ToolResult Run(params string[] more) =>
        Tool.Run(Input, ["select", "--lambda", "0", "--noise", "none", "--table", .. more]);

    [Theory]
    [InlineData("lines", "4")]
    [InlineData("unreadable", "1")]
    [InlineData("without a result", "1")]
    [InlineData(@"duplicate ids \(share noise\)", "1")]
    [InlineData("mean reward", "2.5")]
    [InlineData("mean effective sample size", "1")]
    public void The_summary_counts_and_averages(string name, string value) =>
        Assert.Matches(new Regex($@"^\s+{name}\s+{value}\s*$", RegexOptions.Multiline), Run().Output);

    [Fact]
    public void The_table_shows_rows_and_no_json()
    {
        ToolResult result = Run();
        Assert.Matches(new Regex(@"second\s+0\s+only\s+2\s+0\s+1\s+0\s+ok"), result.Output);
        Assert.Contains("reward_nan", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("{\"id\"", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", result.Output, StringComparison.Ordinal);
        Assert.Equal(2, result.ExitCode);
    }

    [Fact]
    public void With_several_draws_the_table_shows_the_first_and_the_mean_reward()
    {
        ToolResult result = Tool.Run(
            "{\"id\":\"first\",\"rewards\":[1,3]}\n{\"id\":\"second\",\"rewards\":[1,2,6]}\n",
            ["select", "--lambda", "0", "--noise", "none", "--table", "--draws", "2", "--distinct"]);
        Assert.Matches(new Regex(@"id\s+first index\s+first candidate\s+mean reward\s+lambda"), result.Output);
        Assert.Matches(new Regex(@"first\s+1\s+-\s+2\s+0\s+1\s"), result.Output);
        Assert.Matches(new Regex(@"second\s+2\s+-\s+4\s+0\s+1\s"), result.Output);
    }

    [Fact]
    public void A_row_without_votes_has_its_pick_and_counts()
    {
        ToolResult result = Tool.Run(
            """{"id":1,"candidates":[{"reward":1},{"reward":5}]}""",
            ["select", "--lambda", "0", "--noise", "none", "--majority", "--table"]);
        Assert.Matches(new Regex(@"^\s+without a result\s+0\s*$", RegexOptions.Multiline), result.Output);
        Assert.Matches(new Regex(@"^\s+mean reward\s+5\s*$", RegexOptions.Multiline), result.Output);
        Assert.Contains("no_votes", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Control_characters_are_shown_and_not_obeyed()
    {
        ToolResult result = Tool.Run(
            "{\"id\":\"a\u001b[31mb\",\"rewards\":[1]}".Replace("\u001b", "\\u001b", StringComparison.Ordinal),
            ["select", "--lambda", "0", "--noise", "none", "--table"]);
        Assert.Contains("u001b[31mb", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void With_an_output_file_there_is_both()
    {
        string path = Path.GetTempFileName();
        try
        {
            ToolResult result = Run("--output", path);
            Assert.Contains("mean reward", result.Output, StringComparison.Ordinal);
            Assert.Equal(4, File.ReadAllLines(path).Length);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
