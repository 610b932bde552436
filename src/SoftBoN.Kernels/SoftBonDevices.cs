using SoftBoN.Kernels.Devices;

namespace SoftBoN.Kernels;

/// <summary>What device backends find on this machine.</summary>
public static class SoftBonDevices
{
    /// <summary>
    /// Looks at every library and device that an engine could use. Never throws: what fails is what it reports.
    /// </summary>
    /// <returns>
    /// A report for each device, usable or not, and for each library that is missing or at fault; CUDA before OpenCL.
    /// </returns>
    public static IReadOnlyList<DeviceReport> Probe() => DeviceProbe.All();
}
