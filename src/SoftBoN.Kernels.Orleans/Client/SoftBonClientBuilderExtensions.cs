using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Messaging;

namespace SoftBoN.Kernels.Orleans;

/// <summary>Sets clients up.</summary>
public static class SoftBonClientBuilderExtensions
{
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Reaches the cluster by the gateways of some of its silos; the others are learned from them, so that one that lives is
    /// enough and the client needs no table of silos.
    /// </summary>
    /// <param name="client">The client.</param>
    /// <param name="gateways">One address or more, with the gateway's port.</param>
    /// <returns>The client.</returns>
    /// <exception cref="ArgumentException">There is no gateway.</exception>
    public static IClientBuilder UseSoftBonGateways(this IClientBuilder client, params IPEndPoint[] gateways)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(gateways);
        if (gateways.Length == 0)
        {
            throw new ArgumentException("There are no gateways; name one at least, such as 127.0.0.1:30000.", nameof(gateways));
        }

        Uri[] given = [.. gateways.Select(KnownGateways.UriOf)];
        client.Services.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = Refresh);
        client.Services.AddSingleton(services =>
            new KnownGateways(given, services.GetRequiredService<IOptions<GatewayOptions>>()));
        client.Services.AddSingleton<IGatewayListProvider>(services => services.GetRequiredService<KnownGateways>());
        return client;
    }

    /// <summary>Lets messages be as large as <see cref="ClusterKernelsOptions.MaxMessageBytes"/> says.</summary>
    /// <param name="client">The client.</param>
    /// <param name="maxMessageBytes">What the options of <see cref="ClusterKernels"/> have.</param>
    /// <returns>The client.</returns>
    public static IClientBuilder AllowSoftBonMessages(this IClientBuilder client, int maxMessageBytes)
    {
        ArgumentNullException.ThrowIfNull(client);
        client.Services.Configure<ClientMessagingOptions>(options => options.MaxMessageBodySize = Math.Max(
            options.MaxMessageBodySize, maxMessageBytes + SoftBonSiloBuilderExtensions.MessageOverhead));
        return client;
    }
}
