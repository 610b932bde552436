using System.Diagnostics;
using SoftBoN.Tool.Tests.Columnar;
using SoftBoN.Tool.Tests.Tokens;

namespace SoftBoN.Tool.Tests.Cluster;

/// <summary>Silos, which are processes, that are killed and added while a run is under way.</summary>
public sealed class ClusterKillTests : IDisposable
{
    private readonly Silos _silos = new(2);
    private readonly WorkFolder _folder = new();

    public void Dispose()
    {
        _silos.Dispose();
        _folder.Dispose();
    }

    /// <summary>The second one is killed, a third one is added, and then the first, which keeps the table, is killed.</summary>
    [LinuxFact]
    public async Task A_run_goes_on_when_silos_are_killed_and_added()
    {
        Directory.CreateDirectory(_folder["out"]);
        string prompts = _folder["prompts.jsonl"];
        File.WriteAllLines(prompts, Enumerable.Range(0, 150_000).Select(i =>
            $$"""{"id":{{i}},"rewards":[0.1,{{i % 97}}.5,-0.25,{{i % 89}},0.75,{{i % 83}}.125,90,17.5]}"""));
        string[] select = ["select", "--input", prompts, "--lambda", "9", "--seed", "42", "--output"];
        await Survives(select, () =>
        {
            _silos.Kill(1);
            return _silos.Add;
        });
        using var npy = new NpyFolder();
        string logits = npy.Save("logits.npy", 700, [.. Enumerable.Range(0, 700 * 32768).Select(i => (i % 8191) * 1e-3f)]);
        await Survives(["tilt", "--logits", logits, "--seed", "42", "--output"], () =>
        {
            _silos.Kill(0);
            return () => { };
        });
    }

    /// <summary>Runs a command here and on the cluster; there something is done in the middle of it.</summary>
    /// <param name="command">The command, but for its output's name.</param>
    /// <param name="change">Is done while the client runs; what it returns is done while the client is held up.</param>
    private async Task Survives(string[] command, Func<Action> change)
    {
        Done(Tool.Run("", [.. command, _folder["here"]]));
        using Process client = ToolProcess.Start(
            _folder[""], [.. command, _folder["out/there"], "--cluster", $"{_silos.Address},{_silos.Of(1)}"]);
        await ToolProcess.WaitFor(client, () => Directory.GetFiles(_folder["out"]).Any(file => new FileInfo(file).Length > 0));
        Action whileHeldUp = change();
        ToolProcess.Pause(client);
        Assert.False(client.HasExited);
        Assert.False(File.Exists(_folder["out/there"]));
        whileHeldUp();
        ToolProcess.Continue(client);
        Assert.Equal((0, ""), await ToolProcess.End(client));
        AssertSame(_folder["here"], _folder["out/there"]);
        File.Delete(_folder["out/there"]);
    }

    private static void AssertSame(string expected, string actual) =>
        Assert.True(File.ReadAllBytes(expected).AsSpan().SequenceEqual(File.ReadAllBytes(actual)), $"{actual} has other bytes");

    private static void Done(ToolResult result) => Assert.Equal((0, ""), (result.ExitCode, result.Error));
}
