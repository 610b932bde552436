using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace SoftBoN.Kernels.Hosting.Tests.Setup;

public sealed class HostTests
{
    [Fact]
    public async Task The_engine_is_made_as_configuration_says_and_ends_with_the_host()
    {
        SoftBonEngine engine;
        using (IHost host = HostWith(("SoftBoN:Backend", "Reference"), ("SoftBoN:MaxDegreeOfParallelism", "1")))
        {
            await host.StartAsync();
            engine = host.Services.GetRequiredService<SoftBonEngine>();
            Assert.Same(engine, host.Services.GetRequiredService<SoftBonEngine>());
            Assert.Equal(SoftBonBackend.Reference, engine.Device.Backend);
            int[] pick = new int[1];
            engine.Select([0f, 1f], Rows.Dense(1, 2), new() { Lambda = 0, Noise = SelectionNoise.None }, pick);
            Assert.Equal(1, pick[0]);
            await host.StopAsync();
        }

        Assert.Throws<ObjectDisposedException>(
            () => engine.Select([1f], Rows.Dense(1, 1), new() { Lambda = 1, Seed = 1 }, new int[1]));
    }

    [Theory]
    [InlineData("MaxDegreeOfParallelism", "0", "Must be at least 1, or -1 for all processors")]
    [InlineData("DeviceIndex", "-3", "Must be at least 0")]
    [InlineData("MaxDeviceMemory", "17", "Must be at least 1048576 bytes, or null")]
    [InlineData("Backend", "9", "Must be Auto, Reference, Simd, Cuda, OpenCl or IlgpuCpu")]
    public async Task An_option_out_of_range_stops_the_start_with_value_and_cure(string name, string value, string cure)
    {
        using IHost host = HostWith(($"SoftBoN:{name}", value));
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        Assert.Contains(name, fault.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(cure, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Backend", "Vulkan")]
    [InlineData("MaxDegreeOfParalelism", "2")]
    public async Task A_value_or_a_name_that_there_is_not_stops_the_start(string name, string value)
    {
        using IHost host = HostWith(($"SoftBoN:{name}", value));
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync());
        Assert.Contains(name, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_there_is_not_is_told_which_there_are()
    {
        using IHost host = HostWith(("SoftBoN:MaxDegreeOfParalelism", "2"));
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync());
        Assert.Equal(
            "There is no option SoftBoN:MaxDegreeOfParalelism; there are Backend, CompileAtCreation, DeviceIndex, "
            + "MaxDegreeOfParallelism, MaxDeviceMemory.",
            fault.Message);
    }

    [Fact]
    public async Task Code_has_the_last_word_over_configuration()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("SoftBoN:Backend", "Simd")]);
        builder.Services.AddSoftBonKernels(
            builder.Configuration.GetSection("SoftBoN"), options => options.Backend = SoftBonBackend.Reference);
        using IHost host = builder.Build();
        await host.StartAsync();
        Assert.Equal(SoftBonBackend.Reference, host.Services.GetRequiredService<SoftBonEngine>().Device.Backend);
    }

    private static IHost HostWith(params (string Name, string Value)[] settings)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => new KeyValuePair<string, string?>(setting.Name, setting.Value)));
        builder.Services.AddSoftBonKernels(
            builder.Configuration.GetSection(SoftBonServiceCollectionExtensions.DefaultSection));
        return builder.Build();
    }
}
