using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SoftBoN.Kernels.Orleans;
using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Cluster;

/// <summary>A client of a cluster, and the engine whose calls the cluster works on.</summary>
internal sealed class ClusterConnection : IDisposable
{
    /// <summary>Silos may be at their start when a client comes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly IHost _host;
    private readonly ClusterKernels _kernels;

    private ClusterConnection(IHost host, ClusterKernels kernels) => (_host, _kernels) = (host, kernels);

    public SoftBonEngine Engine => _kernels.Engine;

    /// <summary>The silos that are known so far.</summary>
    public IReadOnlyList<SiloReport> Silos => _kernels.Silos;

    /// <summary>Connects.</summary>
    /// <param name="gateways">Where some of the silos take calls.</param>
    /// <param name="clusterId">The cluster's name.</param>
    /// <param name="messageBytes">The most that a message may have.</param>
    /// <exception cref="FaultException">No silo answers, or they are of another version.</exception>
    public static ClusterConnection Open(IPEndPoint[] gateways, string clusterId, int messageBytes)
    {
        IHost host = Build(gateways, clusterId, messageBytes);
        try
        {
            host.Start();
            var options = new ClusterKernelsOptions { MaxMessageBytes = messageBytes };
            IClusterClient client = host.Services.GetRequiredService<IClusterClient>();
            return new ClusterConnection(host, ClusterKernels.ConnectAsync(client, options).GetAwaiter().GetResult());
        }
        catch (Exception fault) when (fault is not FaultException)
        {
            host.Dispose();
            throw new FaultException(
                ClusterFaults.Explain(fault)
                ?? $"no silo answers at {string.Join(", ", gateways.AsEnumerable())} for cluster {clusterId} within "
                + $"{Patience.TotalSeconds} s; start one with softbon cluster run, or mend --cluster or --cluster-id",
                fault);
        }
    }

    public void Dispose()
    {
        _kernels.Dispose();
        _host.StopAsync().GetAwaiter().GetResult();
        _host.Dispose();
    }

    private static IHost Build(IPEndPoint[] gateways, string clusterId, int messageBytes)
    {
        var began = Stopwatch.StartNew();
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleansClient(client => client
            .UseSoftBonGateways(gateways)
            .AllowSoftBonMessages(messageBytes)
            .UseConnectionRetryFilter(async (_, cancellationToken) =>
            {
                await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
                return began.Elapsed < Patience;
            })
            .Configure<global::Orleans.Configuration.ClusterOptions>(options =>
                (options.ClusterId, options.ServiceId) = (clusterId, clusterId)));

        // Signals are the command's, not the client's: Ctrl-C has to end the run.
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        return builder.Build();
    }

    private sealed class QuietLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
