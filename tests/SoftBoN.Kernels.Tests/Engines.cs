namespace SoftBoN.Kernels.Tests;

/// <summary>Engines that tests share; an engine keeps no state that a result could depend on.</summary>
internal static class Engines
{
    public static SoftBonEngine Reference { get; } = Make(SoftBonBackend.Reference, 1);

    public static SoftBonEngine Simd { get; } = Make(SoftBonBackend.Simd, 1);

    public static SoftBonEngine Simd2 { get; } = Make(SoftBonBackend.Simd, 2);

    /// <summary>Everything that has to return what <see cref="Reference"/> returns.</summary>
    public static (string Name, SoftBonEngine Engine)[] Others { get; } =
    [
        ("simd on 1 thread", Simd),
        ("simd on 2 threads", Simd2),
        ("simd on 7 threads", Make(SoftBonBackend.Simd, 7)),
        ("reference on 7 threads", Make(SoftBonBackend.Reference, 7)),
        .. Gpus(),
    ];

    public static SoftBonEngine Make(SoftBonBackend backend, int threads) => SoftBonEngine.CreateHost(
        new SoftBonOptions { Backend = backend, MaxDegreeOfParallelism = threads });

    /// <summary>
    /// GPUs that are there. OpenCL on a processor and ILGPU's CPU accelerator are too slow for batches of this size; they have
    /// tests of their own.
    /// </summary>
    private static IEnumerable<(string Name, SoftBonEngine Engine)> Gpus() => SoftBonDevices.Probe()
        .Where(report => report.IsAvailable && report.IsGpu)
        .Select(report => ($"{report.Backend} on {report.Name}", SoftBonEngine.Create(
            new SoftBonOptions { Backend = report.Backend, DeviceIndex = report.Index })));
}
