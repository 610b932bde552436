using BenchmarkDotNet.Attributes;
using SoftBoN.Kernels.Bench.Setup;
using SoftBoN.Kernels.Bench.Work;

namespace SoftBoN.Kernels.Bench;

/// <summary>Selection of one candidate per row, the index alone, on one thread.</summary>
public class SelectionBench : UsualShapesBench
{
    [Benchmark(Baseline = true), Work(4)]
    public void TensorPrimitivesByRow() => Case<SelectionCase>().ByRow();

    [Benchmark, Work(4)]
    public void TensorPrimitivesByBlock() => Case<SelectionCase>().ByBlock();

    [Benchmark, Work(4)]
    public void SoftBoN() => Case<SelectionCase>().Ours();

    [Benchmark, Work(4, RowsDividedBy = SlowContender.RowsDividedBy)]
    public void SoftBoNReference() => Case<SelectionCase>().Reference();

    internal override WorkCase Make() => new SelectionCase(Shape);
}
