namespace SoftBoN.Kernels.Bench.Work;

/// <summary>A case that is made when it is needed.</summary>
/// <param name="Operation">The operation's name in tables.</param>
/// <param name="Shape">The batch.</param>
/// <param name="Required">The least ratio of the peers' time to ours that is asked for; 0 where none is.</param>
/// <param name="Make">Makes the case.</param>
internal sealed record CatalogueEntry(string Operation, Shape Shape, double Required, Func<Shape, WorkCase> Make)
{
    /// <summary>Whether the ratio that is asked for holds against every peer, and not against the first alone.</summary>
    public bool HoldsAgainstAll { get; init; }

    /// <summary>The operation and the shape.</summary>
    public string Name => $"{Operation}/{Shape}";
}

/// <summary>Every case, and what is asked of it.</summary>
internal static class Catalogue
{
    private const double RequiredOfThreads = 1.7;
    private const double RequiredOfTokens = 2.8;
    private const float Peaked = 4;

    private static readonly Shape Short = Shape.Usual[0];
    private static readonly Shape Long = Shape.Usual[2];

    /// <summary>The cases in the order of the tables.</summary>
    public static IReadOnlyList<CatalogueEntry> Cases { get; } =
    [
        new("bandwidth", BandwidthCase.Size, 0.0, _ => new BandwidthCase()),
        .. Of("soft weights", Shape.Usual, ForWeights, s => new SoftWeightsCase(s)),
        .. Of("log-sum-exp", Shape.Usual, ForLogMeanExp, s => new LogMeanExpCase(s)),
        .. Of("selection", Shape.Usual, ForSelection, s => new SelectionCase(s)),
        .. Of("selection, lambda 0.1", [Short, Long], NotAsked, s => new SelectionCase(s, 0.1f)),
        .. Of("selection, lambda 10", [Short, Long], NotAsked, s => new SelectionCase(s, 10f)),
        .. Of("selection, all outputs", Shape.Usual, NotAsked, s => new SelectionOutputsCase(s)),
        .. Of("weighted majority", Shape.Usual, NotAsked, s => new MajorityCase(s)),
        .. Of("token tilt", Shape.Vocabularies, _ => RequiredOfTokens, s => new TokenTiltCase(s)),
        .. Of("token tilt, peaked", [Shape.Vocabularies[0]], NotAsked, s => new TokenTiltCase(s, Peaked)),
        .. Of("reward head", Shape.HiddenStates, _ => 1.0, s => new RewardScoringCase(s)),
        .. Of("reward plan", [new Shape(4096, 16)], NotAsked, s => new RewardPlanCase(s)),
        .. Of("noise", [Short, Long], NotAsked, s => new NoiseCase(s)),
        .. Of("soft weights, 2 threads", Shape.Threaded, _ => RequiredOfThreads, ThreadsCase.SoftWeights),
        .. Of("selection, 2 threads", Shape.Threaded, _ => RequiredOfThreads, ThreadsCase.Selection),
    ];

    private static IEnumerable<CatalogueEntry> Of(
        string operation, IEnumerable<Shape> shapes, Func<Shape, double> required, Func<Shape, WorkCase> make) =>
        shapes.Select(shape => new CatalogueEntry(operation, shape, required(shape), make));

    private static double NotAsked(Shape shape) => 0.0;

    private static double ForWeights(Shape shape) => shape.Columns is 64 or 512 or 4096 ? 3.0 : 0.0;

    private static double ForLogMeanExp(Shape shape) => shape == Long ? 3.5 : 0.0;

    private static double ForSelection(Shape shape) => shape == Short ? 1.6 : shape == Long ? 2.8 : 0.0;
}
