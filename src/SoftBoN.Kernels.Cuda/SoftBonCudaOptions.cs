using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Cuda;

/// <summary>How to attach.</summary>
public sealed class SoftBonCudaOptions
{
    /// <summary>The driver's library; a name that the system finds, or a path.</summary>
    public string Driver { get; set; } = OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1";

    /// <summary>The threads of a group: tests that run kernels on a processor have fewer.</summary>
    internal int Threads { get; set; } = DevicePrograms.MostThreads;

    /// <summary>When teams share a row; null for what is right for the device.</summary>
    internal RowSplit? Split { get; set; }
}
