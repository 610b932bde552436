using System.Text.RegularExpressions;

namespace SoftBoN.Tool.Tests.Study;

/// <summary>What every study does: files, resuming, refusals.</summary>
public class FrameTests
{
    /// <summary>A header and a few settings.</summary>
    private const int EnoughBytes = 2500;

    private static readonly string[] Convergence = ["convergence", "--lambda", "1,0.5", "--n", "1,2,4"];

    [Fact]
    public void A_study_leaves_tables_plots_and_a_report()
    {
        using var folder = new StudyFolder();
        folder.Run(Convergence);
        string[] plots = ["kl-1", "max-1", "tv-1", "gap-1", "kl-0.5", "max-0.5", "tv-0.5", "gap-0.5", "first-order"];
        string[] tables = ["convergence", "minimax", "constants"];
        string[] expected =
        [
            .. plots.SelectMany(plot => (string[])[plot + ".png", plot + ".svg"]),
            .. tables.SelectMany(table => (string[])[table + ".csv", table + ".parquet"]),
            "report.html",
        ];
        Assert.Equal(expected.Order(), folder.Snapshot().Keys.Order());
        string report = Plain(File.ReadAllText(folder.Report));
        Assert.All(plots, plot => Assert.Contains($"<figure id=\"{plot}\"><svg", report, StringComparison.Ordinal));
        Assert.Contains(
            $"softbon study convergence --out {folder.Path} --p 0.5,0.3,0.2 --reward 0,0.5,1 --lambda 1,0.5 --n 1,2,4<",
            report,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_loads_nothing()
    {
        using var folder = new StudyFolder();
        folder.Run(Convergence);
        string report = File.ReadAllText(folder.Report).Replace(
            "http://www.w3.org/2000/svg", "", StringComparison.Ordinal);
        Assert.DoesNotContain("http", report, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("src=", report, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(2, 40)]
    public void A_run_that_was_cut_short_goes_on_to_the_same_bytes(int wholeLines, int bytesOfTheNext)
    {
        using var folder = new StudyFolder();
        folder.Run(Convergence);
        Dictionary<string, byte[]> expected = folder.Snapshot();
        string[] lines = File.ReadAllText(folder.WorkFile).Split('\n');
        string kept = string.Concat(lines.Take(wholeLines).Select(line => line + "\n"));
        File.WriteAllText(folder.WorkFile, kept + lines[wholeLines][..bytesOfTheNext]);
        folder.Run(Convergence);
        StudyFolder.AssertEqual(expected, folder.Snapshot());
        Assert.Equal(string.Join('\n', lines), File.ReadAllText(folder.WorkFile));
    }

    [Fact]
    public void What_is_kept_is_taken_over_and_not_computed_again()
    {
        using var folder = new StudyFolder();
        folder.Run(Convergence);
        string work = File.ReadAllText(folder.WorkFile);
        string kl = folder.Table("convergence")[1].Text("kl");
        File.WriteAllText(folder.WorkFile, work.Replace(kl, "0.125", StringComparison.Ordinal));
        folder.Run(Convergence);
        Assert.Equal("0.125", folder.Table("convergence")[1].Text("kl"));
    }

    [Fact]
    public void Other_parameters_in_the_same_folder_are_refused()
    {
        using var folder = new StudyFolder();
        folder.Run(Convergence);
        Dictionary<string, byte[]> before = folder.Snapshot();
        ToolResult result = folder.TryRun("convergence", "--lambda", "1,0.5", "--n", "1,2,8");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(
            $"softbon: {folder.WorkFile} holds a run with n 1,2,4, and this one has n 1,2,8; "
            + "name another --out, or delete that file to begin anew\n",
            result.Error);
        Assert.Contains("holds a run with study convergence", folder.TryRun("hacking").Error, StringComparison.Ordinal);
        StudyFolder.AssertEqual(before, folder.Snapshot());
    }

    [Fact]
    public void An_option_more_or_less_is_another_run()
    {
        using var folder = new StudyFolder();
        string input = folder.File("in.jsonl");
        File.WriteAllText(input, """{"candidates":[{"id":"a","reward":0},{"id":"b","reward":1}]}""");
        string[] arguments = ["hacking", "--input", input, "--gold", "reward", "--n", "2"];
        folder.Run([.. arguments, "--gold-of", "b=0"]);
        Assert.Contains(
            "holds a run with gold-of b=0, and this one has gold-of not set",
            folder.TryRun(arguments).Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_input_file_is_another_run()
    {
        using var folder = new StudyFolder();
        string input = folder.File("in.jsonl");
        string[] arguments = ["hacking", "--input", input, "--gold", "reward", "--n", "2"];
        File.WriteAllText(input, """{"candidates":[{"id":"a","reward":0},{"id":"b","reward":1}]}""");
        folder.Run(arguments);
        File.WriteAllText(input, """{"candidates":[{"id":"a","reward":0},{"id":"b","reward":2}]}""");
        Assert.Contains("holds a run with input-sha256 ", folder.TryRun(arguments).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_reports_command_makes_it_again()
    {
        using var folder = new StudyFolder();
        folder.Run("hacking", "--n", "2,8", "--lambda", "inf,1,0.1,0");
        Dictionary<string, byte[]> expected = folder.Snapshot();
        string report = Plain(File.ReadAllText(folder.Report));
        string command = report[(report.IndexOf("<code>", StringComparison.Ordinal) + "<code>softbon ".Length)..];
        string[] words = command[..command.IndexOf("</code>", StringComparison.Ordinal)].Split(' ');
        File.Delete(folder.WorkFile);
        Assert.Equal(0, Tool.Run("", words).ExitCode);
        StudyFolder.AssertEqual(expected, folder.Snapshot());
    }

    [Fact]
    public void A_damaged_work_file_is_refused()
    {
        using var folder = new StudyFolder();
        folder.Run(Convergence);
        string[] lines = File.ReadAllLines(folder.WorkFile);
        File.WriteAllText(folder.WorkFile, lines[0] + "\n{\"setting\":\"λ = 1\",\"rows\":[[\"nowhere\"]]}\n");
        ToolResult result = folder.TryRun(Convergence);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("is damaged; delete it", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--n 2,0", "--n: 0 is out of range; each value has to be an integer, 1 to 1048576")]
    [InlineData("--n 2,,4", "--n: has an empty value")]
    [InlineData("--lambda -1", "--lambda: -1 is out of range; each value has to be a number, 0.001 to 1000")]
    [InlineData("--reward 0,0.5,-1", "--reward: -1 is out of range; each value has to be a number, 0 to")]
    [InlineData("--reward 0,1", "--p has 3 values and --reward 2; give one of each per outcome")]
    [InlineData("--reward 1,1,1", "--reward: all rewards are equal")]
    [InlineData("--p 0.5,0.3,0.3", "--p and --reward: ")]
    [InlineData("--device vax", "--device vax is not known")]
    public void Options_that_make_no_sense_are_refused(string options, string message)
    {
        using var folder = new StudyFolder();
        ToolResult result = folder.TryRun(["convergence", .. options.Split(' ')]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
        Assert.Empty(folder.Snapshot());
    }

    [Fact]
    public void Out_is_needed_and_the_hint_names_the_command() => Assert.Equal(
        (1, "softbon: Option '--out' is required; see softbon study hacking --help\n"),
        (Tool.Run("", "study", "hacking").ExitCode, Tool.Run("", "study", "hacking").Error));

    [Theory]
    [InlineData("frontier")]
    [InlineData("convergence")]
    [InlineData("hacking")]
    public void Help_has_examples_that_the_parser_takes(string study)
    {
        string help = Tool.Run("", "study", study, "--help").Output;
        Assert.Contains($"Examples:\n  softbon study {study} --out studies/{study}\n", help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "--out is empty; name a folder")]
    [InlineData("{0}/file", "--out {0}/file is a file; name a folder")]
    [InlineData("{0}/file/deeper", "--out {0}/file/deeper cannot be made: Could not find a part of the path ")]
    public void A_folder_that_cannot_be_is_a_fault(string name, string message)
    {
        using var folder = new StudyFolder();
        File.WriteAllText(folder.File("file"), "");
        string Here(string text) => text.Replace("{0}", folder.Path, StringComparison.Ordinal);
        ToolResult result = Tool.Run("", "study", "convergence", "--out", Here(name));
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("softbon: " + Here(message), result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(".;", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
    }

    [Theory]
    [InlineData("report.html", "cannot be written: ")]
    [InlineData("first-order.png", "cannot be written: ")]
    [InlineData("work.jsonl", "cannot be opened: ")]
    public void A_file_whose_place_is_taken_is_a_fault_and_leaves_nothing(string name, string message)
    {
        using var folder = new StudyFolder();
        Directory.CreateDirectory(folder.File(name));
        ToolResult result = folder.TryRun(Convergence);
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"softbon: {folder.File(name)} {message}", result.Error, StringComparison.Ordinal);
        Assert.Contains("name another --out", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(folder.Snapshot().Keys, file => file.EndsWith(".partial", StringComparison.Ordinal));
    }

    [Fact]
    public void A_link_is_replaced_and_its_target_left_alone()
    {
        using var folder = new StudyFolder();
        using var elsewhere = new StudyFolder();
        File.WriteAllText(elsewhere.File("kept"), "kept");
        File.CreateSymbolicLink(folder.Report, elsewhere.File("nowhere"));
        File.CreateSymbolicLink(folder.File("kl-1.svg"), elsewhere.File("kept"));
        folder.Run(Convergence);
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(folder.Report), StringComparison.Ordinal);
        Assert.Equal("kept", File.ReadAllText(Assert.Single(Directory.GetFiles(elsewhere.Path))));
    }

    /// <summary>The signal comes while plots are drawn and files written: a good part of a second.</summary>
    [InterruptFact]
    public async Task An_interrupt_among_the_files_leaves_whole_ones()
    {
        string[] arguments = ["study", "convergence", "--out", "f"];
        using var whole = new StudyFolder();
        using var cut = new StudyFolder();
        Assert.Equal((0, ""), await ToolProcess.Run(whole.Path, arguments));
        string first = Path.Combine(cut.Path, "f", "convergence.csv");
        (int code, string error) = await ToolProcess.RunAndInterrupt(cut.Path, () => File.Exists(first), arguments);
        Assert.Equal(130, code);
        Assert.Contains("the same command goes on from there", error, StringComparison.Ordinal);
        string[] left = [.. Directory.GetFiles(Path.Combine(cut.Path, "f")).Select(Path.GetFileName)!];
        Assert.DoesNotContain("report.html", left);
        Assert.All(left, name => Assert.Equal(
            File.ReadAllBytes(Path.Combine(whole.Path, "f", name)),
            File.ReadAllBytes(Path.Combine(cut.Path, "f", name))));
    }

    /// <summary>Two folders of one name, so that the reports' commands agree.</summary>
    [InterruptFact]
    public async Task An_interrupted_run_goes_on_to_the_same_bytes()
    {
        string[] arguments = ["study", "frontier", "--out", "f", "--n", "2,3", "--draws", "20000", "--device", "simd"];
        using var whole = new StudyFolder();
        using var cut = new StudyFolder();
        Assert.Equal((0, ""), await ToolProcess.Run(whole.Path, arguments));
        string work = Path.Combine(cut.Path, "f", "work.jsonl");
        (int code, string error) = await ToolProcess.RunAndInterrupt(
            cut.Path, () => File.Exists(work) && new FileInfo(work).Length > EnoughBytes, arguments);
        Assert.Equal(130, code);
        Assert.Contains("the same command goes on from there", error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(cut.Path, "f", "report.html")));
        int kept = CountLines(work);
        Assert.InRange(kept, 3, CountLines(Path.Combine(whole.Path, "f", "work.jsonl")) - 1);
        Assert.Equal((0, ""), await ToolProcess.Run(cut.Path, arguments));
        string[] names = [.. Directory.GetFiles(Path.Combine(whole.Path, "f")).Select(Path.GetFileName).Order()!];
        Assert.All(names, name => Assert.Equal(
            File.ReadAllBytes(Path.Combine(whole.Path, "f", name)),
            File.ReadAllBytes(Path.Combine(cut.Path, "f", name))));
    }

    /// <summary>The report without what keeps options in one piece.</summary>
    private static string Plain(string report) => Regex.Replace(report, "<span>(--[a-z-]+)</span>", "$1");

    private static int CountLines(string path) => File.ReadAllText(path).Count(letter => letter == '\n');
}
