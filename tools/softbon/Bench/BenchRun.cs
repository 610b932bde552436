using SoftBoN.Kernels.Jobs;

namespace SoftBoN.Tool.Bench;

/// <summary>What is measured: the operations, on batches, by engines.</summary>
internal static class BenchRun
{
    private static readonly (string Name, Func<Shape, Job> Make)[] Jobs =
    [
        ("selection", shape => new SelectionJob(shape)),
        ("soft weights", shape => new SoftWeightsJob(shape)),
        ("log-sum-exp", shape => new LogMeanExpJob(shape)),
        ("weighted majority", shape => new MajorityJob(shape)),
    ];

    /// <summary>Until the tiering compiler has replaced an operation's code for good.</summary>
    private const double ColdSeconds = 0.8;

    /// <summary>Where it has done so in a case before: caches, and the number of calls.</summary>
    private const double WarmSeconds = 0.08;

    /// <summary>The operations, as the benchmarks name them.</summary>
    public static IReadOnlyList<string> Operations => [.. Jobs.Select(job => job.Name)];

    /// <summary>The benchmarks' batches, and others for the lines of the plots.</summary>
    public static IReadOnlyList<Shape> Shapes(bool quick) =>
        quick ? Shape.Growing : [.. Shape.Growing.Union(Shape.Usual)];

    /// <summary>Checks a case, then times it as the benchmarks do: contenders in turn, in rounds.</summary>
    public static (IReadOnlyList<BenchRow> Rows, double CpuShare) Measure(
        string operation, Shape shape, IReadOnlyList<BenchEngine> engines, bool quick, bool isFirst)
    {
        int rounds = quick ? 15 : 60;
        double seconds = quick && !isFirst ? WarmSeconds : ColdSeconds;
        using var work = new EngineCase(Jobs.Single(job => job.Name == operation).Make(shape), engines);
        CaseMeasurement measured = new RoundRobin(work, rounds, TimeSpan.FromSeconds(seconds)).Run();
        return ([.. BenchRow.Of(operation, work, engines, measured)], measured.CpuShare);
    }
}
