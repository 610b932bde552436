using System.Net;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Messaging;

namespace SoftBoN.Kernels.Orleans;

/// <summary>The gateways that a client was told of, and those that silos have named since.</summary>
internal sealed class KnownGateways : IGatewayListProvider
{
    private readonly Uri[] given;
    private volatile Uri[] known;

    public KnownGateways(Uri[] given, IOptions<GatewayOptions> options)
    {
        (this.given, known) = (given, given);
        MaxStaleness = options.Value.GatewayListRefreshPeriod;
    }

    public TimeSpan MaxStaleness { get; }

    public bool IsUpdatable => true;

    public Task InitializeGatewayListProvider() => Task.CompletedTask;

    public Task<IList<Uri>> GetGateways() => Task.FromResult<IList<Uri>>(known);

    /// <summary>Takes the gateways that a silo names in place of those that were named before; those given are kept.</summary>
    public void Learn(string[] gateways)
    {
        if (gateways.Length > 0)
        {
            known = [.. given.Union(gateways.Select(text => UriOf(IPEndPoint.Parse(text))))];
        }
    }

    public static Uri UriOf(IPEndPoint gateway) => SiloAddress.New(gateway, 0).ToGatewayUri();
}
