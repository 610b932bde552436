namespace SoftBoN.Kernels.Cuda;

/// <summary>How to attach.</summary>
public sealed class SoftBonCudaOptions
{
    /// <summary>The driver's library; a name that the system finds, or a path.</summary>
    public string Driver { get; set; } = OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1";
}
