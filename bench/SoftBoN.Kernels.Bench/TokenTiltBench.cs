using BenchmarkDotNet.Attributes;
using SoftBoN.Kernels.Bench.Setup;
using SoftBoN.Kernels.Bench.Work;

namespace SoftBoN.Kernels.Bench;

/// <summary>A token of a vocabulary for each row, on one thread.</summary>
public class TokenTiltBench : CaseBench
{
    public static IReadOnlyList<Shape> Shapes => Jobs.Shape.Vocabularies;

    [ParamsSource(nameof(Shapes))]
    public Shape Shape { get; set; }

    [Benchmark(Baseline = true), Work(4)]
    public void TensorPrimitivesGumbel() => Case<TokenTiltCase>().Peer();

    [Benchmark, Work(4)]
    public void PerBlock() => Case<TokenTiltCase>().PerBlock();

    [Benchmark, Work(4)]
    public void PerToken() => Case<TokenTiltCase>().PerToken();

    [Benchmark, Work(4)]
    public void LogSumExp() => Case<TokenTiltCase>().LogSumExp();

    [Benchmark, Work(2)]
    public void BFloat16() => Case<TokenTiltCase>().Narrow();

    [Benchmark, Work(8)]
    public void DenseRewards() => Case<TokenTiltCase>().Tilted();

    [Benchmark, Work(8)]
    public void BothLogSumExps() => Case<TokenTiltCase>().BothLogSumExps();

    internal override WorkCase Make() => new TokenTiltCase(Shape);
}
