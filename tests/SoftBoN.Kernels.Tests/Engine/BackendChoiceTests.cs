namespace SoftBoN.Kernels.Tests.Engine;

/// <summary>A named backend is the one in use; what Auto means can be overridden from outside.</summary>
[Collection(NotParallel.Name)]
public sealed class BackendChoiceTests
{
    private const string Variable = "SOFTBON_BACKEND";

    [Theory]
    [InlineData(SoftBonBackend.Reference, "Asked for by name")]
    [InlineData(SoftBonBackend.Simd, "Asked for by name")]
    public void A_named_backend_is_not_overridden(SoftBonBackend backend, string reason) => With("reference", () =>
    {
        using SoftBonEngine engine = SoftBonEngine.Create(new SoftBonOptions { Backend = backend });
        Assert.Equal(backend, engine.Device.Backend);
        Assert.Contains(reason, engine.Device.Reason, StringComparison.Ordinal);
    });

    [Theory]
    [InlineData(null, SoftBonBackend.Simd, "Auto")]
    [InlineData("", SoftBonBackend.Simd, "Auto")]
    [InlineData("simd", SoftBonBackend.Simd, "SOFTBON_BACKEND=simd")]
    [InlineData("reference", SoftBonBackend.Reference, "SOFTBON_BACKEND=reference")]
    [InlineData("Reference", SoftBonBackend.Reference, "SOFTBON_BACKEND=Reference")]
    public void Auto_follows_the_environment(string? value, SoftBonBackend expected, string reason) => With(value, () =>
    {
        using SoftBonEngine engine = SoftBonEngine.CreateHost();
        Assert.Equal(expected, engine.Device.Backend);
        Assert.Contains(reason, engine.Device.Reason, StringComparison.Ordinal);
        Assert.NotEmpty(engine.Device.Description);
    });

    [Theory]
    [InlineData("gpu")]
    [InlineData(" simd")]
    [InlineData("1")]
    [InlineData("auto")]
    public void An_unknown_name_in_the_environment_is_refused(string value) => With(value, () =>
    {
        var error = Assert.Throws<ArgumentException>(() => SoftBonEngine.CreateHost());
        Assert.Contains($"'{value}'", error.Message, StringComparison.Ordinal);
        Assert.Contains(
            "set it to reference, simd, cuda, opencl or ilgpu-cpu, or unset it", error.Message, StringComparison.Ordinal);
    });

    [Fact]
    public void A_device_in_the_environment_is_as_binding_as_one_asked_for_by_name() => With("ilgpu-cpu", () =>
    {
        using SoftBonEngine engine = SoftBonEngine.Create();
        Assert.Equal(SoftBonBackend.IlgpuCpu, engine.Device.Backend);
        Assert.Contains("SOFTBON_BACKEND=ilgpu-cpu", engine.Device.Reason, StringComparison.Ordinal);
        Assert.Equal(0, engine.Device.HostCallsBelow);

        var error = Assert.Throws<ArgumentException>(() => SoftBonEngine.CreateHost());
        Assert.Contains("ilgpu-cpu is not a backend of the processor", error.Message, StringComparison.Ordinal);
        Assert.Contains("Use SoftBonEngine.Create", error.Message, StringComparison.Ordinal);
    });

    [Theory]
    [InlineData(SoftBonBackend.Cuda)]
    [InlineData(SoftBonBackend.OpenCl)]
    [InlineData(SoftBonBackend.IlgpuCpu)]
    public void A_device_that_is_not_there_is_not_replaced(SoftBonBackend backend) => With("simd", () =>
    {
        var error = Assert.Throws<DeviceUnavailableException>(() => SoftBonEngine.Create(
            new SoftBonOptions { Backend = backend, DeviceIndex = 1000 }));
        Assert.Contains(
            $"{BackendNames.Spell(backend)} device 1000 cannot be used", error.Message, StringComparison.Ordinal);
        Assert.Contains("never replaced", error.Message, StringComparison.Ordinal);
        Assert.Equal(SoftBonDevices.Probe(), error.Reports);
    });

    [Fact]
    public void Auto_says_why_it_takes_no_device() => With(null, () =>
    {
        using SoftBonEngine engine = SoftBonEngine.Create(new SoftBonOptions { DeviceIndex = 1000 });
        Assert.Equal(SoftBonBackend.Simd, engine.Device.Backend);
        Assert.Contains("No cuda: ", engine.Device.Reason, StringComparison.Ordinal);
        Assert.Contains("No opencl: ", engine.Device.Reason, StringComparison.Ordinal);
    });

    private static void With(string? value, Action test)
    {
        string? before = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, value);
        try
        {
            test();
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, before);
        }
    }
}
