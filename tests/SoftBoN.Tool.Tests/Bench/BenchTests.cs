using System.Text.Json;
using System.Text.Json.Nodes;
using SoftBoN.Kernels.Jobs;
using SoftBoN.Kernels.Jobs.Results;
using SoftBoN.Tool.Bench;
using SoftBoN.Tool.Tests.Study;

namespace SoftBoN.Tool.Tests.Bench;

/// <summary>softbon bench: files, checks before timing, comparisons.</summary>
public sealed class BenchTests(BenchTests.Run run) : IClassFixture<BenchTests.Run>
{
    [Fact]
    public void A_run_leaves_a_table_and_plots_of_each_operation()
    {
        Assert.Equal((0, ""), (run.Result.ExitCode, run.Result.Error));
        string[] plots = ["time-selection", "ceiling-selection"];
        Assert.Equal(
            [.. ((string[])["bench.json", "bench.csv", .. plots.SelectMany(Pictures)]).Order()],
            run.Folder.Snapshot().Keys.Order());
        Assert.Contains("selection/4x8", run.Result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_fit_together()
    {
        IReadOnlyList<StudyFolder.Row> rows = [.. run.Rows];
        Assert.Equal(["4", "6"], rows.Select(row => row.Text("rows")).Distinct());
        foreach (StudyFolder.Row row in rows)
        {
            Assert.True(row["ns_lower"] <= row["ns"] && row["ns"] <= row["ns_upper"] && row["ns_lower"] > 0);
            Assert.Equal(row["ns"] * row["rows"] * row["n"] / 1000, row["call_us"], 1e-9 * row["call_us"]);
            Assert.Equal(4 / row["ns"], row["gigabytes_per_second"], 1e-9);
        }

        StudyFolder.Row simd = rows.First(row => row.Text("engine") == "simd, 1 thread");
        StudyFolder.Row read = rows.First(row => row.Text("engine") == "read, 1 thread");
        Assert.Equal(
            100 * simd["gigabytes_per_second"] / read["gigabytes_per_second"], simd["percent_of_ceiling"], 1e-9);
    }

    [Fact]
    public void The_command_and_the_environment_are_kept()
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(run.Folder.File("bench.json")));
        Assert.Equal(
            "softbon bench --op selection --device simd --shape 4x8,6x8 --quick --out DIR",
            json.RootElement.GetProperty("command").GetString());
        JsonElement environment = json.RootElement.GetProperty("environment");
        Assert.All(
            (string[])["processor", "Vector<T>", ".NET", "simd, 1 thread"],
            name => Assert.NotEqual("", environment.GetProperty(name).GetString()));
    }

    [Fact]
    public void A_run_has_not_moved_from_itself()
    {
        ToolResult result = Tool.Run("", "bench", "compare", run.Folder.Path, run.Folder.Path);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains($"0 of {run.Rows.Count} moved", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5, "faster")]
    [InlineData(2.0, "slower")]
    [InlineData(1.0, "")]
    public void What_moved_beyond_the_spread_is_marked(double factor, string verdict)
    {
        BenchRow Row(double by) => new(
            "selection", new Shape(4, 8), "simd, 1 thread", BenchMode.EndToEnd, new Quartiles(0.9 * by, by, 1.1 * by), 4 / by, 10);
        Assert.Equal(verdict, BenchCompareCommand.Verdict(Row(1), Row(factor)));
        using var after = new StudyFolder();
        JsonNode json = JsonNode.Parse(File.ReadAllText(run.Folder.File("bench.json")))!;
        foreach (JsonNode? row in json["rows"]!.AsArray())
        {
            foreach (string name in (string[])["ns", "ns_lower", "ns_upper"])
            {
                // Further than any spread of a noisy machine.
                row![name] = row[name]!.GetValue<double>() * Math.Pow(factor, 30);
            }
        }

        File.WriteAllText(after.File("bench.json"), json.ToJsonString());
        ToolResult result = Tool.Run("", "bench", "compare", run.Folder.Path, after.Path);
        Assert.Equal(
            verdict.Length > 0 ? run.Rows.Count : 0, result.Lines.Count(line => line.Contains($" {(verdict.Length > 0
                ? verdict : "faster")}", StringComparison.Ordinal)));
    }

    [Fact]
    public void Runs_of_unlike_places_are_not_compared()
    {
        using var other = new StudyFolder();
        string text = File.ReadAllText(run.Folder.File("bench.json"));
        JsonNode json = JsonNode.Parse(text)!;
        json["environment"]!["processor"] = "abacus";
        File.WriteAllText(other.File("bench.json"), json.ToJsonString());
        ToolResult result = Tool.Run("", "bench", "compare", run.Folder.Path, other.Path);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("the runs cannot be compared: processor is ", result.Error, StringComparison.Ordinal);
        Assert.Contains("abacus in the other", result.Error, StringComparison.Ordinal);
    }

    /// <summary>Every operation on every backend of the processor, with the caller's memory and on a queue.</summary>
    [Theory]
    [MemberData(nameof(OperationNames))]
    public void Every_operation_has_the_references_bits_in_every_mode(string name)
    {
        using Job job = Operation.Of(name).Make(new Shape(32, 70));
        using SoftBonEngine reference = Reference();
        using var simd = SoftBonEngine.CreateHost(new() { Backend = SoftBonBackend.Simd });
        byte[] expected = job.Outcome(reference);
        Assert.Equal(expected, job.Outcome(simd));
        using var resident = new ResidentJob(job, simd);
        Assert.Equal(expected, resident.Outcome());
        resident.Run(3);
        Assert.Equal(expected, resident.Outcome());
        Assert.True(job.BytesPerElement >= 4.0 * job.InputFloats / job.Shape.Elements);
    }

    [Fact]
    public void A_plan_on_a_device_runs_from_the_callers_memory_too()
    {
        using Job job = Operation.Of("reward plan").Make(new Shape(16, 8));
        using SoftBonEngine reference = Reference();
        using var device = SoftBonEngine.Create(new() { Backend = SoftBonBackend.IlgpuCpu });
        Assert.Equal(job.Outcome(reference), job.Outcome(device));
    }

    public static TheoryData<string> OperationNames => [.. Operation.All.Select(operation => operation.Name)];

    /// <summary>A device has a figure for each mode, and its kernels' first call one of its own.</summary>
    [Fact]
    public void A_device_is_timed_in_four_modes()
    {
        using var folder = new StudyFolder();
        ToolResult result = Tool.Run(
            "", "bench", "--op", "log-sum-exp", "--device", "ilgpu-cpu", "--shape", "2x4", "--quick", "--out", folder.Path);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        BenchFile file = BenchFile.Read(folder.File("bench.json"));
        Assert.Equal(
            [BenchMode.Cold, BenchMode.EndToEnd, BenchMode.Kernel, BenchMode.Resident],
            file.Rows.Where(row => row.Name == "ilgpu-cpu").Select(row => row.Mode).Order());
        Assert.Empty(file.Absent);
    }

    [Fact]
    public void Other_bits_are_not_timed()
    {
        using var right = new JobEngine(JobEngine.ReferenceName, Reference, 1);
        using var wrong = new JobEngine("drifting", Reference, 1);
        JobEngine[] engines = [right, wrong];
        using var drifting = new EngineCase(new DriftingJob(wrong.Engine), engines);
        var fault = Assert.Throws<OtherBitsException>(drifting.Check);
        Assert.Contains("drifting returned other bits than reference at 2x3", fault.Message, StringComparison.Ordinal);
        using var steady = new EngineCase(new SelectionJob(new Shape(2, 3)), engines);
        steady.Check();
    }

    [Theory]
    [InlineData("", "Option '--out' is required; see softbon bench --help")]
    [InlineData("--out x --shape 8", "--shape: 8 is no batch of 1 to 67108864 elements; write 8192x64")]
    [InlineData("--out x --shape 0x8", "--shape: 0x8 is no batch")]
    [InlineData(
        "--out x --op token-tilt --shape 1x1048577",
        "--shape: 1x1048577 has rows too long for token-tilt; they have at most 1048576 elements")]
    [InlineData("--out x --op everything", "--op everything is not known; it has to be all, selection, ")]
    [InlineData("compare nowhere nowhere", "nowhere/bench.json cannot be read: ")]
    public void A_fault_is_one_line(string line, string message)
    {
        ToolResult result = Tool.Run("", ["bench", .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Equal(1, result.Error.Count(letter => letter == '\n'));
    }

    private static string[] Pictures(string name) => [name + ".png", name + ".svg"];

    private static SoftBonEngine Reference() =>
        SoftBonEngine.CreateHost(new() { Backend = SoftBonBackend.Reference });

    /// <summary>One engine's outputs differ in their last byte.</summary>
    private sealed class DriftingJob(SoftBonEngine drifting) : RowsJob(new Shape(2, 3))
    {
        private byte _last;

        public override void Run(SoftBonEngine engine, int rows) => _last = engine == drifting ? (byte)1 : (byte)0;

        public override Action<SoftBonQueue> Place(ResidentJob memory) => throw new NotSupportedException();

        protected override void Clear() => _last = 2;

        protected override byte[] Outputs() => [0, _last];
    }

    /// <summary>One run for all tests.</summary>
    public sealed class Run : IDisposable
    {
        public Run()
        {
            Result = Tool.Run(
                "",
                "bench",
                "--op",
                "selection",
                "--device",
                "simd",
                "--shape",
                "4x8,6x8",
                "--quick",
                "--out",
                Folder.Path);
            Rows = [.. Folder.Table("bench", quoted: true)];
        }

        internal StudyFolder Folder { get; } = new();

        internal ToolResult Result { get; }

        internal IReadOnlyList<StudyFolder.Row> Rows { get; }

        public void Dispose() => Folder.Dispose();
    }
}
