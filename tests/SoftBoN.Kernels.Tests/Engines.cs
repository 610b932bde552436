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
    ];

    public static SoftBonEngine Make(SoftBonBackend backend, int threads) => SoftBonEngine.CreateHost(
        new SoftBonOptions { Backend = backend, MaxDegreeOfParallelism = threads });
}
