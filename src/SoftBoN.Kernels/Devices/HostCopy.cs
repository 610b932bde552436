namespace SoftBoN.Kernels.Devices;

/// <summary>Copies between the caller's memory and staging memory.</summary>
internal static unsafe class HostCopy
{
    public static void Copy<T>(T* source, T* destination, long count)
        where T : unmanaged =>
        Buffer.MemoryCopy(source, destination, count * sizeof(T), count * sizeof(T));
}
