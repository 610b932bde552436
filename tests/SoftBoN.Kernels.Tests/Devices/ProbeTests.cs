using System.Diagnostics;
using SoftBoN.Kernels.Devices;
using SoftBoN.Kernels.Tests.Engine;

namespace SoftBoN.Kernels.Tests.Devices;

/// <summary>Probing says for each backend what is there, or what is missing and how to get it.</summary>
[Collection(NotParallel.Name)]
public sealed class ProbeTests
{
    [Fact]
    public void Every_device_backend_has_a_report_and_every_obstacle_a_reason()
    {
        IReadOnlyList<DeviceReport> reports = SoftBonDevices.Probe();

        Assert.Contains(reports, report => report.Backend == SoftBonBackend.Cuda);
        Assert.Contains(reports, report => report.Backend == SoftBonBackend.OpenCl);
        Assert.All(reports, report =>
        {
            Assert.NotEmpty(report.Name);
            Assert.Equal(report.IsAvailable, report.Index >= 0);
            Assert.Equal(report.IsAvailable, report.Reason.Length == 0);
            Assert.True(report.IsAvailable == (report.Cure.Length == 0), $"{report}");
        });
    }

    [Fact]
    public void A_device_that_is_available_can_be_made_and_is_what_was_asked_for()
    {
        foreach (DeviceReport report in SoftBonDevices.Probe().Where(report => report.IsAvailable))
        {
            using SoftBonEngine engine = SoftBonEngine.Create(
                new SoftBonOptions { Backend = report.Backend, DeviceIndex = report.Index });
            Assert.Equal(report.Backend, engine.Device.Backend);
            Assert.StartsWith(report.Name.Split(" (")[0], engine.Device.Description, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_missing_library_says_what_to_install()
    {
        foreach (DeviceReport report in SoftBonDevices.Probe()
            .Where(report => report.Reason == "the library was not found"))
        {
            Assert.StartsWith("lib", report.Name, StringComparison.Ordinal);
            Assert.Contains("install", report.Cure, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void A_library_that_is_there_and_broken_is_not_called_missing()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        DirectoryInfo folder = Directory.CreateTempSubdirectory("softbon-probe");
        try
        {
            string path = Path.Combine(folder.FullName, "libcuda.so.1");
            Assert.Equal("was not found", NativeLibraries.Absence(path));
            File.WriteAllText(path, "no library, but as long as the head of one is, so that its first bytes are looked at");
            string broken = NativeLibraries.Absence(path);
            Assert.StartsWith("cannot be loaded (", broken, StringComparison.Ordinal);
            Assert.Contains(path, broken, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Probing_again_and_again_is_cheap_and_the_same()
    {
        IReadOnlyList<DeviceReport> first = SoftBonDevices.Probe();
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(first, SoftBonDevices.Probe());
        }

        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 60);
    }
}
