using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace SoftBoN.Samples.TensorsInPlace;

/// <summary>Where a tensor's values lie: on the processor a span, on a GPU a device pointer. Nothing is copied.</summary>
internal static unsafe partial class TensorMemory
{
    /// <summary>A tensor's first value, on whatever device.</summary>
    public static nuint AddressOf(Tensor tensor) => (nuint)Data(tensor.Handle);

    /// <summary>The values of a tensor on the processor that has no gaps, to be read or written.</summary>
    public static Span<T> SpanOf<T>(Tensor tensor)
        where T : unmanaged
    {
        if (tensor.device_type != DeviceType.CPU || !tensor.is_contiguous() || tensor.element_size() != sizeof(T))
        {
            throw new ArgumentException(
                $"The tensor is {tensor.dtype} on {tensor.device}; pass a contiguous one of {sizeof(T)} bytes a value on the CPU.",
                nameof(tensor));
        }

        return new Span<T>((void*)AddressOf(tensor), checked((int)tensor.numel()));
    }

    [LibraryImport("LibTorchSharp", EntryPoint = "THSTensor_data")]
    private static partial nint Data(nint tensor);
}
