namespace SoftBoN.Tool.Tests.Columnar;

/// <summary>Of a part with a broken row group, that row group alone is lost, and it is said of which prompts.</summary>
public class LostGroupsTests
{
    private static readonly PanelPrompt[] Prompts = Panel.Prompts(60, seed: 61);

    [Theory]
    [InlineData("rewards", "{0}.parquet, row group 1, column rewards: it cannot be read")]
    [InlineData("offsets", "{0}.parquet, row group 1, column offsets: it cannot be read")]
    public void Of_a_row_a_prompt_the_rows_of_the_row_group_are_unreadable(string column, string error)
    {
        using var folder = new WorkFolder();
        SelectColumnsTests.Write(folder, Prompts, isLong: false, 8, 3);
        PanelFiles.Break(folder["in/part-1.parquet"], 1, column);

        ToolResult run = Run(folder, "out", "--keep-columns", "row");
        List<Dictionary<string, object?>> rows = PanelFiles.Read(folder["out"]);

        string[] lost = [.. Prompts[28..36].Select(prompt => prompt.Id)];
        Assert.Equal(Prompts.Select(prompt => prompt.Id), rows.Select(row => row["id"]));
        AssertLost(run, rows, lost, string.Format(error, "part-1"));
    }

    [Fact]
    public void Where_not_even_the_prompts_can_be_read_one_row_stands_for_the_row_group()
    {
        using var folder = new WorkFolder();
        SelectColumnsTests.Write(folder, Prompts, isLong: false, 8, 3);
        PanelFiles.Break(folder["in/part-1.parquet"], 1, "prompt");

        ToolResult run = Run(folder, "out");
        List<Dictionary<string, object?>> rows = PanelFiles.Read(folder["out"]);

        Assert.Equal(60 - 8 + 1, rows.Count);
        AssertLost(run, rows, [null], "part-1.parquet, row group 1, column prompt: it cannot be read");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Of_a_row_a_candidate_the_prompts_with_rows_there_are_unreadable(int group)
    {
        using var folder = new WorkFolder();
        var rows = PanelFiles.Long(Prompts);
        PanelFiles.WriteLong(folder["in/part-0.parquet"], rows[..30], 30);
        PanelFiles.WriteLong(folder["in/part-1.parquet"], rows[30..150], 30);
        PanelFiles.WriteLong(folder["in/part-2.parquet"], rows[150..], 30);
        PanelFiles.Break(folder["in/part-1.parquet"], group, "reward");
        int first = 30 + (group * 30);

        ToolResult run = Run(folder, "out");
        List<Dictionary<string, object?>> got = PanelFiles.Read(folder["out"]);

        Assert.Equal(Prompts.Select(prompt => prompt.Id), got.Select(row => row["id"]));
        AssertLost(
            run,
            got,
            [.. rows[first..(first + 30)].Select(row => row.Prompt).Distinct()],
            $"part-1.parquet, row group {group}, column reward: it cannot be read");
    }

    /// <summary>
    /// Prompts wholly within the row group are gone; those beside it may have rows there, and one row says that there were
    /// more.
    /// </summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Of_a_row_a_candidate_without_names_the_prompts_on_both_sides_are_unreadable(int group)
    {
        using var folder = new WorkFolder();
        var rows = PanelFiles.Long(Prompts);
        PanelFiles.WriteLong(folder["in/part-0.parquet"], rows[..30], 30);
        PanelFiles.WriteLong(folder["in/part-1.parquet"], rows[30..150], 30);
        PanelFiles.WriteLong(folder["in/part-2.parquet"], rows[150..], 30);
        PanelFiles.Break(folder["in/part-1.parquet"], group, "prompt");
        int first = 30 + (group * 30);

        ToolResult run = Run(folder, "out");
        List<Dictionary<string, object?>> got = PanelFiles.Read(folder["out"]);

        string?[] present = [.. rows[..first].Concat(rows[(first + 30)..]).Select(row => row.Prompt).Distinct()];
        Assert.Equal(present, got.Select(row => (string?)row.GetValueOrDefault("id")).Where(id => id is not null));
        AssertLost(
            run,
            got,
            [.. new[] { rows[first - 1].Prompt, rows[first + 30].Prompt, null }.Distinct()],
            $"part-1.parquet, row group {group}, column prompt: it cannot be read");
    }

    /// <summary>A prompt whose rows are on both sides of what is lost comes out once.</summary>
    [Fact]
    public void A_prompt_around_a_lost_row_group_is_unreadable_once()
    {
        using var folder = new WorkFolder();
        PanelCandidate[] many = [.. Enumerable.Range(0, 90).Select(i => new PanelCandidate($"c{i}", i, null, null))];
        PanelFiles.WriteLong(
            folder["in/part-0.parquet"], PanelFiles.Long([Prompts[0], new PanelPrompt("many", many), Prompts[1]]), 20);
        PanelFiles.Break(folder["in/part-0.parquet"], 2, "prompt");

        Run(folder, "out");

        Assert.Equal(
            [Prompts[0].Id, "many", null, Prompts[1].Id],
            PanelFiles.Read(folder["out"]).Select(row => row.GetValueOrDefault("id")));
    }

    [Theory]
    [InlineData(false, "rewards")]
    [InlineData(false, "prompt")]
    [InlineData(true, "reward")]
    [InlineData(true, "prompt")]
    public void Annotated_rows_of_the_row_group_are_left_out(bool isLong, string column)
    {
        using var folder = new WorkFolder();
        SelectColumnsTests.Write(folder, Prompts, isLong, 10, 1);
        Run(folder, "whole", "--annotate");
        PanelFiles.Break(folder["in/part-0.parquet"], 2, column);

        ToolResult run = Run(folder, "out", "--annotate");
        List<Dictionary<string, object?>> whole = PanelFiles.Read(folder["whole"]);
        List<Dictionary<string, object?>> got = PanelFiles.Read(folder["out"]);

        whole.RemoveRange(20, 10);
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(whole.Select(Name), got.Select(Name));
        foreach ((Dictionary<string, object?> before, Dictionary<string, object?> now) in whole.Zip(got))
        {
            if (!Equals(now["status"], "unreadable"))
            {
                Assert.Equal(before, now);
            }
        }

        Assert.True(got.Count(row => Equals(row["status"], "unreadable")) <= (isLong ? 24 : 0));
    }

    [Fact]
    public void Grouped_prompts_with_rows_in_a_broken_row_group_are_unreadable_and_the_others_are_not()
    {
        using var folder = new WorkFolder();
        (PanelPrompt[] asTheyCome, var rows) = Shuffled();
        PanelFiles.WriteLong(folder["in/part-0.parquet"], rows, 10);
        PanelFiles.Break(folder["in/part-0.parquet"], 3, "reward");

        ToolResult run = Run(folder, "out", "--group");

        AssertLost(
            run,
            PanelFiles.Read(folder["out"]),
            [.. rows[30..40].Select(row => row.Prompt).Distinct()],
            "part-0.parquet, row group 3, column reward: it cannot be read",
            asTheyCome);
    }

    [Fact]
    public void A_grouped_run_goes_on_without_a_broken_part_and_says_what_that_means()
    {
        using var folder = new WorkFolder();
        (_, var rows) = Shuffled();
        PanelFiles.WriteLong(folder["in/part-0.parquet"], rows[..100], 10);
        File.WriteAllBytes(folder["in/part-1.parquet"], new byte[40]);
        PanelFiles.WriteLong(folder["in/part-2.parquet"], rows[100..], 10);

        ToolResult run = Run(folder, "out", "--group");
        File.Delete(folder["in/part-1.parquet"]);
        Run(folder, "without", "--group");

        Assert.Equal(2, run.ExitCode);
        Assert.Matches("part-1.parquet: the file cannot be read.*any prompt may lack rows that were there", run.Error);
        List<Dictionary<string, object?>> got = PanelFiles.Read(folder["out"]);
        AssertIncomplete(PanelFiles.Read(folder["without"]), got);
    }

    [Fact]
    public void A_grouped_row_group_without_names_leaves_any_prompt_incomplete()
    {
        using var folder = new WorkFolder();
        (_, var rows) = Shuffled();
        PanelFiles.WriteLong(folder["in/part-0.parquet"], rows, 10);
        PanelFiles.Break(folder["in/part-0.parquet"], 3, "prompt");
        PanelFiles.WriteLong(folder["less/part-0.parquet"], [.. rows[..30], .. rows[40..]], 10);

        ToolResult run = Run(folder, "out", "--group");
        Tool.Select("", "--input", folder["less"], "--output", folder["without"] + "/", "--group");
        string lines = Tool.Select("", "--input", folder["in"], "--group").Output;
        Run(folder, "annotated", "--group", "--annotate");

        Assert.Equal(2, run.ExitCode);
        Assert.Matches("row group 3, column prompt: it cannot be read.*any prompt may lack rows that were there", run.Error);
        AssertIncomplete(PanelFiles.Read(folder["without"]), PanelFiles.Read(folder["out"]));
        Assert.DoesNotContain("\"status\":\"ok\"", lines);
        Assert.DoesNotContain("ok", PanelFiles.Read(folder["annotated"]).Select(row => row["status"]));
    }

    /// <summary>The rows have the results of the candidates that are left, and say in place of ok that there were more.</summary>
    private static void AssertIncomplete(List<Dictionary<string, object?>> expected, List<Dictionary<string, object?>> got)
    {
        Assert.Contains("incomplete", got.Select(row => row["status"]));
        foreach (Dictionary<string, object?> row in expected.Where(row => Equals(row["status"], "ok")))
        {
            row["status"] = "incomplete";
        }

        Assert.Equal(expected, got);
    }

    /// <summary>Rows in no order, and the prompts as a stable sort has them.</summary>
    private static (PanelPrompt[] Sorted, (string? Prompt, PanelCandidate Candidate)[] Rows) Shuffled()
    {
        var random = new Random(62);
        var rows = PanelFiles.Long(Prompts).OrderBy(_ => random.Next()).ToArray();
        return ([.. rows.GroupBy(row => row.Prompt, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new PanelPrompt(group.Key!, [.. group.Select(row => row.Candidate)]))], rows);
    }

    private static object? Name(Dictionary<string, object?> row) => row.GetValueOrDefault("candidate") ?? row["prompt"];

    private static ToolResult Run(WorkFolder folder, string output, params string[] options) =>
        Tool.Select("", ["--input", folder["in"], "--output", folder[output] + "/", .. options]);

    /// <summary>The prompts are unreadable, and all others have the results of JSON Lines.</summary>
    private static void AssertLost(
        ToolResult run, List<Dictionary<string, object?>> rows, string?[] lost, string error, PanelPrompt[]? prompts = null)
    {
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(error, run.Error);
        Assert.Contains("1 row group is lost", run.Error);
        Assert.Equal(
            lost.Order(StringComparer.Ordinal),
            rows.Where(row => Equals(row["status"], "unreadable"))
                .Select(row => (string?)row.GetValueOrDefault("id")).Order(StringComparer.Ordinal));
        List<Dictionary<string, object?>> read = [.. rows.Where(row => !Equals(row["status"], "unreadable"))];
        Assert.All(read, row => row.Remove("row"));
        HashSet<object?> ids = [.. read.Select(row => row["id"])];
        PanelPrompt[] others = [.. (prompts ?? Prompts).Where(prompt => ids.Contains(prompt.Id))];
        SelectColumnsTests.AssertSame(Tool.Select(Panel.Json(others)).Lines, read);
    }
}
