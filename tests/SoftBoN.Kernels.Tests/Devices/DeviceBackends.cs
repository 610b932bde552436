namespace SoftBoN.Kernels.Tests.Devices;

/// <summary>The device backends and whether they can be tested here.</summary>
internal static class DeviceBackends
{
    private static readonly Lazy<IReadOnlyList<DeviceReport>> Reports = new(SoftBonDevices.Probe);

    public static IReadOnlyList<SoftBonBackend> All { get; } =
        [SoftBonBackend.IlgpuCpu, SoftBonBackend.OpenCl, SoftBonBackend.Cuda];

    /// <summary>Why a backend cannot be tested here; null where it can. ILGPU's CPU accelerator always can.</summary>
    /// <param name="backend">The backend.</param>
    /// <param name="memory">The bytes of memory that its first device has to have.</param>
    public static string? Obstacle(SoftBonBackend backend, long memory = 0)
    {
        if (!BackendNames.IsDevice(backend) || backend == SoftBonBackend.IlgpuCpu)
        {
            return null;
        }

        DeviceReport[] reports = [.. Reports.Value.Where(report => report.Backend == backend)];
        if (reports.FirstOrDefault(report => report.IsAvailable) is not { } first)
        {
            return string.Join("; ", reports.Select(report => $"{report.Name}: {report.Reason}"));
        }

        return first.Memory >= memory
            ? null
            : $"{first.Name} has {first.Memory:N0} bytes of memory, and the test needs {memory:N0}";
    }

    /// <summary>How much of a test's work a backend gets: all of it, or what takes it seconds.</summary>
    public static int Scale(SoftBonBackend backend, int full, int slow) =>
        backend == SoftBonBackend.IlgpuCpu ? slow : full;

    public static SoftBonEngine Make(SoftBonBackend backend, Action<SoftBonOptions>? configure = null)
    {
        var options = new SoftBonOptions { Backend = backend, MaxDegreeOfParallelism = 2 };
        configure?.Invoke(options);
        return SoftBonEngine.Create(options);
    }
}
