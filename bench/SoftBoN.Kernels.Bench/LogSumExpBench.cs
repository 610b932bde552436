using BenchmarkDotNet.Attributes;
using SoftBoN.Kernels.Bench.Setup;
using SoftBoN.Kernels.Bench.Work;

namespace SoftBoN.Kernels.Bench;

/// <summary>lambda log mean exp(reward / lambda) alone, on one thread.</summary>
public class LogSumExpBench : UsualShapesBench
{
    [Benchmark(Baseline = true), Work(4)]
    public void TensorPrimitivesByRow() => Case<LogMeanExpCase>().ByRow();

    [Benchmark, Work(4)]
    public void TensorPrimitivesByBlock() => Case<LogMeanExpCase>().ByBlock();

    [Benchmark, Work(4)]
    public void SoftBoN() => Case<LogMeanExpCase>().Ours();

    [Benchmark, Work(4, RowsDividedBy = SlowContender.RowsDividedBy)]
    public void SoftBoNReference() => Case<LogMeanExpCase>().Reference();

    internal override WorkCase Make() => new LogMeanExpCase(Shape);
}
