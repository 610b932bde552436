using SoftBoN.Tool.Input;

namespace SoftBoN.Tool.Cluster;

/// <summary>The engine of a run: one of this machine, or the client of a cluster.</summary>
internal sealed class OpenEngine(SoftBonEngine engine, ClusterConnection? cluster = null) : IDisposable
{
    /// <summary>Calls to a cluster are larger, so that each silo gets enough of one to be worth a message.</summary>
    private const int ClusterCalls = 4;

    public SoftBonEngine Engine => engine;

    /// <summary>How much goes into a call.</summary>
    public BatchLimits Fit(BatchLimits limits) => cluster is null
        ? limits
        : new BatchLimits(limits.Rows * ClusterCalls, limits.Candidates * ClusterCalls);

    public void Dispose()
    {
        engine.Dispose();
        cluster?.Dispose();
    }
}
