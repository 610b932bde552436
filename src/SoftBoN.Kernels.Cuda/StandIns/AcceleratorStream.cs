using SoftBoN.Kernels.Cuda.Driver;

namespace ILGPU.Runtime;

/// <summary>What work is queued on: the host's stream.</summary>
internal sealed class AcceleratorStream(DriverApi driver)
{
    public DriverApi Driver => driver;

    /// <summary>A CUstream, which may be another for the next call.</summary>
    public nint Handle { get; set; }
}

/// <summary>What can be done with memory besides launching kernels.</summary>
internal static class ArrayViewExtensions
{
    /// <summary>Queues that memory becomes 0.</summary>
    public static unsafe void MemSetToZero<T>(this ArrayView<T> view, AcceleratorStream stream)
        where T : unmanaged => stream.Driver.SetZero(view.Address, view.Length * sizeof(T), stream.Handle);
}
