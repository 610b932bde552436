using BenchmarkDotNet.Attributes;
using SoftBoN.Kernels.Bench.Setup;
using SoftBoN.Kernels.Bench.Work;

namespace SoftBoN.Kernels.Bench;

/// <summary>Selection with index, reward, log-probability and margin, on one thread.</summary>
public class SelectionOutputsBench : UsualShapesBench
{
    [Benchmark(Baseline = true), Work(4)]
    public void TensorPrimitivesByRow() => Case<SelectionOutputsCase>().Peer();

    [Benchmark, Work(4)]
    public void SoftBoN() => Case<SelectionOutputsCase>().Ours();

    internal override WorkCase Make() => new SelectionOutputsCase(Shape);
}
