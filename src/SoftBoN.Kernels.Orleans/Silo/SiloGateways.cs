using Microsoft.Extensions.Logging;

namespace SoftBoN.Kernels.Orleans;

/// <summary>
/// Where clients reach the silos of the cluster, so that a client that knows one finds the others. Looked up again and
/// again while the silo runs.
/// </summary>
internal sealed partial class SiloGateways(IGrainFactory grains, ILogger<SiloGateways> logger)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private volatile string[] current = [];

    public string[] Current => current;

    /// <summary>Keeps looking.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Period);
        try
        {
            do
            {
                await Look().ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // The silo ends.
        }
    }

    private async Task Look()
    {
        try
        {
            MembershipEntry[] silos = await grains.GetGrain<IManagementGrain>(0).GetDetailedHosts(onlyActive: true)
                .ConfigureAwait(false);
            current = [.. silos
                .Where(silo => silo.ProxyPort > 0)
                .Select(silo => $"{silo.SiloAddress.Endpoint.Address}:{silo.ProxyPort}")
                .Order(StringComparer.Ordinal)];
        }
        catch (Exception fault)
        {
            // Who has the table of silos may be gone for good; those that are known still work.
            NotFound(logger, fault);
        }
    }

    [LoggerMessage(2000, LogLevel.Debug, "The gateways of the cluster could not be looked up")]
    private static partial void NotFound(ILogger logger, Exception fault);
}
