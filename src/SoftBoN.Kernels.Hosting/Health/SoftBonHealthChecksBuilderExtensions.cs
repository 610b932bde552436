using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SoftBoN.Kernels.Hosting;

/// <summary>Adds the engine's health check.</summary>
public static class SoftBonHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check that has the engine pick from rewards with known results, on the engine's own device, and compares:
    /// indexes exactly, log-probabilities with the closed form.
    /// </summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="failureStatus">What a failure counts as; unhealthy if null.</param>
    /// <param name="tags">Tags to choose checks by; none if null.</param>
    /// <param name="timeout">
    /// How long a run may take, the compilation of a device's kernel in the first run included; a minute if null. A device
    /// that hangs then counts as failed.
    /// </param>
    /// <returns>The health checks.</returns>
    public static IHealthChecksBuilder AddSoftBonSelfTest(
        this IHealthChecksBuilder builder,
        string name = "softbon",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null,
        TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name,
            services => new EngineHealthCheck(services.GetRequiredService<SoftBonEngine>(), SelfTest.Run),
            failureStatus,
            tags,
            timeout ?? TimeSpan.FromMinutes(1)));
    }
}
