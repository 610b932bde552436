using BenchmarkDotNet.Attributes;
using SoftBoN.Kernels.Bench.Setup;
using SoftBoN.Kernels.Bench.Work;

namespace SoftBoN.Kernels.Bench;

/// <summary>Random words, and Gumbel noise from them, beside the cheapest generator there is.</summary>
public class PhiloxBench : UsualShapesBench
{
    [Benchmark(Baseline = true), Work(4)]
    public void Words() => Case<NoiseCase>().Words();

    [Benchmark, Work(4)]
    public void WordsPortable() => Case<NoiseCase>().PortableWords();

    [Benchmark, Work(4)]
    public void Xoshiro() => Case<NoiseCase>().PeerUniforms();

    [Benchmark, Work(4)]
    public void Gumbel() => Case<NoiseCase>().Gumbel();

    [Benchmark, Work(4)]
    public void GumbelPortable() => Case<NoiseCase>().PortableGumbel();

    [Benchmark, Work(4)]
    public void XoshiroGumbelByTensorPrimitives() => Case<NoiseCase>().PeerGumbel();

    internal override WorkCase Make() => new NoiseCase(Shape);
}
