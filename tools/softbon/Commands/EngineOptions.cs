using System.CommandLine;
using SoftBoN.Tool.Cluster;
using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Commands;

/// <summary>What the engine runs on. Results do not depend on it.</summary>
/// <param name="takesCluster">Whether calls may be worked on by a cluster.</param>
internal sealed class EngineOptions(bool takesCluster = false)
{
    private readonly Option<string> _device = OptionKinds.Choice(
        "--device",
        "What computes; results are the same bits. A named one never falls back. ilgpu-cpu is for debugging, and slow.",
        [.. BackendNames.Names]);

    private readonly Option<int?> _threads = OptionKinds.Count(
        "--threads", "N", "Threads to use; all processors if not given.", int.MaxValue);

    private readonly ClusterOptions _cluster = new();

    public void AddTo(Command command)
    {
        command.Add(_device);
        command.Add(_threads);
        if (takesCluster)
        {
            _cluster.AddTo(command);
        }
    }

    /// <summary>The engine that the command line asks for.</summary>
    public OpenEngine Open(ParseResult parsed)
    {
        if (_cluster.IsGiven(parsed) && parsed.GetResult(_device) is { Implicit: false })
        {
            throw new FaultException(
                "--device says what computes here, and with --cluster silos compute, each with a --device of its own; drop one");
        }

        return _cluster.Connect(parsed) is { } cluster
            ? new OpenEngine(cluster.Engine, cluster)
            : new OpenEngine(Create(parsed));
    }

    /// <summary>The threads to use.</summary>
    public int Threads(ParseResult parsed) => parsed.GetValue(_threads) ?? Environment.ProcessorCount;

    /// <summary>How the engine is made.</summary>
    public SoftBonOptions Read(ParseResult parsed) => new()
    {
        Backend = BackendNames.Parse(parsed.GetRequiredValue(_device))!.Value,
        MaxDegreeOfParallelism = parsed.GetValue(_threads) ?? -1,
    };

    public SoftBonEngine Create(ParseResult parsed)
    {
        try
        {
            return SoftBonEngine.Create(Read(parsed));
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException or InvalidOperationException)
        {
            throw new FaultException(FaultException.Reason(fault), fault);
        }
    }
}
