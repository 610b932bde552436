using SoftBoN.Kernels.Orleans;
using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Cluster;

/// <summary>What goes wrong on a cluster, in one line for people.</summary>
internal static class ClusterFaults
{
    /// <summary>The line; null for what is not of a cluster.</summary>
    public static string? Explain(Exception fault) => fault switch
    {
        MessageTooLargeException large =>
            $"{Line(fault)[..Line(fault).IndexOf(';', StringComparison.Ordinal)]}; raise --max-message here and at the silos "
            + $"({large.Limit >> 20} MiB now), or shorten the row",
        ClusterException or SiloUnavailableException => Line(fault),
        _ => null,
    };

    private static string Line(Exception fault) => FaultException.Reason(fault);
}
