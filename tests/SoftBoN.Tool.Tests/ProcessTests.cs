using System.Diagnostics;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Output;

namespace SoftBoN.Tool.Tests;

/// <summary>The tool as a process of its own, between pipes.</summary>
public class ProcessTests
{
    private const string Yes = "yes '{\"id\":1,\"rewards\":[1,2,3]}' 2>/dev/null";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static Process Start(string file, params string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    private static Process StartTool(params string[] arguments) =>
        Start(ToolProcess.Dotnet, [ToolProcess.ToolPath, .. arguments]);

    /// <summary>Runs a shell script in which $softbon is the tool.</summary>
    private static async Task<(int Code, string Output, string Error)> Shell(string script)
    {
        string text = $"softbon() {{ '{ToolProcess.Dotnet}' '{ToolProcess.ToolPath}' \"$@\"; }}\n{script}";
        using Process process = Start("/bin/sh", "-c", text);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, await output, await error);
    }

    [UnixFact]
    public async Task A_reader_that_stops_ends_an_endless_run_quietly()
    {
        (int code, string output, string error) = await Shell(
            Yes + " | { softbon select --lambda 1 --seed 1; echo code $? >&2; } | head -1; exit $?");
        Assert.Equal(0, code);
        Assert.StartsWith("{\"id\":1,\"index\":", output, StringComparison.Ordinal);
        Assert.Equal("code 0\n", error);
    }

    [LinuxFact]
    public async Task A_closed_standard_input_is_an_error_and_no_wait()
    {
        (int code, string output, string error) = await Shell("softbon select --lambda 1 --seed 1 <&-");
        Assert.Equal(ExitCodes.Fault, code);
        Assert.Equal("", output);
        Assert.Equal("softbon: standard input is closed; pipe the rows in, or name a file with --input\n", error);
    }

    [LinuxTheory]
    [InlineData("softbon law --p 0.5,0.5 --reward 0,1 --n 2 --lambda 1")]
    [InlineData("softbon doctor")]
    [InlineData("softbon law --help")]
    [InlineData("""echo '[1,2]' | softbon select --lambda 1 --seed 1""")]
    public async Task A_closed_standard_output_is_an_error(string command)
    {
        (int code, string output, string error) = await Shell(command + " >&-");
        Assert.Equal(ExitCodes.Fault, code);
        Assert.Equal("", output);
        Assert.Equal(
            "softbon: standard output is closed; send it somewhere, to /dev/null at least, or name a file with --output\n",
            error);
    }

    [LinuxTheory]
    [InlineData("softbon law --p 0.5,0.5 --reward 0,1 --n 2 --lambda 1 >/dev/null", ExitCodes.Done)]
    [InlineData("softbon law --bogus", ExitCodes.Fault)]
    [InlineData("""echo 'no row' | softbon select --lambda 1 --seed 1 >/dev/null""", ExitCodes.SomeUnreadable)]
    [InlineData("softbon law --bogus >&-", ExitCodes.Fault)]
    public async Task A_closed_standard_error_changes_no_exit_code(string command, int expected)
    {
        (int code, string output, _) = await Shell(command + " 2>&-");
        Assert.Equal(expected, code);
        Assert.Equal("", output);
    }

    [UnixFact]
    public async Task Processes_that_share_a_file_as_output_do_not_write_over_each_other()
    {
        string path = Path.GetTempFileName();
        try
        {
            const string Line = """echo "{\"id\":$i,\"rewards\":[1]}" """;
            await Shell($"for i in 1 2 3; do {Line} | softbon select --lambda 1 --seed 1; done > '{path}'");
            Assert.Equal(["{\"id\":1", "{\"id\":2", "{\"id\":3"], File.ReadAllLines(path).Select(line => line[..7]));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_writer_that_waits_for_each_answer_gets_it()
    {
        using Process process = StartTool("select", "--lambda", "1", "--seed", "1");
        for (int i = 0; i < 3; i++)
        {
            await process.StandardInput.WriteLineAsync($$"""{"id":{{i}},"rewards":[1,2]}""");
            await process.StandardInput.FlushAsync();
            string? answer = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
            Assert.StartsWith($"{{\"id\":{i},", answer, StringComparison.Ordinal);
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal(0, process.ExitCode);
    }

    [InterruptFact]
    public async Task An_interrupt_keeps_what_is_complete_and_what_was_there()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        string path = Path.Combine(folder, "picks.jsonl");
        try
        {
            await File.WriteAllTextAsync(path, "");
            using Process process = StartTool("select", "--lambda", "1", "--seed", "1", "--output", path);
            const string TwoLinesAndAHalf = "{\"id\":1,\"rewards\":[1]}\n{\"id\":2,\"rewards\":[1]}\n{\"id\":3,";
            await process.StandardInput.WriteAsync(TwoLinesAndAHalf);
            await process.StandardInput.FlushAsync();
            var waited = Stopwatch.StartNew();
            while (new DirectoryInfo(folder).GetFiles().Sum(file => file.Length) == 0 && waited.Elapsed < Patience)
            {
                await Task.Delay(20);
            }

            ToolProcess.Interrupt(process);
            await process.WaitForExitAsync().WaitAsync(Patience);
            Assert.Equal(130, process.ExitCode);
            string partial = Assert.Single(Directory.GetFiles(folder, "*.partial"));
            Assert.Equal(2, File.ReadAllLines(partial).Length);
            Assert.Equal(0, new FileInfo(path).Length);
            Assert.Equal(
                $"softbon: the run did not get to its end; its complete lines are in {partial}\n",
                await process.StandardError.ReadToEndAsync());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [UnixFact]
    public async Task Output_over_the_input_under_another_name_loses_nothing()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            (int code, string output, string error) = await Shell($$$"""
                cd '{{{folder}}}' || exit 9
                for i in 1 2 3; do echo "{\"id\":$i,\"rewards\":[1,2]}"; done > in.jsonl
                cp in.jsonl io.jsonl; cp in.jsonl kept.jsonl; chmod 640 io.jsonl
                ln in.jsonl hard.jsonl; ln -s in.jsonl soft.jsonl; ln -s other.jsonl away.jsonl; echo old > other.jsonl
                set -- --lambda 1 --seed 1
                softbon select "$@" -i kept.jsonl > expected.jsonl
                softbon select "$@" -i in.jsonl -o hard.jsonl && cmp hard.jsonl expected.jsonl || echo hard link
                softbon select "$@" -o io.jsonl < io.jsonl && cmp io.jsonl expected.jsonl || echo redirected
                ls -l io.jsonl | grep -q '^-rw-r-----' || echo mode
                softbon select "$@" -i in.jsonl -o soft.jsonl; echo code $?
                softbon select "$@" -i in.jsonl -o away.jsonl && cmp other.jsonl expected.jsonl || echo symbolic link
                test -L away.jsonl || echo link is gone
                softbon select "$@" -i in.jsonl -o /dev/stdout | cmp - expected.jsonl || echo device
                mkfifo pipe; cat pipe > piped.jsonl & softbon select "$@" -i in.jsonl -o pipe; wait
                cmp piped.jsonl expected.jsonl && test -p pipe || echo pipe
                softbon select "$@" -i in.jsonl -o /dev/null && test -c /dev/null || echo null
                cmp in.jsonl kept.jsonl || echo the input is gone
                ls | grep partial
                exit 0
                """);
            Assert.Equal((0, "code 1\n"), (code, output));
            Assert.Equal(
                "softbon: --input in.jsonl and --output soft.jsonl are the same file; "
                + "write to another file and rename it\n",
                error);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [UnixFact]
    public async Task An_end_before_the_first_line_leaves_the_old_output_alone()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        string path = Path.Combine(folder, "picks.jsonl");
        try
        {
            await File.WriteAllTextAsync(path, "old");
            using Process process = StartTool("select", "--lambda", "1", "--seed", "1", "--output", path);
            var waited = Stopwatch.StartNew();
            while (Directory.GetFiles(folder).Length == 1 && waited.Elapsed < Patience)
            {
                await Task.Delay(20);
            }

            await Task.Delay(200);
            ToolProcess.Terminate(process);
            await process.WaitForExitAsync().WaitAsync(Patience);
            Assert.Equal(143, process.ExitCode);
            Assert.Equal("old", await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(folder))));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_line_that_was_cut_short_is_not_kept()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            PartialFile file = PartialFile.Create(Path.Combine(folder, "picks.jsonl"));
            file.Write("whole\n"u8);
            RandomAccess.Write(file.SafeFileHandle, "cut sho"u8, file.Length);
            file.Dispose();
            Assert.Equal("whole\n", File.ReadAllText(file.LeftAt!));

            file = PartialFile.Create(Path.Combine(folder, "other.jsonl"));
            RandomAccess.Write(file.SafeFileHandle, "cut sho"u8, 0);
            file.Dispose();
            Assert.Null(file.LeftAt);
            Assert.Single(Directory.GetFiles(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_fault_leaves_the_old_output_alone_and_keeps_complete_lines()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        string path = Path.Combine(folder, "picks.jsonl");
        try
        {
            File.WriteAllText(path, "old");
            Assert.Equal(ExitCodes.Fault, Tool.Select("a,b\n1,2\n", "--format", "csv", "--output", path).ExitCode);
            Assert.Equal("old", File.ReadAllText(Assert.Single(Directory.GetFiles(folder))));

            using var input = new FailingStream("""{"id":1,"rewards":[1]}""" + "\n");
            ToolResult result = Tool.Run(input, "select", "--lambda", "1", "--seed", "1", "--output", path);
            Assert.Equal(ExitCodes.Fault, result.ExitCode);
            string partial = Assert.Single(Directory.GetFiles(folder, "*.partial"));
            Assert.Single(File.ReadAllLines(partial));
            Assert.Equal("old", File.ReadAllText(path));
            Assert.Equal(
                $"softbon: the run did not get to its end; its complete lines are in {partial}\n"
                + "softbon: the disk is gone\n",
                result.Error.ReplaceLineEndings("\n"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [UnixFact]
    public async Task No_progress_is_shown_where_nobody_watches()
    {
        (int code, _, string error) = await Shell(
            Yes + " | head -300000 | softbon select --lambda 1 --seed 1 > /dev/null");
        Assert.Equal(0, code);
        Assert.Equal("", error);
    }
}
