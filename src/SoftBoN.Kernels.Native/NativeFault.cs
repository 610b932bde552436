using System.Diagnostics.CodeAnalysis;
using SoftBoN.Kernels.Cuda;

namespace SoftBoN.Kernels.Native;

/// <summary>A fault of a call that has a status of its own.</summary>
internal sealed class NativeFault(NativeStatus status, string message) : Exception(message)
{
    public NativeStatus Status { get; } = status;

    [DoesNotReturn]
    public static void Argument(string message) => throw new NativeFault(NativeStatus.InvalidArgument, message);

    [DoesNotReturn]
    public static void Unsupported(string message) => throw new NativeFault(NativeStatus.Unsupported, message);

    /// <summary>What an exception is to a caller who knows no exceptions.</summary>
    public static NativeStatus StatusOf(Exception fault) => fault switch
    {
        NativeFault native => native.Status,
        CudaUnavailableException => NativeStatus.DeviceUnavailable,
        CudaFaultException => NativeStatus.DeviceFault,
        ObjectDisposedException => NativeStatus.NoSuchEngine,
        ArgumentException or OverflowException or InvalidOperationException => NativeStatus.InvalidArgument,
        NotSupportedException or PlatformNotSupportedException => NativeStatus.Unsupported,
        OutOfMemoryException => NativeStatus.OutOfMemory,
        _ => NativeStatus.Internal,
    };
}
