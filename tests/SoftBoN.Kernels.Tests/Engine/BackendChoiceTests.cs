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
    [InlineData("cuda")]
    [InlineData(" simd")]
    [InlineData("1")]
    public void An_unknown_name_in_the_environment_is_refused(string value) => With(value, () =>
    {
        var error = Assert.Throws<ArgumentException>(() => SoftBonEngine.CreateHost());
        Assert.Contains($"'{value}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("set it to reference or simd, or unset it", error.Message, StringComparison.Ordinal);
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
