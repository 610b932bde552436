using BenchmarkDotNet.Attributes;

namespace SoftBoN.Kernels.Bench.Setup;

/// <summary>A benchmark class around a case: the case is made and checked before anything is timed.</summary>
public abstract class CaseBench
{
    private WorkCase? work;

    internal abstract WorkCase Make();

    internal T Case<T>()
        where T : WorkCase => (T)work!;

    [GlobalSetup]
    public void Setup()
    {
        work = Make();
        work.Check();
    }

    [GlobalCleanup]
    public void Cleanup() => work?.Dispose();
}

/// <summary>A benchmark class at the usual shapes.</summary>
public abstract class UsualShapesBench : CaseBench
{
    public static IReadOnlyList<Shape> Shapes => Jobs.Shape.Usual;

    [ParamsSource(nameof(Shapes))]
    public Shape Shape { get; set; }
}
