using Parquet;
using Parquet.Schema;

namespace SoftBoN.Tool.Tests.Columnar;

/// <summary>What is wrong with a part is said with its place, and the other parts are worked on.</summary>
public class FaultyPartsTests
{
    private static readonly PanelPrompt[] Prompts = Panel.Prompts(40, seed: 11);

    [Fact]
    public void A_part_that_is_cut_short_fails_and_the_others_do_not()
    {
        using var folder = new WorkFolder();
        SelectColumnsTests.Write(folder, Prompts, isLong: false, 10, 4);
        string broken = folder["in/part-2.parquet"];
        File.WriteAllBytes(broken, File.ReadAllBytes(broken)[..^200]);

        AssertOthersWritten(folder, "part-2.parquet", Run(folder));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(100)]
    public void A_file_that_is_no_parquet_fails(int length)
    {
        using var folder = new WorkFolder();
        SelectColumnsTests.Write(folder, Prompts, isLong: false, 10, 4);
        File.WriteAllBytes(folder["in/part-2.parquet"], new byte[length]);

        AssertOthersWritten(folder, "part-2.parquet", Run(folder));
    }

    [Fact]
    public void A_missing_column_is_named_with_those_that_there_are()
    {
        using var folder = new WorkFolder();
        SelectColumnsTests.Write(folder, Prompts, isLong: false, 10, 4);
        WriteOne(folder["in/part-2.parquet"], new DataField<string>("prompt"), ["a"]);

        ToolResult run = Run(folder);

        AssertOthersWritten(folder, "part-2.parquet: no column \"reward\", it has prompt; name the column with --reward-column", run);
    }

    [Fact]
    public void A_column_of_the_wrong_type_is_named_with_its_type()
    {
        using var folder = new WorkFolder();
        SelectColumnsTests.Write(folder, Prompts, isLong: false, 10, 4);

        ToolResult run = Run(folder, "--reward-column", "candidates");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("part-0.parquet, column candidates: is of type list of text; it has to be list of numbers", run.Error);
        Assert.Contains("4 of 4 parts failed", run.Error);
    }

    [Fact]
    public void Lists_of_lists_are_no_rewards()
    {
        using var folder = new WorkFolder();
        var item = new DataField<float>("element");
        var prompt = new DataField<string>("prompt");
        PanelFiles.Write(
            folder["in/part-0.parquet"],
            [prompt, new ListField("rewards", new ListField("element", item))],
            async writer =>
            {
                using ParquetRowGroupWriter rows = writer.CreateRowGroup();
                await rows.WriteAsync(prompt, new[] { "a" });
                await rows.WriteAllPartsAsync<float>(
                    item, new[] { 1f }, new[] { item.MaxDefinitionLevel }, new[] { 0 }, CancellationToken.None);
            });

        Assert.Contains("column rewards: is of type list", Run(folder).Error);
    }

    [Fact]
    public void A_prompt_that_comes_back_is_an_error_with_a_cure()
    {
        using var folder = new WorkFolder();
        PanelFiles.WriteLong(folder["in/part-0.parquet"], PanelFiles.Long(Prompts[..10]), 8);
        PanelFiles.WriteLong(folder["in/part-1.parquet"], PanelFiles.Long([Prompts[10], Prompts[0], Prompts[11]]), 100);
        PanelFiles.WriteLong(folder["in/part-2.parquet"], PanelFiles.Long(Prompts[12..]), 8);

        ToolResult run = Run(folder);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(
            $"part-1.parquet, row group 0, column prompt: prompt p\"0000é at row {Prompts[10].Candidates.Length} comes back",
            run.Error);
        Assert.Contains("--group", run.Error);
        Assert.False(File.Exists(folder["out/part-1.parquet"]));
        Assert.True(File.Exists(folder["out/part-2.parquet"]));
    }

    /// <summary>The prompts beside a part that cannot be read may have rows there.</summary>
    [Fact]
    public void Prompts_at_the_edges_of_a_broken_part_are_not_answered()
    {
        using var folder = new WorkFolder();
        SelectColumnsTests.Write(folder, Prompts, isLong: true, 10, 3);
        File.WriteAllBytes(folder["in/part-1.parquet"], new byte[50]);

        ToolResult run = Run(folder);
        List<Dictionary<string, object?>> before = PanelFiles.Read(folder["out/part-0.parquet"]);
        List<Dictionary<string, object?>> behind = PanelFiles.Read(folder["out/part-2.parquet"]);

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("unreadable", before[^1]["status"]);
        Assert.Equal("unreadable", behind[0]["status"]);
        Assert.Contains("part-1.parquet", (string)before[^1]["error"]!);
        Assert.DoesNotContain("unreadable", before[..^1].Concat(behind[1..]).Select(row => row["status"]));
    }

    [Fact]
    public void Nulls_become_statuses()
    {
        using var folder = new WorkFolder();
        var item = new DataField("element", typeof(double), isNullable: true);
        var prompt = new DataField<long?>("prompt");
        PanelFiles.Write(folder["in/part-0.parquet"], [prompt, new ListField("rewards", item)], async writer =>
        {
            using ParquetRowGroupWriter rows = writer.CreateRowGroup();
            await rows.WriteAsync<long>(prompt, new long?[] { 1, 2, 3, null, 5, 6 }.AsMemory());
            await rows.WriteAllPartsAsync<double>(
                item, new[] { 1.5, 0.5, 2, 1e300 }, new[] { 3, 2, 0, 1, 3, 3, 3 }, new[] { 0, 1, 0, 0, 0, 0, 0 }, CancellationToken.None);
        });

        ToolResult run = Run(folder, "--keep-columns", "");
        List<Dictionary<string, object?>> rows = PanelFiles.Read(folder["out"]);

        Assert.Equal(["reward_nan", "empty", "empty", "unreadable", "ok", "reward_nan"], rows.Select(row => row["status"]));
        Assert.Equal([1L, 2L, 3L, null, 5L, 6L], rows.Select(row => row.GetValueOrDefault("id")));
        Assert.Contains("row group 0, row 3: the prompt is null", (string)rows[3]["error"]!);
        Assert.Equal(2f, rows[4]["reward"]);
        Assert.Equal(2, run.ExitCode);
    }

    [Fact]
    public void Empty_parts_and_empty_row_groups_are_fine()
    {
        using var folder = new WorkFolder();
        var rows = PanelFiles.Long(Prompts);
        PanelFiles.WriteLong(folder["in/part-0.parquet"], [], 8);
        PanelFiles.WriteLong(folder["in/part-1.parquet"], rows[..21], 8);
        PanelFiles.WriteLong(folder["in/part-2.parquet"], [], 8);
        PanelFiles.WriteLong(folder["in/part-3.parquet"], rows[21..], 8);

        ToolResult run = Run(folder);

        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        SelectColumnsTests.AssertSame(Tool.Select(Panel.Json(Prompts)).Lines, PanelFiles.Read(folder["out"]));
    }

    [Fact]
    public void A_prompt_may_have_a_million_candidates_over_row_groups_and_parts()
    {
        const int Count = 1_000_000;
        using var folder = new WorkFolder();
        PanelCandidate[] candidates = [.. Enumerable.Range(0, Count)
            .Select(i => new PanelCandidate("c", i == 654_321 ? 2 : (i % 1000) / 1000f, null, null))];
        PanelPrompt[] prompts = [Prompts[0], new PanelPrompt("many", candidates), Prompts[1]];
        SelectColumnsTests.Write(folder, prompts, isLong: true, 150_000, 3);

        Tool.Run("", "select", "--lambda", "0", "--noise", "none", "--input", folder["in"], "--output", folder["out"]);
        List<Dictionary<string, object?>> rows = PanelFiles.Read(folder["out"]);

        Assert.Equal([Prompts[0].Id, "many", Prompts[1].Id], rows.Select(row => row["id"]));
        Assert.Equal(654_321, rows[1]["index"]);
    }

    [Fact]
    public void A_row_group_beyond_the_memory_is_refused_with_a_cure()
    {
        using var folder = new WorkFolder();
        Tool.Run("", "generate", "--prompts", "50000", "--output", folder["in.parquet"]);

        ToolResult run = Tool.Select("", "--input", folder["in.parquet"], "--output", folder["out.parquet"], "--memory", "64M");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("in.parquet, row group 0: takes ", run.Error);
        Assert.Contains("raise --memory", run.Error);
    }

    private static ToolResult Run(WorkFolder folder, params string[] options) =>
        Tool.Select("", ["--input", folder["in"], "--output", folder["out"], .. options]);

    private static void AssertOthersWritten(WorkFolder folder, string error, ToolResult run)
    {
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(error, run.Error);
        Assert.Contains("1 of 4 parts failed", run.Error);
        Assert.Equal(
            ["part-0.parquet", "part-1.parquet", "part-3.parquet"],
            Directory.GetFiles(folder["out"]).Select(Path.GetFileName).Order());
        string[] lines = Tool.Select(Panel.Json([.. Prompts[..20], .. Prompts[30..]])).Lines;
        SelectColumnsTests.AssertSame(lines, PanelFiles.Read(folder["out"]));
    }

    private static void WriteOne(string path, DataField<string> field, string[] values) =>
        PanelFiles.Write(path, [field], async writer =>
        {
            using ParquetRowGroupWriter rows = writer.CreateRowGroup();
            await rows.WriteAsync(field, values);
        });
}
