using System.Reflection;
using Xunit.Sdk;

namespace SoftBoN.Kernels.Tests.Devices;

/// <summary>
/// Runs a theory on one backend, given by its name; skipped with the reason where there is no such device.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class OnBackendAttribute : DataAttribute
{
    private readonly SoftBonBackend backend;

    /// <summary>Runs it on a backend.</summary>
    /// <param name="backend">The backend.</param>
    /// <param name="memory">The bytes of memory that its first device has to have.</param>
    public OnBackendAttribute(SoftBonBackend backend, long memory = 0)
    {
        this.backend = backend;
        Skip = DeviceBackends.Obstacle(backend, memory);
    }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[backend]];
}
