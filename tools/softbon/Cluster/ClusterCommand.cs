using SoftBoN.Tool.Commands;
using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Cluster;

/// <summary>Clusters: their silos, and what they gain.</summary>
internal sealed class ClusterCommand : ToolCommand
{
    public ClusterCommand(ToolHost host)
        : base("cluster", "Run silos of a cluster, for select, weights, tilt and score with --cluster; and measure one.")
    {
        Add(new ClusterRunCommand(host));
        Add(new ClusterMeasureCommand(host));
    }

    public override IReadOnlyList<string> Examples =>
    [
        "softbon cluster run",
        "softbon select --cluster localhost --input prompts.jsonl --lambda 0.1 --seed 42",
        "softbon cluster run --help",
    ];
}
