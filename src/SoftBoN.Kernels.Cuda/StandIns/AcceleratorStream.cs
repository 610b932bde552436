using SoftBoN.Kernels.Cuda.Driver;

namespace ILGPU.Runtime;

/// <summary>What work is queued on: the host's stream.</summary>
internal readonly record struct AcceleratorStream(DriverApi Driver, nint Handle);

/// <summary>What can be done with memory besides launching kernels.</summary>
internal static class ArrayViewExtensions
{
    /// <summary>Queues that memory becomes 0.</summary>
    public static unsafe void MemSetToZero<T>(this ArrayView<T> view, AcceleratorStream stream)
        where T : unmanaged => stream.Driver.SetZero(view.Address, view.Length * sizeof(T), stream.Handle);
}
