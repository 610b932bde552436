namespace SoftBoN.Kernels.Orleans;

/// <summary>The way to the silos.</summary>
internal interface IKernelCluster
{
    /// <summary>How the silo is to which calls of a key go.</summary>
    Task<SiloState> Report(long key);

    /// <summary>Has a part worked on there.</summary>
    Task<PartReply> Run(long key, PartRequest request);
}

/// <summary>The way through Orleans: a key is that of a stateless worker.</summary>
/// <param name="grains">The client.</param>
/// <param name="gateways">Is told the gateways that silos name; null where others look for them.</param>
internal sealed class GrainCluster(IGrainFactory grains, KnownGateways? gateways) : IKernelCluster
{
    public async Task<SiloState> Report(long key)
    {
        SiloState state = await grains.GetGrain<IKernelWorker>(key).Report().ConfigureAwait(false);
        gateways?.Learn(state.Gateways);
        return state;
    }

    public Task<PartReply> Run(long key, PartRequest request) => grains.GetGrain<IKernelWorker>(key).Run(request);
}
