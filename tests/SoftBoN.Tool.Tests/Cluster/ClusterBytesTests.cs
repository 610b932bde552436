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
        foreach (string part in Directory.GetFiles(_folder["here"]))
        {
            Assert.Equal(File.ReadAllBytes(part), File.ReadAllBytes(Path.Combine(_folder["there"], Path.GetFileName(part))));
        }

        Assert.Equal(3, Directory.GetFiles(_folder["there"]).Length);
    }

    private void Same(params string[] arguments)
    {
        ToolResult here = Done(Tool.Run("", arguments));
        ToolResult there = Done(Tool.Run("", [.. arguments, "--cluster", silos.Address]));
        Assert.NotEmpty(here.Output);
        Assert.Equal(here.Output, there.Output);
    }

    private static ToolResult Done(ToolResult result)
    {
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return result;
    }
}
