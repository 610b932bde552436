using SoftBoN.Kernels.Bench.Work;

namespace SoftBoN.Kernels.Peers;

/// <summary>The cases: every operation, short rows to long ones, on one thread and on two. Asked: to be ahead of every peer.</summary>
internal static class PeerCatalogue
{
    private static readonly Shape[] Candidates = [new(32768, 16), new(8192, 64), new(2048, 256), new(512, 1024), new(128, 4096)];
    private static readonly Shape[] Vocabularies = [new(16, 32_768), new(4, 128_256), new(2, 262_144)];
    private static readonly Shape[] Hidden = [new(512, 1024), new(1024, 4096)];

    public static IReadOnlyList<CatalogueEntry> Cases { get; } =
    [
        .. Of("soft weights", Candidates, (shape, threads) => new WeightsPeers(shape, threads)),
        .. Of("log-sum-exp", Candidates, (shape, threads) => new LogMeanExpPeers(shape, threads)),
        .. Of("selection", Candidates, (shape, threads) => new SelectionPeers(shape, threads)),
        .. Of("weighted majority", Candidates, (shape, threads) => new MajorityPeers(shape, threads)),
        .. Of("token tilt", Vocabularies, (shape, threads) => new TokenPeers(shape, threads)),
        .. Of("reward head", Hidden, (shape, threads) => new HeadPeers(shape, threads)),
    ];

    private static IEnumerable<CatalogueEntry> Of(string operation, Shape[] shapes, Func<Shape, int, WorkCase> make) =>
        from threads in (int[])[1, 2]
        from shape in shapes
        select new CatalogueEntry(
            threads == 1 ? operation : $"{operation}, {threads} threads", shape, 1.0, one => make(one, threads))
        {
            HoldsAgainstAll = true,
        };
}
