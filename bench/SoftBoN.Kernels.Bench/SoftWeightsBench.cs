using BenchmarkDotNet.Attributes;
using SoftBoN.Kernels.Bench.Setup;
using SoftBoN.Kernels.Bench.Work;

namespace SoftBoN.Kernels.Bench;

/// <summary>Soft weights, written out, on one thread.</summary>
public class SoftWeightsBench : UsualShapesBench
{
    [Benchmark(Baseline = true), Work(8)]
    public void TensorPrimitivesByRow() => Case<SoftWeightsCase>().ByRow();

    [Benchmark, Work(8)]
    public void TensorPrimitivesByBlock() => Case<SoftWeightsCase>().ByBlock();

    [Benchmark, Work(8)]
    public void SoftBoN() => Case<SoftWeightsCase>().Ours();

    [Benchmark, Work(8, RowsDividedBy = SlowContender.RowsDividedBy)]
    public void SoftBoNReference() => Case<SoftWeightsCase>().Reference();

    internal override WorkCase Make() => new SoftWeightsCase(Shape);
}
