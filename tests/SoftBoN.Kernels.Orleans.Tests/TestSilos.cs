using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.TestingHost;

namespace SoftBoN.Kernels.Orleans.Tests;

/// <summary>Silos in this process, what they were given, and a client.</summary>
internal sealed class TestSilos : IAsyncDisposable
{
    /// <summary>A wait that ends later than this is a fault of what is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly InProcessTestCluster cluster;

    private TestSilos(InProcessTestCluster cluster) => this.cluster = cluster;

    /// <summary>Is waited for before a silo works on a part, given the silo's name.</summary>
    public Func<string, Task> BeforePart { get; set; } = _ => Task.CompletedTask;

    /// <summary>How many parts each silo was given.</summary>
    public ConcurrentDictionary<string, int> Parts { get; } = new();

    /// <summary>How many parts of each operation there were.</summary>
    public ConcurrentDictionary<PartOperation, int> Operations { get; } = new();

    public IReadOnlyList<InProcessSiloHandle> Silos => [.. cluster.Silos];

    public IClusterClient Client => cluster.Client;

    /// <summary>Starts silos.</summary>
    /// <param name="count">How many.</param>
    /// <param name="configure">Sets a silo's options, given its name.</param>
    public static async Task<TestSilos> Start(int count, Action<string, SiloKernelsOptions>? configure = null)
    {
        TestSilos? silos = null;
        var builder = new InProcessTestClusterBuilder((short)count);
        builder.ConfigureHost(host => host.Logging.ClearProviders());
        builder.ConfigureSilo((specific, silo) => silo.AddSoftBonKernels(options =>
        {
            options.Engine = new SoftBonOptions { Backend = SoftBonBackend.Simd, MaxDegreeOfParallelism = 1 };
            options.BeforePart = part => silos!.Begin(specific.SiloName, part);
            configure?.Invoke(specific.SiloName, options);
        }));
        builder.ConfigureClient(client => client.Services.Configure<GatewayOptions>(
            options => options.GatewayListRefreshPeriod = TimeSpan.FromMilliseconds(100)));
        InProcessTestCluster cluster = builder.Build();
        silos = new TestSilos(cluster);
        await cluster.DeployAsync().WaitAsync(Patience);
        return silos;
    }

    public Task<ClusterKernels> Connect(ClusterKernelsOptions? options = null) =>
        ClusterKernels.ConnectAsync(Client, options).WaitAsync(Patience);

    /// <summary>A client that knows at least so many silos.</summary>
    public async Task<ClusterKernels> ConnectToAll(int count, ClusterKernelsOptions? options = null)
    {
        ClusterKernels kernels = await Connect(options);
        while (kernels.Silos.Count < count)
        {
            // Each call looks at where one more key leads.
            kernels.Dispose();
            kernels = await Connect(options);
        }

        return kernels;
    }

    public async Task<InProcessSiloHandle> Add() => await cluster.StartAdditionalSiloAsync().WaitAsync(Patience);

    public Task Kill(InProcessSiloHandle silo) => cluster.KillSiloAsync(silo).WaitAsync(Patience);

    public Task Stop(InProcessSiloHandle silo) => cluster.StopSiloAsync(silo).WaitAsync(Patience);

    public async ValueTask DisposeAsync() => await cluster.DisposeAsync().AsTask().WaitAsync(Patience);

    private Task Begin(string silo, PartRequest part)
    {
        Operations.AddOrUpdate(part.Operation, 1, (_, count) => count + 1);
        Parts.AddOrUpdate(silo, 1, (_, count) => count + 1);
        return BeforePart(silo);
    }
}
