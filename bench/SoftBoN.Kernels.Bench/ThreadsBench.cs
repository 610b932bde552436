using BenchmarkDotNet.Attributes;
using SoftBoN.Kernels.Bench.Setup;
using SoftBoN.Kernels.Bench.Work;

namespace SoftBoN.Kernels.Bench;

/// <summary>Two threads against one.</summary>
public abstract class ThreadsBench : CaseBench
{
    public static IReadOnlyList<Shape> Shapes => Jobs.Shape.Threaded;

    [ParamsSource(nameof(Shapes))]
    public Shape Shape { get; set; }

    [Benchmark(Baseline = true), Work(4)]
    public void OneThread() => Case<ThreadsCase>().OnOne();

    [Benchmark, Work(4)]
    public void TwoThreads() => Case<ThreadsCase>().OnTwo();
}

/// <summary>Soft weights on two threads; the bytes are those read.</summary>
public class SoftWeightsThreadsBench : ThreadsBench
{
    internal override WorkCase Make() => ThreadsCase.SoftWeights(Shape);
}

/// <summary>Selection on two threads.</summary>
public class SelectionThreadsBench : ThreadsBench
{
    internal override WorkCase Make() => ThreadsCase.Selection(Shape);
}
