using Microsoft.Extensions.Logging;

namespace SoftBoN.Kernels.Devices;

/// <summary>Which device to open, and how.</summary>
/// <param name="Backend">Cuda, OpenCl or IlgpuCpu.</param>
/// <param name="Index">The device among those of its backend.</param>
internal sealed record DeviceRequest(SoftBonBackend Backend, int Index)
{
    /// <summary>For OpenCL: pass over devices that are not GPUs.</summary>
    public bool GpuOnly { get; init; }

    public long? MaxMemory { get; init; }

    /// <summary>The operations that are compiled at once.</summary>
    public SoftBonOperations Compile { get; init; }

    public ILoggerFactory? LoggerFactory { get; init; }

    public IFaultInjector? Faults { get; init; }
}
