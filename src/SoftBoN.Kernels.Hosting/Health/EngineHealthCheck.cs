using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SoftBoN.Kernels.Hosting;

/// <summary>Runs the self-test and says what came of it.</summary>
/// <param name="engine">The engine.</param>
/// <param name="test">The test: what differs, or null.</param>
internal sealed class EngineHealthCheck(SoftBonEngine engine, Func<SoftBonEngine, Task<string?>> test) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var data = new Dictionary<string, object>
        {
            ["backend"] = engine.Device.Backend.ToString(),
            ["device"] = engine.Device.Description,
        };
        try
        {
            // The work is off this thread, so that a device that hangs does not hold up the other checks.
            string? difference = await Task.Run(() => test(engine), cancellationToken)
                .WaitAsync(cancellationToken)
                .ConfigureAwait(false);
            return difference == null
                ? HealthCheckResult.Healthy($"The self-test passed on {engine.Device.Backend}.", data)
                : Failed(context, $"The self-test failed on {engine.Device.Backend}: {difference}", null, data);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            string cure = engine.IsFaulted ? " The device failed for good; restart the host to make a new engine." : "";
            return Failed(context, $"The self-test threw on {engine.Device.Backend}: {fault.Message}{cure}", fault, data);
        }
    }

    private static HealthCheckResult Failed(
        HealthCheckContext context, string description, Exception? fault, Dictionary<string, object> data) =>
        new(context.Registration.FailureStatus, description, fault, data);
}
