using BenchmarkDotNet.Attributes;
using SoftBoN.Kernels.Bench.Setup;
using SoftBoN.Kernels.Bench.Work;

namespace SoftBoN.Kernels.Bench;

/// <summary>The bandwidth of memory, read and copied, on one thread and on all: the ceiling of all else.</summary>
public class ReadBandwidthBench : CaseBench
{
    public static IReadOnlyList<Shape> Shapes => [BandwidthCase.Size];

    [ParamsSource(nameof(Shapes))]
    public Shape Shape { get; set; }

    [Benchmark(Baseline = true), Work(4)]
    public void Read() => Case<BandwidthCase>().Read();

    [Benchmark, Work(4)]
    public void ReadOnAllThreads() => Case<BandwidthCase>().ReadOnAll();

    [Benchmark, Work(8)]
    public void Copy() => Case<BandwidthCase>().Copy();

    [Benchmark, Work(8)]
    public void CopyOnAllThreads() => Case<BandwidthCase>().CopyOnAll();

    internal override WorkCase Make() => new BandwidthCase();
}
