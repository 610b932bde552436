using System.Text.Json;

namespace SoftBoN.Tool.Tests.Columnar;

/// <summary>Columns that go on into the output, and the input with weights and picks.</summary>
public class AnnotateTests
{
    [Fact]
    public void Columns_of_a_row_a_prompt_are_kept()
    {
        using var folder = new WorkFolder();
        PanelPrompt[] prompts = Panel.Prompts(50, seed: 21);
        SelectColumnsTests.Write(folder, prompts, isLong: false, 9, 2);

        Select(folder, "--keep-columns", "row,answers");
        List<Dictionary<string, object?>> rows = PanelFiles.Read(folder["out"]);

        Assert.Equal(Enumerable.Range(0, 25).Concat(Enumerable.Range(0, 25)).Select(i => (object)(long)i), rows.Select(row => row["row"]));
        Assert.Equal(
            prompts.Select(prompt => string.Join(' ', prompt.Candidates.Select(c => c.Answer ?? "-"))),
            rows.Select(row => string.Join(' ', ((object?[])row["answers"]!).Select(a => a ?? "-"))));
    }

    [Fact]
    public void Of_a_row_a_candidate_those_of_the_pick_are_kept()
    {
        using var folder = new WorkFolder();
        PanelPrompt[] prompts = Panel.Prompts(50, seed: 22);
        SelectColumnsTests.Write(folder, prompts, isLong: true, 7, 3);

        Select(folder, "--keep-columns", "answer");
        List<Dictionary<string, object?>> rows = PanelFiles.Read(folder["out"]);

        Assert.Equal(50, rows.Count);
        Assert.All(prompts.Zip(rows), pair => Assert.Equal(
            pair.Second.GetValueOrDefault("index") is int pick ? pair.First.Candidates[pick].Answer : null,
            pair.Second.GetValueOrDefault("answer")));
    }

    [Theory]
    [InlineData(1000, 1)]
    [InlineData(7, 1)]
    [InlineData(3, 6)]
    [InlineData(1, 40)]
    public void A_row_a_candidate_gets_its_weight_and_whether_it_was_picked(int rowsOfGroup, int parts)
    {
        using var folder = new WorkFolder();
        PanelPrompt[] prompts = Panel.Prompts(30, seed: 23);
        SelectColumnsTests.Write(folder, prompts, isLong: true, rowsOfGroup, parts);

        ToolResult run = Select(folder, "--annotate");
        List<Dictionary<string, object?>> rows = PanelFiles.Read(folder["out"]);

        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        Assert.Equal(PanelFiles.Long(prompts).Select(row => row.Candidate.Id), rows.Select(row => row["candidate"]));
        Assert.Equal(
            Expected(prompts).SelectMany(line => line),
            rows.Select(row => (row.GetValueOrDefault("weight") as float?, (bool)row["picked"]!, (string)row["status"]!)));
    }

    [Fact]
    public void A_row_a_prompt_gets_them_as_lists()
    {
        using var folder = new WorkFolder();
        PanelPrompt[] prompts = Panel.Prompts(60, seed: 24);
        SelectColumnsTests.Write(folder, prompts, isLong: false, 13, 2);

        Select(folder, "--annotate");
        List<Dictionary<string, object?>> rows = PanelFiles.Read(folder["out"]);

        foreach ((Dictionary<string, object?> row, var expected) in rows.Zip(Expected(prompts)))
        {
            Assert.Equal(expected.Select(c => (object?)c.Weight), ((System.Collections.IEnumerable)row["weight"]!).Cast<object?>());
            Assert.Equal(expected.Select(c => (object?)c.Picked), ((System.Collections.IEnumerable)row["picked"]!).Cast<object?>());
            Assert.Equal(expected[0].Status, row["status"]);
            Assert.NotNull(row["rewards"]);
        }
    }

    [Fact]
    public void A_column_of_the_output_cannot_be_kept()
    {
        using var folder = new WorkFolder();
        SelectColumnsTests.Write(folder, Panel.Prompts(5, seed: 25), isLong: true, 7, 1);

        ToolResult run = Select(folder, "--keep-columns", "reward");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("column reward: the output has a column of that name", run.Error);
    }

    [Theory]
    [InlineData("--annotate")]
    [InlineData("--shard", "1/2")]
    [InlineData("--keep-columns", "a")]
    public void What_is_for_columns_is_refused_for_text(params string[] options)
    {
        ToolResult run = Tool.Select("""{"id":1,"rewards":[1]}""", options);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"{options[0]} is for Parquet", run.Error);
    }

    /// <summary>What JSON Lines say of each prompt's candidates.</summary>
    private static List<(float? Weight, bool Picked, string Status)[]> Expected(PanelPrompt[] prompts) =>
        [.. Tool.Select(Panel.Json(prompts), "--weights").Lines.Select(line =>
        {
            using JsonDocument json = JsonDocument.Parse(line);
            JsonElement index = json.RootElement.GetProperty("index");
            int pick = index.ValueKind == JsonValueKind.Null ? -1 : index.GetInt32();
            string status = json.RootElement.GetProperty("status").GetString()!;
            return json.RootElement.GetProperty("weights").EnumerateArray()
                .Select((w, i) => (w.ValueKind == JsonValueKind.Null ? null : (float?)w.GetSingle(), i == pick, status))
                .ToArray();
        })];

    private static ToolResult Select(WorkFolder folder, params string[] options) =>
        Tool.Select("", ["--input", folder["in"], "--output", folder["out"], .. options]);
}
