using Microsoft.Extensions.DependencyInjection;

namespace SoftBoN.Kernels.Orleans;

/// <summary>
/// A client of a cluster of silos with engines (<see cref="SoftBonSiloBuilderExtensions.AddSoftBonKernels"/>). Its
/// <see cref="Engine"/> has the calls of any engine: they are cut by rows, worked on by the silos, and return the bits that one
/// machine returns, whatever the number of silos and whichever of them come and go meanwhile.
/// </summary>
/// <remarks>
/// A call blocks its thread until it is done, as calls of every engine do. Parts of a silo that is gone are worked on by
/// another one; since results depend on nothing but the arguments, a part that was worked on twice is the same part.
/// </remarks>
public sealed class ClusterKernels : IDisposable
{
    private readonly Lanes lanes;
    private readonly LaneWatch watch;

    private ClusterKernels(IKernelCluster cluster, ClusterKernelsOptions options)
    {
        lanes = new Lanes(cluster, options);
        watch = new LaneWatch(lanes, cluster, options);
        var pump = new PartPump(new PartSender(lanes, cluster, options), watch, lanes, options);
        SoftBonBackend host = HostBackends.SimdObstacle == null ? SoftBonBackend.Simd : SoftBonBackend.Reference;
        (SoftBonDevice device, HostCore core) = HostBackends.Create(host, Environment.ProcessorCount);
        Engine = new SoftBonEngine(
            device with { Description = "a cluster of silos", Reason = "Calls are cut by rows and worked on by silos." },
            new ClusterCore(pump, core, options.PartBytes));
    }

    /// <summary>
    /// The engine whose calls the cluster works on: selection, soft weights, weighted majority, token tilt, reward scoring and
    /// plans. Steps that are little work for their memory run on the client's processor: pooling, calibration, penalties.
    /// There are no buffers and queues.
    /// </summary>
    /// <remarks>
    /// Besides what it throws elsewhere, a call throws <see cref="ClusterException"/> where a part failed for good, and
    /// <see cref="SiloUnavailableException"/> where no silo was to be had for <see cref="ClusterKernelsOptions.Patience"/>.
    /// </remarks>
    public SoftBonEngine Engine { get; }

    /// <summary>The silos that are known now; more are found, and those that are gone forgotten, while calls are under way.</summary>
    public IReadOnlyList<SiloReport> Silos =>
    [
        .. lanes.Silos.Select(silo => new SiloReport(silo.Name, silo.Backend, silo.Device, silo.IsGpu, silo.PartsAtOnce)),
    ];

    /// <summary>Finds a silo, and what others there are.</summary>
    /// <param name="client">A client of the cluster that is connected; it outlives what is made here.</param>
    /// <param name="options">How calls are cut; null for what is set unless said otherwise.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The client; dispose it when done.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="VersionSkewException">The silos that there are have another version.</exception>
    /// <exception cref="SiloUnavailableException">None was found in <see cref="ClusterKernelsOptions.Patience"/>.</exception>
    public static Task<ClusterKernels> ConnectAsync(
        IClusterClient client, ClusterKernelsOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        var gateways = client.ServiceProvider.GetService<KnownGateways>();
        return ConnectAsync(new GrainCluster(client, gateways), options, cancellationToken);
    }

    internal static async Task<ClusterKernels> ConnectAsync(
        IKernelCluster cluster, ClusterKernelsOptions? options, CancellationToken cancellationToken)
    {
        options ??= new ClusterKernelsOptions();
        options.Check();
        var kernels = new ClusterKernels(cluster, options);
        try
        {
            await kernels.lanes.Find(cancellationToken).ConfigureAwait(false);
            return kernels;
        }
        catch
        {
            kernels.Dispose();
            throw;
        }
    }

    /// <summary>Ends the engine and the search for silos; the client of the cluster is left as it is.</summary>
    public void Dispose()
    {
        Engine.Dispose();
        watch.Dispose();
    }
}
