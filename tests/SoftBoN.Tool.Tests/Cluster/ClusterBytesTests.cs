using System.Diagnostics;
using SoftBoN.Tool.Tests.Columnar;
using SoftBoN.Tool.Tests.Tokens;

namespace SoftBoN.Tool.Tests.Cluster;

/// <summary>Commands on three silos, which are processes, write the bytes of this machine.</summary>
public sealed class ClusterBytesTests(Silos silos) : IClassFixture<Silos>, IDisposable
{
    private readonly WorkFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [LinuxFact]
    public void Every_command_and_format()
    {
        string prompts = Repository.File("samples/prompts.jsonl");
        Same("select", "--input", prompts, "--lambda", "0.5", "--seed", "42", "--majority", "--weights");
        Same("select", "--input", prompts, "--target-kl", "0.3", "--seed", "42", "--draws", "3", "--distinct");
        Same("weights", "--input", prompts, "--target-ess", "2");
        string panel = _folder["panel.jsonl"];
        File.WriteAllLines(panel, Enumerable.Range(1, 50).Select(i =>
            $$"""{"id":{{i}},"candidates":[{"helpful":0.{{i}},"safe":1},{"helpful":0.5,"safe":0.{{i + 7}}},{"helpful":2,"safe":-1}]}"""));
        Same(
            "select", "--input", panel, "--reward-columns", "helpful,safe", "--calibrate", "z-score", "--ensemble", "min",
            "--lambda", "0.5", "--seed", "1");
        using var npy = new NpyFolder();
        float[] values = [.. Enumerable.Range(0, 96 * 200).Select(i => (float)Math.Sin(i * 0.7) * 3)];
        string matrix = npy.Save("values.npy", 96, values);
        string head = npy.Save("head.npy", 1, values[..200]);
        Same("tilt", "--logits", matrix, "--temperature", "0.8", "--top-p", "0.9", "--seed", "42", "--top", "3");
        Same("tilt", "--logits", matrix, "--rewards", matrix, "--lambda", "0.4", "--seed", "42", "--draws", "2");
        Same("score", "--hidden", matrix, "--head", head, "--groups", "12");
    }

    [LinuxFact]
    public void Part_files_of_columns()
    {
        SelectColumnsTests.Write(_folder, Panel.Prompts(300, seed: 5), isLong: false, 40, 3);
        string[] run = ["select", "--input", _folder["in"], "--lambda", "0.5", "--seed", "42", "--annotate"];
        Done(Tool.Run("", [.. run, "--output", _folder["here/"]]));
        Done(Tool.Run("", [.. run, "--output", _folder["there/"], "--cluster", silos.Address]));
        AssertSameParts(3);
    }

    [LinuxFact]
    public async Task A_client_that_was_killed_is_run_again_and_keeps_what_was_finished()
    {
        Done(Tool.Run("", "generate", "--prompts", "120000", "--candidates", "40", "--parts", "6", "--output", _folder["in/"]));
        string[] run =
        [
            "select", "--input", _folder["in"], "--lambda", "0.5", "--seed", "42", "--annotate", "--output",
        ];
        Done(Tool.Run("", [.. run, _folder["here/"]]));
        string[] there = [.. run, _folder["there/"], "--cluster", silos.Address];
        string first = Path.Combine(_folder["there"], Path.GetFileName(Directory.GetFiles(_folder["here"]).Order().First()));
        using (Process client = ToolProcess.Start(_folder[""], there))
        {
            await ToolProcess.WaitFor(client, () => File.Exists(first));
            client.Kill();
            await client.WaitForExitAsync();
        }

        DateTime finished = File.GetLastWriteTimeUtc(first);
        Assert.InRange(Directory.GetFiles(_folder["there"], "part*.parquet").Length, 1, 5);
        Done(Tool.Run("", [.. there, "--resume"]));
        Assert.Equal(finished, File.GetLastWriteTimeUtc(first));
        AssertSameParts(6);
    }

    [LinuxFact]
    public void A_port_that_is_taken_and_another_clusters_silo_and_a_row_beyond_a_message()
    {
        string port = silos.Address.Split(':')[1];
        ClusterOptionTests.Refused(
            Tool.Run("", "cluster", "run", "--port", port, "--gateway-port", "1"), $"port {port} of 127.0.0.1 is taken");
        ClusterOptionTests.Refused(
            Tool.Select(ClusterOptionTests.Prompt, "--cluster", silos.Address, "--cluster-id", "other"),
            "for cluster other within 10 s");
        using var npy = new NpyFolder();
        string logits = npy.Save("logits.npy", 1, new float[1 << 19]);
        ClusterOptionTests.Refused(
            Tool.Run("", "tilt", "--logits", logits, "--seed", "1", "--top", "1", "--cluster", silos.Address, "--max-message", "1"),
            "raise --max-message here and at the silos (1 MiB now)");
    }

    private void Same(params string[] arguments)
    {
        ToolResult here = Done(Tool.Run("", arguments));
        ToolResult there = Done(Tool.Run("", [.. arguments, "--cluster", silos.Address]));
        Assert.NotEmpty(here.Output);
        Assert.Equal(here.Output, there.Output);
    }

    private void AssertSameParts(int count)
    {
        string[] parts = Directory.GetFiles(_folder["here"]);
        Assert.Equal(count, parts.Length);
        Assert.Equal(count, Directory.GetFiles(_folder["there"]).Length);
        Assert.All(parts, part => Assert.True(
            File.ReadAllBytes(part).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(_folder["there"], Path.GetFileName(part)))),
            $"{part} has other bytes"));
    }

    private static ToolResult Done(ToolResult result)
    {
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return result;
    }
}
