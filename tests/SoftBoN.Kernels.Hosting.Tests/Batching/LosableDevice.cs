using ILGPU.Runtime.OpenCL;
using SoftBoN.Kernels.Devices;

namespace SoftBoN.Kernels.Hosting.Tests.Batching;

/// <summary>Loses a device when a test says so: from then on its driver refuses every launch.</summary>
internal sealed class LosableDevice : IFaultInjector
{
    private volatile bool isLost;

    public void Lose() => isLost = true;

    public void Before(DeviceStep step)
    {
        if (isLost && step == DeviceStep.Launch)
        {
            throw new CLException(CLError.CL_OUT_OF_RESOURCES);
        }
    }

    public SoftBonEngine Engine() =>
        SoftBonEngine.Create(new SoftBonOptions { Backend = SoftBonBackend.IlgpuCpu, Faults = this });
}
