using System.Reflection;
using BenchmarkDotNet.Running;

namespace SoftBoN.Kernels.Bench.Setup;

/// <summary>What a call of a benchmark does.</summary>
/// <param name="Rows">Rows of its batch.</param>
/// <param name="Elements">Elements of its batch.</param>
/// <param name="Bytes">The least bytes that have to move.</param>
internal sealed record CallWork(double Rows, double Elements, double Bytes)
{
    /// <summary>By a benchmark's job, or by what its method says; null where neither is known.</summary>
    public static CallWork? Of(BenchmarkCase benchmark)
    {
        if (benchmark.Parameters[nameof(Shape)] is not Shape shape)
        {
            return null;
        }

        double? bytes = benchmark.Parameters[nameof(OperationBench.Job)] is string job
            ? Operation.Of(job).BytesPerElement
            : benchmark.Descriptor.WorkloadMethod.GetCustomAttribute<WorkAttribute>()?.BytesPerElement;
        return bytes is { } each ? new(shape.Rows, shape.Elements, each * shape.Elements) : null;
    }
}
