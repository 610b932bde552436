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

    public OnBackendAttribute(SoftBonBackend backend)
    {
        this.backend = backend;
        Skip = DeviceBackends.Obstacle(backend);
    }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[backend]];
}
