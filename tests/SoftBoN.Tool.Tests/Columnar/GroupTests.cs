namespace SoftBoN.Tool.Tests.Columnar;

/// <summary>Unsorted rows.</summary>
public class GroupTests
{
    /// <summary>20,000 rows of texts and numbers take more than an eighth of 64 MiB, so there are several runs to merge.</summary>
    [Theory]
    [InlineData(60, "2G")]
    [InlineData(40000, "64M")]
    public void Unsorted_rows_are_brought_together(int count, string memory)
    {
        using var folder = new WorkFolder();
        PanelPrompt[] prompts = Panel.Prompts(count, seed: 41, most: 8);
        var random = new Random(42);
        var rows = PanelFiles.Long(prompts).OrderBy(_ => random.Next()).ToArray();
        PanelFiles.WriteLong(folder["in/part-0.parquet"], rows[..(rows.Length / 2)], 20000);
        PanelFiles.WriteLong(folder["in/part-1.parquet"], rows[(rows.Length / 2)..], 20000);
        PanelPrompt[] asTheyCome = [.. rows.GroupBy(row => row.Prompt, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new PanelPrompt(group.Key!, [.. group.Select(row => row.Candidate)]))];

        ToolResult run = Tool.Select("", "--input", folder["in"], "--group", "--memory", memory, "--majority");

        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        Assert.Equal(Tool.Select(Panel.Json(asTheyCome), "--majority").Output, run.Output);
    }
}
