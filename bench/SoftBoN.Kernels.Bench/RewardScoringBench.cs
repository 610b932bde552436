using BenchmarkDotNet.Attributes;
using SoftBoN.Kernels.Bench.Setup;
using SoftBoN.Kernels.Bench.Work;

namespace SoftBoN.Kernels.Bench;

/// <summary>A reward head on hidden states, on one thread and on two.</summary>
public class RewardScoringBench : CaseBench
{
    public static IReadOnlyList<Shape> Shapes => Jobs.Shape.HiddenStates;

    [ParamsSource(nameof(Shapes))]
    public Shape Shape { get; set; }

    [Benchmark(Baseline = true), Work(4)]
    public void TensorPrimitivesDot() => Case<RewardScoringCase>().Peer();

    [Benchmark, Work(4)]
    public void OneThread() => Case<RewardScoringCase>().OneThread();

    [Benchmark, Work(4)]
    public void TwoThreads() => Case<RewardScoringCase>().TwoThreads();

    [Benchmark, Work(2)]
    public void BFloat16() => Case<RewardScoringCase>().BFloat16();

    [Benchmark, Work(2)]
    public void HalfPrecision() => Case<RewardScoringCase>().HalfPrecision();

    [Benchmark, Work(4)]
    public void EightHeads() => Case<RewardScoringCase>().EightHeads();

    internal override WorkCase Make() => new RewardScoringCase(Shape);
}
