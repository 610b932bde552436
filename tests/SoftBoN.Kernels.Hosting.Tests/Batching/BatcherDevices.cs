namespace SoftBoN.Kernels.Hosting.Tests.Batching;

/// <summary>The devices that batches are tested on: ILGPU's own, and an OpenCL device where there is one.</summary>
internal static class BatcherDevices
{
    public static TheoryData<SoftBonBackend> All { get; } = Find();

    public static SoftBonEngine Make(SoftBonBackend backend) => SoftBonEngine.Create(new() { Backend = backend });

    private static TheoryData<SoftBonBackend> Find()
    {
        TheoryData<SoftBonBackend> found = [SoftBonBackend.IlgpuCpu];
        if (SoftBonDevices.Probe().Any(report => report.Backend == SoftBonBackend.OpenCl && report.IsAvailable))
        {
            found.Add(SoftBonBackend.OpenCl);
        }

        return found;
    }
}
