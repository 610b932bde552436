using System.Reflection;
using SoftBoN.Kernels.Vectors;
using Xunit.Sdk;

namespace SoftBoN.Kernels.Tests.Vectors;

/// <summary>
/// Runs a theory once for each stem of vectors on one backend; skipped with the reason where the backend cannot run.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class BackendAttribute : DataAttribute
{
    private readonly string name;

    public BackendAttribute(string name)
    {
        this.name = name;
        Skip = VectorBackend.Named(name).Obstacle;
    }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        VectorBackend.Named(name).Stems.Select(stem => new object[] { name, stem });
}
