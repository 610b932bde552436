using System.Text;
using System.Text.Json;
using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Tests.Columnar;

/// <summary>Parquet has to give what JSON Lines gives, whatever the layout and how files are cut.</summary>
public class SelectColumnsTests
{
    [Fact]
    public void Steps_of_the_pipeline_are_those_of_lines_from_arrow_too()
    {
        using var folder = new WorkFolder();
        string[] steps = ["--reward-columns", "reward,length", "--calibrate", "min-max", "--ensemble", "mean", "--penalty", "length:0.01"];
        PanelPrompt[] prompts = Panel.Prompts(40, seed: 81);
        PanelFiles.WriteLong(folder["in.parquet"], PanelFiles.Long(prompts), 16);
        Tool.Select("", "--input", folder["in.parquet"], "--annotate", "--output", folder["in.arrow"]);

        ToolResult run = Tool.Select("", ["--input", folder["in.arrow"], .. steps]);

        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        Assert.Equal(Tool.Select(Panel.Json(prompts, partStarts: [0]), steps).Output, run.Output);
        Assert.Contains("\"status\":\"ok\"", run.Output);
    }

    /// <summary>A file of columns goes to standard output whole, whatever it was made of.</summary>
    [Theory]
    [InlineData("parquet", "PAR1")]
    [InlineData("arrow", "\u00FF\u00FF\u00FF\u00FF")]
    public void Lines_go_to_standard_output_as_columns(string format, string begin)
    {
        using var output = new MemoryStream();
        using var input = new MemoryStream("""{"id":1,"rewards":[0.2,0.9,0.4]}"""u8.ToArray());
        var host = new ToolHost { Input = input, Output = output, Error = TextWriter.Null };

        Assert.Equal(0, ToolApp.Run(["select", "--lambda", "0.1", "--seed", "1", "--output-format", format], host));

        Assert.StartsWith(begin, Encoding.Latin1.GetString(output.ToArray()), StringComparison.Ordinal);
        Assert.False(File.Exists("-"));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named()
    {
        using var folder = new WorkFolder();
        PanelFiles.WriteLong(folder["in.parquet"], PanelFiles.Long(Panel.Prompts(5, seed: 82)), 16);

        ToolResult run = Tool.Select("", "--input", folder["in.parquet"], "--output", folder["none/out.parquet"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("none/out.parquet: no such folder", run.Error);
    }

    private static readonly string[] Everything = ["--majority", "--weights", "--elements-from-ids"];

    [Theory]
    [InlineData(false, 1000, 1)]
    [InlineData(false, 7, 1)]
    [InlineData(false, 7, 4)]
    [InlineData(true, 100000, 1)]
    [InlineData(true, 5, 1)]
    [InlineData(true, 1, 3)]
    [InlineData(true, 64, 9)]
    public void Lines_are_those_of_the_same_prompts_as_json(bool isLong, int rowsOfGroup, int parts)
    {
        using var folder = new WorkFolder();
        PanelPrompt[] prompts = Panel.Prompts(300, seed: 1);
        Write(folder, prompts, isLong, rowsOfGroup, parts);

        ToolResult expected = Tool.Select(Panel.Json(prompts), Everything);
        ToolResult got = Tool.Select("", ["--input", folder["in"], .. Everything]);

        Assert.Equal(("", 0), (got.Error, got.ExitCode));
        Assert.Equal(expected.Output, got.Output);
    }

    [Theory]
    [InlineData("--noise", "uniform-race")]
    [InlineData("--noise", "none")]
    [InlineData("--draws", "3", "--distinct")]
    [InlineData("--target-kl", "0.4", "--lambda-is-not-given")]
    [InlineData("--calibrate", "z-score", "--penalty", "length:0.01")]
    public void Options_do_the_same(params string[] options)
    {
        using var folder = new WorkFolder();
        PanelPrompt[] prompts = Panel.Prompts(60, seed: 2);
        Write(folder, prompts, isLong: true, 17, 2);
        options = [.. options.Where(option => option != "--lambda-is-not-given")];
        string[] common = options.Contains("--target-kl")
            ? ["select", "--seed", "42", .. options]
            : ["select", "--seed", "42", "--lambda", "0.1", .. options];

        string json = options.Contains("--penalty") ? Panel.Json(prompts, partStarts: [.. Cut(prompts, 2)]) : Panel.Json(prompts);
        Assert.Equal(Tool.Run(json, common).Output, Tool.Run("", [.. common, "--input", folder["in"]]).Output);
    }

    [Fact]
    public void The_columns_of_the_output_are_the_members_of_the_lines()
    {
        using var folder = new WorkFolder();
        PanelPrompt[] prompts = Panel.Prompts(200, seed: 3);
        Write(folder, prompts, isLong: false, 50, 1);
        string[] expected = Tool.Select(Panel.Json(prompts), Everything).Lines;

        ToolResult run = Tool.Select(
            "", ["--input", folder["in/part-0.parquet"], "--output", folder["out.parquet"], .. Everything]);

        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        AssertSame(expected, PanelFiles.Read(folder["out.parquet"]));
    }

    [Fact]
    public void Draws_become_lists()
    {
        using var folder = new WorkFolder();
        PanelPrompt[] prompts = Panel.Prompts(30, seed: 4);
        string[] options = ["--draws", "3", "--distinct"];
        File.WriteAllText(folder["in.jsonl"], Panel.Json(prompts));

        Tool.Select("", ["--input", folder["in.jsonl"], "--output", folder["out.parquet"], .. options]);

        AssertSame(Tool.Select(Panel.Json(prompts), options).Lines, PanelFiles.Read(folder["out.parquet"]));
    }

    [Fact]
    public void Weights_are_those_of_json()
    {
        using var folder = new WorkFolder();
        PanelPrompt[] prompts = Panel.Prompts(100, seed: 5);
        Write(folder, prompts, isLong: true, 30, 3);
        string[] options = ["weights", "--target-ess", "2"];

        Tool.Run("", [.. options, "--input", folder["in"], "--output", folder["out"]]);

        AssertSame(Tool.Run(Panel.Json(prompts), options).Lines, PanelFiles.Read(folder["out"]));
    }

    [Fact]
    public void The_order_of_candidates_and_prompts_changes_no_pick()
    {
        using var folder = new WorkFolder();
        PanelPrompt[] prompts = Panel.Prompts(100, seed: 6);
        var random = new Random(7);
        PanelPrompt[] shuffled = [.. prompts
            .Select(p => p with { Candidates = [.. p.Candidates.OrderBy(_ => random.Next())] })
            .OrderBy(_ => random.Next())];
        Write(folder, shuffled, isLong: true, 11, 5);

        Dictionary<string, string> expected = Panel.ById(Tool.Select(Panel.Json(prompts), "--elements-from-ids"));
        Dictionary<string, string> got = Panel.ById(Tool.Select("", "--elements-from-ids", "--input", folder["in"]));

        Assert.Equal(expected.Keys.Order(), got.Keys.Order());
        Assert.All(expected, line => Assert.Equal(Pick(line.Value), Pick(got[line.Key])));
    }

    [Fact]
    public void Standard_streams_carry_parquet_too()
    {
        using var folder = new WorkFolder();
        PanelPrompt[] prompts = Panel.Prompts(20, seed: 8);
        Write(folder, prompts, isLong: false, 7, 1);
        byte[] input = File.ReadAllBytes(folder["in/part-0.parquet"]);

        Assert.Equal(Tool.Select(Panel.Json(prompts)).Output, Tool.Run(input, [.. Common, "--input-format", "parquet"]).Output);
    }

    private static string[] Common => ["select", "--lambda", "0.1", "--seed", "42"];

    internal static void Write(WorkFolder folder, PanelPrompt[] prompts, bool isLong, int rowsOfGroup, int parts)
    {
        if (isLong)
        {
            var rows = PanelFiles.Long(prompts);
            foreach ((int part, int from, int to) in Cuts(rows.Length, parts))
            {
                PanelFiles.WriteLong(folder[parts > 10 ? $"in/part-{part:D3}.parquet" : $"in/part-{part}.parquet"], rows[from..to], rowsOfGroup);
            }

            return;
        }

        foreach ((int part, int from, int to) in Cuts(prompts.Length, parts))
        {
            PanelFiles.WriteList(folder[parts > 10 ? $"in/part-{part:D3}.parquet" : $"in/part-{part}.parquet"], prompts[from..to], rowsOfGroup);
        }
    }

    /// <summary>Compares rows with lines of JSON, member by member and float by float.</summary>
    internal static void AssertSame(string[] lines, List<Dictionary<string, object?>> rows)
    {
        Assert.Equal(lines.Length, rows.Count);
        foreach ((string line, Dictionary<string, object?> row) in lines.Zip(rows))
        {
            using JsonDocument json = JsonDocument.Parse(line);
            string[] names = [.. json.RootElement.EnumerateObject().Select(member => member.Name)];
            Assert.Empty(row.Keys.Except(names));
            foreach (JsonProperty member in json.RootElement.EnumerateObject())
            {
                Assert.Equal(Plain(member.Value), Plain(row.GetValueOrDefault(member.Name)));
            }
        }
    }

    private static string Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Join(' ', value.EnumerateArray().Select(Plain)),
        JsonValueKind.Null => "null",
        JsonValueKind.Number => Plain(value.GetSingle()),
        _ => value.GetString()!,
    };

    private static string Plain(object? value) => value switch
    {
        null => "null",
        string text => text,
        System.Collections.IEnumerable list => string.Join(' ', list.Cast<object?>().Select(Plain)),
        float number => BitConverter.SingleToInt32Bits(number).ToString("x8"),
        _ => Plain(Convert.ToSingle(value)),
    };

    private static string Pick(string line)
    {
        using JsonDocument json = JsonDocument.Parse(line);
        return string.Join(' ', new[] { "candidate", "reward", "status" }.Select(name => json.RootElement.GetProperty(name).ToString()));
    }

    private static IEnumerable<(int Part, int From, int To)> Cuts(int count, int parts) =>
        Enumerable.Range(0, parts).Select(part => (part, count * part / parts, count * (part + 1) / parts));

    private static IEnumerable<int> Cut(PanelPrompt[] prompts, int parts) =>
        Cuts(PanelFiles.Long(prompts).Length, parts).Select(cut => cut.From);
}
