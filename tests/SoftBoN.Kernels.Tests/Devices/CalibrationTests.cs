using SoftBoN.Kernels.Tests.Engine;

namespace SoftBoN.Kernels.Tests.Devices;

/// <summary>What was measured is found again, and a damaged file costs nothing but the measurement.</summary>
[Collection(NotParallel.Name)]
public sealed class CalibrationTests
{
    private static readonly DateTimeOffset Day = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Without_a_file_there_is_a_default_that_says_so() => InFolder(folder =>
    {
        (long below, string why) = Calibration.Load("cuda|X|12.4");
        Assert.Equal(Calibration.Default, below);
        Assert.Contains("softbon calibrate", why, StringComparison.Ordinal);
        Assert.Equal(Path.Combine(folder, "softbon", "calibration.json"), Calibration.Path);
    });

    [Fact]
    public void Each_device_and_driver_has_its_own_entry() => InFolder(_ =>
    {
        Calibration.Save("cuda|X|12.4", 5000, Day);
        Calibration.Save("cuda|X|13.0", Calibration.Never, Day);
        Calibration.Save("cuda|X|12.4", 6000, Day);

        Assert.Equal((6000, "as measured on 2026-03-01"), Calibration.Load("cuda|X|12.4"));
        Assert.Equal(Calibration.Never, Calibration.Load("cuda|X|13.0").HostCallsBelow);
        Assert.Equal(Calibration.Default, Calibration.Load("opencl|Y").HostCallsBelow);
    });

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{\"key\": 7}")]
    [InlineData("{\"key\": {\"hostCallsBelow\": -1, \"measured\": \"2026-03-01\"}}")]
    [InlineData("{\"key\": {\"hostCallsBelow\": \"many\", \"measured\": \"2026-03-01\"}}")]
    [InlineData("{\"key\": {\"measured\": \"2026-03-01\"}}")]
    public void A_damaged_file_gives_the_default_and_says_what_is_wrong(string text) => InFolder(folder =>
    {
        Directory.CreateDirectory(Path.Combine(folder, "softbon"));
        File.WriteAllText(Calibration.Path, text);

        (long below, string why) = Calibration.Load("key");
        Assert.Equal(Calibration.Default, below);
        Assert.Contains("cannot be used", why, StringComparison.Ordinal);
        Calibration.Save("key", 1, Day);
        Assert.Equal(1, Calibration.Load("key").HostCallsBelow);
    });

    [Fact]
    public void Calls_below_the_size_run_on_the_processor_with_the_same_bits()
    {
        var faults = new FaultOnce(Kernels.Devices.DeviceStep.Launch, new InvalidOperationException("on the device"));
        using SoftBonEngine engine = DeviceBackends.Make(SoftBonBackend.IlgpuCpu, options =>
        {
            options.HostCallsBelow = 100;
            options.Faults = faults;
        });
        faults.Times = int.MaxValue;

        Assert.Equal(100, engine.Device.HostCallsBelow);
        SampleCalls.AssertSame(
            Engines.Reference, engine, "99 candidates", Batch.Dense(new RandomRewards(541).Row(99), 9, 11));
        Assert.Throws<DeviceExecutionException>(() => SelectionResult.Of(
            engine, Batch.Dense(new float[100], 10, 10), new Pick(Temperature.Given(1))));
    }

    private static void InFolder(Action<string> test)
    {
        const string Variable = "XDG_CONFIG_HOME";
        string? before = Environment.GetEnvironmentVariable(Variable);
        string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        Environment.SetEnvironmentVariable(Variable, folder);
        try
        {
            test(folder);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, before);
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}
