namespace SoftBoN.Tool.Tests.Columnar;

/// <summary>Unsorted rows, and Arrow.</summary>
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

    [Fact]
    public void A_broken_part_ends_a_grouped_run()
    {
        using var folder = new WorkFolder();
        SelectColumnsTests.Write(folder, Panel.Prompts(20, seed: 43), isLong: true, 16, 2);
        File.WriteAllBytes(folder["in/part-1.parquet"], new byte[40]);

        ToolResult run = Tool.Select("", "--input", folder["in"], "--group");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains("part-1.parquet", run.Error);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Arrow_in_and_out_gives_the_same(bool isLong)
    {
        using var folder = new WorkFolder();
        PanelPrompt[] prompts = Panel.Prompts(150, seed: 44);
        SelectColumnsTests.Write(folder, prompts, isLong, 40, 1);
        string[] through = ["--input", folder["in/part-0.parquet"], "--output", folder["through.arrow"], "--annotate"];
        Tool.Select("", [.. through, "--draws", "1"]);

        ToolResult lines = Tool.Select("", "--input", folder["through.arrow"], "--majority", "--elements-from-ids", "--weights");
        Tool.Select("", "--input", folder["through.arrow"], "--output", folder["out.arrow"], "--keep-columns", "weight,picked");
        Tool.Select("", "--input", folder["through.arrow"], "--output", folder["out.parquet"]);

        Assert.Equal(("", 0), (lines.Error, lines.ExitCode));
        Assert.Equal(
            Tool.Select(Panel.Json(prompts), "--majority", "--elements-from-ids", "--weights").Output, lines.Output);
        SelectColumnsTests.AssertSame(Tool.Select(Panel.Json(prompts)).Lines, PanelFiles.Read(folder["out.parquet"]));
    }

    [Fact]
    public void A_broken_arrow_file_is_named()
    {
        using var folder = new WorkFolder();
        File.WriteAllText(folder["in.arrow"], "no arrow at all, but long enough to look for an index at the end");

        ToolResult run = Tool.Select("", "--input", folder["in.arrow"]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("in.arrow: the file cannot be read", run.Error);
    }
}
