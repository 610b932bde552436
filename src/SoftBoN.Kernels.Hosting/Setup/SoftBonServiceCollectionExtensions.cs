using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace SoftBoN.Kernels.Hosting;

/// <summary>Puts an engine into a host's services.</summary>
public static class SoftBonServiceCollectionExtensions
{
    /// <summary>The section of configuration that is meant where none is named: "SoftBoN".</summary>
    public const string DefaultSection = "SoftBoN";

    /// <summary>
    /// Adds one <see cref="SoftBonEngine"/> for all, made when the host starts and disposed with it.
    /// </summary>
    /// <remarks>
    /// Options out of range, and a device asked for by name that cannot be used, stop the host from starting; the message
    /// says which value and what to do. The engine logs to the host's loggers unless the options name others.
    /// </remarks>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options; null leaves them as they are.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddSoftBonKernels(
        this IServiceCollection services, Action<SoftBonOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        OptionsBuilder<SoftBonOptions> options = services.AddOptions<SoftBonOptions>().ValidateOnStart();
        if (configure != null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<SoftBonOptions>, SoftBonOptionsValidation>());
        services.TryAddSingleton(CreateEngine);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, EngineStart>());
        return services;
    }

    /// <summary>The same, with options from configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">
    /// A section with the names of <see cref="SoftBonOptions"/>, such as
    /// <c>configuration.GetSection(SoftBonServiceCollectionExtensions.DefaultSection)</c>. A name that is none of them
    /// stops the host from starting.
    /// </param>
    /// <param name="configure">Changes what configuration said; null for nothing.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddSoftBonKernels(
        this IServiceCollection services, IConfiguration configuration, Action<SoftBonOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<SoftBonOptions>().BindKnown(configuration);
        return services.AddSoftBonKernels(configure);
    }

    /// <summary>Adds one <see cref="RewardBatcher"/> for all, which ends, with its requests done, before the engine does.</summary>
    /// <param name="services">The services, with an engine.</param>
    /// <param name="head">Makes the reward model's head.</param>
    /// <param name="options">Budgets; null for those that are set unless said otherwise.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddSoftBonRewardBatcher(
        this IServiceCollection services, Func<IServiceProvider, RewardModelHead> head, BatcherOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(head);
        options?.Check();
        services.TryAddSingleton(
            provider => new RewardBatcher(provider.GetRequiredService<SoftBonEngine>(), head(provider), options));
        return services;
    }

    /// <summary>Adds one <see cref="TiltBatcher"/> for all, which ends, with its requests done, before the engine does.</summary>
    /// <param name="services">The services, with an engine.</param>
    /// <param name="vocabulary">The number of tokens, 1 to 2^20.</param>
    /// <param name="options">Budgets; null for those that are set unless said otherwise.</param>
    /// <param name="proposals">Proposals per token of requests in mode SoftBestOfN, 1 to 1024.</param>
    /// <param name="noise">What has noise of its own: segments of the vocabulary, or each token.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddSoftBonTiltBatcher(
        this IServiceCollection services,
        int vocabulary,
        BatcherOptions? options = null,
        int proposals = 16,
        TokenNoise noise = TokenNoise.PerBlock)
    {
        ArgumentNullException.ThrowIfNull(services);
        options?.Check();
        services.TryAddSingleton(provider => new TiltBatcher(
            provider.GetRequiredService<SoftBonEngine>(), vocabulary, options, proposals, noise));
        return services;
    }

    private static SoftBonEngine CreateEngine(IServiceProvider provider)
    {
        SoftBonOptions options = provider.GetRequiredService<IOptions<SoftBonOptions>>().Value;
        options.LoggerFactory ??= provider.GetService<ILoggerFactory>();
        return SoftBonEngine.Create(options);
    }
}
