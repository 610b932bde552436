using System.CommandLine;
using SoftBoN.Tool.Commands;
using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Cluster;

/// <summary>Where a command's calls are worked on, if not here. Results do not depend on it.</summary>
internal sealed class ClusterOptions
{
    private readonly Option<string?> _cluster = OptionKinds.OptionalText(
        "--cluster",
        "HOST[:PORT],…",
        $"Silos that compute (softbon cluster run); one that lives is enough. Port {Endpoints.GatewayPort} if not given.");

    private readonly CommonClusterOptions _common = new();

    public void AddTo(Command command)
    {
        command.Add(_cluster);
        _common.AddTo(command);
    }

    public bool IsGiven(ParseResult parsed) => parsed.GetValue(_cluster) is not null;

    /// <summary>Connects to the cluster that the command line names; null where it names none.</summary>
    public ClusterConnection? Connect(ParseResult parsed)
    {
        if (parsed.GetValue(_cluster) is not { } silos)
        {
            return _common.FirstGiven(parsed) is { } idle
                ? throw new FaultException($"{idle} is for a cluster; name silos with --cluster, or drop it")
                : null;
        }

        return ClusterConnection.Open(
            Endpoints.ResolveAll(_cluster.Name, silos, Endpoints.GatewayPort), _common.Id(parsed), _common.MessageBytes(parsed));
    }
}
