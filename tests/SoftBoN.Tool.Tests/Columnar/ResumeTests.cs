using System.Diagnostics;
using System.Text.Json;
using SoftBoN.Tool.Columnar;
using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Tests.Columnar;

/// <summary>Shards and runs that end anywhere come together to the bytes of one run.</summary>
public class ResumeTests
{
    /// <summary>How many times a run is killed; the documentation's figure takes 50.</summary>
    private static readonly int Schedules =
        int.TryParse(Environment.GetEnvironmentVariable("SOFTBON_KILL_SCHEDULES"), out int count) ? count : 5;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Shards_come_to_the_whole_and_threads_change_nothing(bool isLong)
    {
        using var folder = new WorkFolder();
        SelectColumnsTests.Write(folder, Panel.Prompts(200, seed: 31), isLong, 16, 7);

        Run(folder, "whole");
        foreach (string shard in new[] { "3/3", "1/3", "2/3" })
        {
            Assert.Equal(0, Run(folder, "shards", "--shard", shard, "--threads", "1", "--memory", "100M").ExitCode);
        }

        AssertSame(folder["whole"], folder["shards"]);
    }

    /// <summary>Where files are fewer than shards, they are cut at row groups.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_is_shared_by_its_row_groups(bool isLong)
    {
        using var folder = new WorkFolder();
        PanelPrompt[] prompts = Panel.Prompts(100, seed: 38);
        SelectColumnsTests.Write(folder, prompts, isLong, 16, 2);

        for (int shard = 5; shard > 0; shard--)
        {
            Assert.Equal(0, Run(folder, "shards", "--shard", $"{shard}/5", "--resume").ExitCode);
        }

        Assert.Equal(6, Directory.GetFiles(folder["shards"]).Length);
        Assert.True(File.Exists(folder["shards/part-0-00001-of-00003.parquet"]));
        SelectColumnsTests.AssertSame(Tool.Select(Panel.Json(prompts)).Lines, PanelFiles.Read(folder["shards"]));
    }

    [Fact]
    public void One_file_may_go_into_a_file_a_shard()
    {
        using var folder = new WorkFolder();
        PanelPrompt[] prompts = Panel.Prompts(100, seed: 39);
        SelectColumnsTests.Write(folder, prompts, isLong: true, 16, 1);

        string[] all = [.. Enumerable.Range(1, 40).Select(shard => folder[$"out/{shard:D2}.parquet"])];
        Directory.CreateDirectory(folder["out"]);
        for (int i = 0; i < all.Length; i++)
        {
            Tool.Select("", "--input", folder["in/part-0.parquet"], "--output", all[i], "--shard", $"{i + 1}/{all.Length}");
        }

        SelectColumnsTests.AssertSame(Tool.Select(Panel.Json(prompts)).Lines, PanelFiles.Read(folder["out"]));
    }

    /// <summary>The neighbours of a part have its prompts' rows too.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_part_whose_input_has_changed_is_made_anew(bool isOlder)
    {
        using var folder = new WorkFolder();
        SelectColumnsTests.Write(folder, Panel.Prompts(50, seed: 40), isLong: true, 16, 5);
        Run(folder, "out");
        File.Copy(folder["in/part-0.parquet"], folder["in/part-4.parquet"], overwrite: true);
        File.SetLastWriteTimeUtc(folder["in/part-4.parquet"], DateTime.UtcNow.AddHours(isOlder ? -1 : 1));

        ToolResult run = Run(folder, "out", "--resume", "--summary", folder["summary.json"]);

        Assert.Contains("part-3.parquet is made anew, its input has changed", run.Error);
        Assert.Contains("part-4.parquet is made anew, its input has changed", run.Error);
        Assert.Contains("\"parts_kept\": 3", File.ReadAllText(folder["summary.json"]));
    }

    [Fact]
    public void A_finished_part_is_kept_and_a_missing_one_made()
    {
        using var folder = new WorkFolder();
        SelectColumnsTests.Write(folder, Panel.Prompts(50, seed: 32), isLong: true, 16, 4);
        Run(folder, "whole");
        Run(folder, "out");
        File.Delete(folder["out/part-2.parquet"]);
        DateTime before = File.GetLastWriteTimeUtc(folder["out/part-1.parquet"]);

        ToolResult run = Run(folder, "out", "--resume", "--summary", folder["summary.json"]);

        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        AssertSame(folder["whole"], folder["out"]);
        Assert.Equal(before, File.GetLastWriteTimeUtc(folder["out/part-1.parquet"]));
        Assert.Contains("\"parts_kept\": 3", File.ReadAllText(folder["summary.json"]));
    }

    /// <summary>What was lost of a part is said by every run that keeps it, also where its rows are left out.</summary>
    [Theory]
    [InlineData("parquet", false)]
    [InlineData("parquet", true)]
    [InlineData("arrow", false)]
    [InlineData("arrow", true)]
    public void What_is_lost_of_a_part_that_is_kept_is_said_again(string format, bool annotates)
    {
        using var folder = new WorkFolder();
        SelectColumnsTests.Write(folder, Panel.Prompts(50, seed: 47), isLong: false, 8, 3);
        PanelFiles.Break(folder["in/part-1.parquet"], 1, "rewards");
        string[] options = ["--output-format", format, "--resume", .. annotates ? ["--annotate"] : Array.Empty<string>()];
        ToolResult first = Run(folder, "out", options);

        ToolResult again = Run(folder, "out", [.. options, "--summary", folder["summary.json"]]);

        string[] messages = first.Error.Split('\n');
        Assert.Equal((2, 2), (first.ExitCode, again.ExitCode));
        Assert.StartsWith("softbon: part-1.parquet, row group 1, column rewards: it cannot be read", messages[0]);
        Assert.Contains(messages[0], again.Error);
        Assert.Contains("1 row group is lost", again.Error);
        Assert.Contains("8 prompts unreadable in the parts that are kept", again.Error);
        Assert.Contains("\"parts_kept\": 3", File.ReadAllText(folder["summary.json"]));
    }

    [Fact]
    public void The_summary_has_the_processor_time_of_each_stage_and_the_engines_share()
    {
        using var folder = new WorkFolder();
        Tool.Run("", "generate", "--prompts", "40000", "--candidates", "64", "--output", folder["in/part-0.parquet"]);

        Run(folder, "out", "--summary", folder["summary.json"]);

        using var summary = JsonDocument.Parse(File.ReadAllText(folder["summary.json"]));
        Dictionary<string, double> stages = summary.RootElement.GetProperty("stage_processor_seconds").EnumerateObject()
            .ToDictionary(stage => stage.Name, stage => stage.Value.GetDouble());
        double all = summary.RootElement.GetProperty("processor_seconds").GetDouble();
        Assert.Equal(["assemble", "collect", "compute", "decode", "encode"], stages.Keys.Order());
        Assert.All(stages.Values, seconds => Assert.InRange(seconds, double.Epsilon, all));
        Assert.Equal(stages["compute"] / all, summary.RootElement.GetProperty("compute_share").GetDouble(), 0.05);
    }

    [Fact]
    public void Parts_of_another_run_are_not_taken_for_finished()
    {
        using var folder = new WorkFolder();
        SelectColumnsTests.Write(folder, Panel.Prompts(20, seed: 33), isLong: true, 16, 2);
        Run(folder, "out");

        ToolResult run = Run(folder, "out", "--resume", "--majority");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("part-0.parquet is not of this run", run.Error);
    }

    [Fact]
    public void A_person_who_waits_is_told_the_rate_and_the_time_of_each_stage()
    {
        using var folder = new WorkFolder();
        SelectColumnsTests.Write(folder, Panel.Prompts(50, seed: 37), isLong: false, 16, 2);
        using var error = new StringWriter();
        var host = new ToolHost
        {
            Input = Stream.Null,
            Output = Stream.Null,
            Error = error,
            ErrorIsTerminal = true,
        };

        ToolApp.Run(
            ["select", "--lambda", "1", "--seed", "1", "--input", folder["in"], "--output", folder["out"]], host);

        Assert.Matches(@"50 prompts, \d+ candidates in .* s; decode .* s, .*encode .* s; compute \d+ %", error.ToString());
        var totals = new ColumnarTotals(new StageClock()) { BytesOfInput = 400, BytesDone = 100, BytesOfPart = 100 };
        Assert.Equal("50 %, 0 prompts, 0 candidates/s, 00:00:08 left", totals.Progress(TimeSpan.FromSeconds(8)));
    }

    [Theory]
    [InlineData("0/3")]
    [InlineData("4/3")]
    [InlineData("1")]
    public void A_shard_that_is_none_is_refused(string shard)
    {
        using var folder = new WorkFolder();
        SelectColumnsTests.Write(folder, Panel.Prompts(5, seed: 34), isLong: true, 16, 2);

        Assert.Contains("--shard", Run(folder, "out", "--shard", shard).Error);
    }

    [Fact]
    public void Made_up_rewards_depend_on_the_seed_alone()
    {
        using var folder = new WorkFolder();
        string[] options = ["generate", "--prompts", "300", "--candidates", "5", "--parts", "3"];
        Tool.Run("", [.. options, "--seed", "1", "--threads", "1", "--output", folder["a"]]);
        Tool.Run("", [.. options, "--seed", "1", "--threads", "3", "--output", folder["b"]]);
        Tool.Run("", [.. options, "--seed", "2", "--output", folder["c"]]);

        AssertSame(folder["a"], folder["b"]);
        float[] rewards = [.. PanelFiles.Read(folder["a"]).SelectMany(row => ((object?[])row["rewards"]!).Cast<float>())];
        Assert.Equal(1500, rewards.Length);
        Assert.InRange(rewards.Average(), -0.15, 0.15);
        Assert.InRange(Math.Sqrt(rewards.Average(reward => reward * reward)), 0.9, 1.1);
        Assert.NotEqual(File.ReadAllBytes(folder["a/part-00000.parquet"]), File.ReadAllBytes(folder["c/part-00000.parquet"]));
    }

    /// <summary>Each schedule kills a run at a random time and goes on where it was; a whole output starts anew.</summary>
    [Fact]
    public async Task A_run_that_is_killed_goes_on_to_the_same_bytes()
    {
        using var folder = new WorkFolder();
        SelectColumnsTests.Write(folder, Panel.Prompts(400, seed: 35), isLong: true, 16, 12);
        Run(folder, "whole");
        var random = new Random(36);
        int longest = 0;
        for (int i = 0; i < Schedules; i++)
        {
            var clock = Stopwatch.StartNew();
            bool ended = await RunAndKill(folder, TimeSpan.FromMilliseconds(i == 0 ? 60_000 : random.Next(50, longest + 1)));
            longest = i == 0 ? (int)clock.ElapsedMilliseconds : longest;
            AssertPartsAreWhole(folder);
            if (ended)
            {
                AssertSame(folder["whole"], folder["out"]);
                Directory.Delete(folder["out"], recursive: true);
            }
        }

        Assert.Equal(0, Run(folder, "out", "--resume").ExitCode);
        AssertSame(folder["whole"], folder["out"]);
    }

    private static ToolResult Run(WorkFolder folder, string output, params string[] options) =>
        Tool.Select("", ["--input", folder["in"], "--output", folder[output], .. options]);

    private static async Task<bool> RunAndKill(WorkFolder folder, TimeSpan after)
    {
        var start = new ProcessStartInfo(ToolProcess.Dotnet, [ToolProcess.ToolPath, "select", "--lambda", "0.1", "--seed", "42",
            "--input", folder["in"], "--output", folder["out"], "--resume"]);
        using Process process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(after);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        return process.ExitCode == 0;
    }

    private static void AssertPartsAreWhole(WorkFolder folder)
    {
        foreach (string path in Directory.Exists(folder["out"]) ? Directory.GetFiles(folder["out"], "part-*") : [])
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(folder["whole"], Path.GetFileName(path))), File.ReadAllBytes(path));
        }
    }

    private static void AssertSame(string expected, string actual)
    {
        string?[] names = [.. Directory.GetFiles(expected).Select(Path.GetFileName).Order()];
        Assert.Equal(names, Directory.GetFiles(actual).Select(Path.GetFileName).Order());
        Assert.All(names, name => Assert.Equal(
            File.ReadAllBytes(Path.Combine(expected, name!)), File.ReadAllBytes(Path.Combine(actual, name!))));
    }
}
