using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace SoftBoN.Kernels.Orleans;

/// <summary>Puts an engine into silos.</summary>
public static class SoftBonSiloBuilderExtensions
{
    /// <summary>What a message of a part has besides the part.</summary>
    internal const int MessageOverhead = 1 << 20;

    /// <summary>
    /// Adds an engine to the silo, which works on parts of the calls of clients (<see cref="ClusterKernels"/>).
    /// </summary>
    /// <remarks>A device that is asked for by name and cannot be used stops the silo from starting.</remarks>
    /// <param name="silo">The silo.</param>
    /// <param name="configure">Sets the options; null leaves them as they are.</param>
    /// <returns>The silo.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static ISiloBuilder AddSoftBonKernels(
        this ISiloBuilder silo, Action<SiloKernelsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(silo);
        var options = new SiloKernelsOptions();
        configure?.Invoke(options);
        options.Check();
        silo.Services.Configure<SiloMessagingOptions>(messaging => messaging.MaxMessageBodySize = Math.Max(
            messaging.MaxMessageBodySize, options.MaxMessageBytes + MessageOverhead));
        silo.Services.AddSingleton<SiloGateways>();
        silo.Services.AddSingleton(services => new SiloEngine(
            options,
            services.GetRequiredService<ILocalSiloDetails>().Name,
            services.GetService<ILoggerFactory>(),
            services.GetRequiredService<SiloGateways>()));
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, SiloKernels>();
        return silo;
    }
}
