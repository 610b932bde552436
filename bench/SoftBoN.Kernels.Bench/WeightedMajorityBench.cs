using BenchmarkDotNet.Attributes;
using SoftBoN.Kernels.Bench.Setup;
using SoftBoN.Kernels.Bench.Work;

namespace SoftBoN.Kernels.Bench;

/// <summary>Weighted majority among a few answers, on one thread.</summary>
public class WeightedMajorityBench : UsualShapesBench
{
    [Benchmark(Baseline = true), Work(8)]
    public void TensorPrimitivesAndTable() => Case<MajorityCase>().Peer();

    [Benchmark, Work(8)]
    public void SoftBoN() => Case<MajorityCase>().Ours();

    [Benchmark, Work(8, RowsDividedBy = SlowContender.RowsDividedBy)]
    public void SoftBoNReference() => Case<MajorityCase>().Reference();

    internal override WorkCase Make() => new MajorityCase(Shape);
}
