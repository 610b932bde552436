using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SoftBoN.Kernels.Hosting;

/// <summary>
/// Makes the engine when the host starts, after options were validated: a device that cannot be used is known then, not at
/// the first request, and kernels that are compiled at creation are ready.
/// </summary>
internal sealed class EngineStart(IServiceProvider services) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        services.GetRequiredService<SoftBonEngine>();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
