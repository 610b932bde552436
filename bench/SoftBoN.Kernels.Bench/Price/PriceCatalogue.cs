using SoftBoN.Kernels.Bench.Work;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Bench.Price;

/// <summary>What equal bits cost, pair by pair: on the processor, and on each kind of device that is here.</summary>
internal static class PriceCatalogue
{
    public const string Name = "price";

    /// <summary>Rows of one segment, which a canonical sum adds up in one go.</summary>
    private static readonly Shape Segments = new(512, CanonicalSum.SegmentLength);

    private static readonly Shape Short = Shape.Usual[0];
    private static readonly Shape Long = Shape.Usual[2];
    private static readonly Shape Tokens = new(16, 128_256);

    public static IReadOnlyList<CatalogueEntry> Cases() =>
    [
        Of("sum", Segments, shape => new SumPair(shape)),
        Of("exponential", Segments, shape => new ExponentialPair(shape)),
        Of("noise", Long, shape => new NoisePair(shape)),
        Of("pruning", Short, shape => new PruningPair(shape)),
        Of("pruning", Long, shape => new PruningPair(shape)),
        Of("token noise", Tokens, shape => new TokenNoisePair(shape)),
        .. SoftBonDevices.Probe().Where(device => device.IsAvailable).Select(device => device.Backend).Distinct()
            .SelectMany(OnDevice),
    ];

    private static IEnumerable<CatalogueEntry> OnDevice(SoftBonBackend backend)
    {
        string name = BackendNames.Spell(backend);
        yield return Of($"{name}, exponential", Long, shape => new DevicePair<float>(
            backend,
            shape,
            [("exp, ours", LibraryKernels.OurExponential), ("XMath.Exp", LibraryKernels.LibraryExponential)],
            i => (float)((i % 4001 * 0.005) - 15),
            x => Math.Exp(x)));
        yield return Of($"{name}, noise", Long, shape => new DevicePair<uint>(
            backend,
            shape,
            [("Gumbel of a word, ours", LibraryKernels.OurGumbel), ("XMath.Log twice", LibraryKernels.LibraryGumbel)],
            i => (uint)(0x2000_0000 + (i * 4093 % 0xC000_0000)),
            SelectionCheck.Gumbel));
        yield return Of($"{name}, log-sum-exp", Short, shape => new DeviceLogMeanExpPair(backend, shape));
        yield return Of($"{name}, log-sum-exp", Long, shape => new DeviceLogMeanExpPair(backend, shape));
    }

    private static CatalogueEntry Of(string operation, Shape shape, Func<Shape, WorkCase> make) =>
        new(operation, shape, 0.0, make);
}
