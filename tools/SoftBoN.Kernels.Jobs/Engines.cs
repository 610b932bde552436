namespace SoftBoN.Kernels.Jobs;

/// <summary>The engines that cases run on.</summary>
internal static class Engines
{
    /// <summary>The vector path on a number of threads.</summary>
    public static SoftBonEngine Simd(int threads) => Make(SoftBonBackend.Simd, threads);

    /// <summary>The scalar loops that define every result, on one thread.</summary>
    public static SoftBonEngine Reference() => Make(SoftBonBackend.Reference, 1);

    private static SoftBonEngine Make(SoftBonBackend backend, int threads) =>
        SoftBonEngine.CreateHost(new() { Backend = backend, MaxDegreeOfParallelism = threads });
}
