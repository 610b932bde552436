using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SoftBoN.Kernels.Hosting.Tests.Setup;

public sealed class HealthCheckTests
{
    [Theory]
    [InlineData(SoftBonBackend.Reference)]
    [InlineData(SoftBonBackend.Simd)]
    [InlineData(SoftBonBackend.IlgpuCpu)]
    public async Task A_sound_engine_is_healthy(SoftBonBackend backend)
    {
        var services = new ServiceCollection();
        services.AddLogging().AddSoftBonKernels(options => options.Backend = backend);
        services.AddHealthChecks().AddSoftBonSelfTest(timeout: TimeSpan.FromMinutes(5));
        await using ServiceProvider provider = services.BuildServiceProvider();
        HealthReport report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        Assert.Equal(HealthStatus.Healthy, report.Status);
        Assert.Equal(backend.ToString(), report.Entries["softbon"].Data["backend"]);
    }

    [Fact]
    public async Task An_engine_that_has_ended_is_unhealthy()
    {
        SoftBonEngine engine = SoftBonEngine.CreateHost();
        engine.Dispose();
        HealthCheckResult result = await Check(engine, SelfTest.Run);
        Assert.Equal(HealthStatus.Unhealthy, result.Status);
        Assert.IsType<ObjectDisposedException>(result.Exception);
    }

    [Fact]
    public async Task A_difference_is_unhealthy_and_named()
    {
        using SoftBonEngine engine = SoftBonEngine.CreateHost();
        HealthCheckResult result = await Check(
            engine, _ => Task.FromResult(SelfTest.Difference([2, 0, 1], [-0.61f, -1.3f, -8f])));
        Assert.Equal(HealthStatus.Unhealthy, result.Status);
        Assert.Contains("row 0 has log-probability", result.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_picks_and_log_probabilities_that_are_no_numbers_differ()
    {
        Assert.Contains("picked 1 in place of 2", SelfTest.Difference([1, 0, 0], [0, 0, 0]), StringComparison.Ordinal);
        Assert.NotNull(SelfTest.Difference([2, 0, 0], [float.NaN, float.NaN, float.NaN]));
    }

    private static Task<HealthCheckResult> Check(SoftBonEngine engine, Func<SoftBonEngine, Task<string?>> test)
    {
        var check = new EngineHealthCheck(engine, test);
        var registration = new HealthCheckRegistration("softbon", check, null, null);
        return check.CheckHealthAsync(new HealthCheckContext { Registration = registration });
    }
}
