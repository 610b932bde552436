using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Running;

namespace SoftBoN.Kernels.Bench.Setup;

/// <summary>On the processor a call on a queue is a call: it is measured once.</summary>
internal sealed class ModeFilter : IFilter
{
    public bool Predicate(BenchmarkCase benchmarkCase) =>
        benchmarkCase.Parameters[nameof(OperationBench.Engine)] is not string engine
        || benchmarkCase.Descriptor.WorkloadMethod.Name == nameof(OperationBench.EndToEnd)
        || OperationBench.IsDevice(engine);
}
