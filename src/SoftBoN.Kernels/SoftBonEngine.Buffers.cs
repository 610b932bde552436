namespace SoftBoN.Kernels;

public sealed unsafe partial class SoftBonEngine
{
    /// <summary>Allocates memory on the engine's device.</summary>
    /// <typeparam name="T">The element's type.</typeparam>
    /// <param name="length">The number of elements, at least 0.</param>
    /// <returns>The buffer; dispose of it when done.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative or beyond 2^62 bytes.</exception>
    /// <exception cref="DeviceExecutionException">The device has not as much memory.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed of.</exception>
    public DeviceBuffer<T> CreateBuffer<T>(long length)
        where T : unmanaged
    {
        const long MostBytes = 1L << 62;
        if (length < 0 || length > MostBytes / sizeof(T))
        {
            Throw.OutOfRange(nameof(length), length, $"Must be 0 to {MostBytes / sizeof(T)}.");
        }

        core.ThrowIfUnusable();
        return new DeviceBuffer<T>(core.Allocate(length * sizeof(T)), length);
    }

    /// <summary>Allocates memory of the processor that the engine's device reaches directly.</summary>
    /// <typeparam name="T">The element's type.</typeparam>
    /// <param name="length">The number of elements, at least 0.</param>
    /// <returns>The buffer; dispose of it when done.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    /// <exception cref="DeviceExecutionException">There is not as much memory.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed of.</exception>
    public PinnedBuffer<T> CreatePinnedBuffer<T>(int length)
        where T : unmanaged
    {
        Throw.IfNegative(length);
        core.ThrowIfUnusable();
        return new PinnedBuffer<T>(core.AllocatePinned((long)length * sizeof(T)), length);
    }

    /// <summary>Makes a queue for work in device memory.</summary>
    /// <returns>The queue; dispose of it when done.</returns>
    /// <exception cref="ObjectDisposedException">The engine was disposed of.</exception>
    public SoftBonQueue CreateQueue()
    {
        core.ThrowIfUnusable();
        return new SoftBonQueue(core, Device.Backend);
    }
}
