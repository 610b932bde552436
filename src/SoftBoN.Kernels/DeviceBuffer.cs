namespace SoftBoN.Kernels;

/// <summary>
/// Memory on an engine's device, for data that stays there between operations. On the processor's backends it is
/// ordinary
/// memory, so that one program serves all.
/// </summary>
/// <remarks>
/// Made by <see cref="SoftBonEngine.CreateBuffer{T}"/>. Its contents are undefined at first. Copies here are done when
/// they
/// return and are not ordered with the work of queues: synchronize a queue before reading what it writes or writing
/// what it
/// reads. Thread-safe but for that. Work that a queue was given before <see cref="Dispose"/> still finds the memory;
/// anything
/// later throws. The engine's end is the buffer's.
/// </remarks>
/// <typeparam name="T">The element's type.</typeparam>
public sealed unsafe class DeviceBuffer<T> : IDisposable
    where T : unmanaged
{
    internal DeviceBuffer(EngineMemory memory, long length)
    {
        Memory = memory;
        Length = length;
    }

    /// <summary>The number of elements.</summary>
    public long Length { get; }

    internal EngineMemory Memory { get; }

    /// <summary>A part of the buffer.</summary>
    /// <param name="start">Its first element.</param>
    /// <param name="length">The number of its elements.</param>
    /// <returns>The part.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It does not lie within the buffer.</exception>
    public DeviceSpan<T> Slice(long start, long length) => ((DeviceSpan<T>)this).Slice(start, length);

    /// <summary>Copies to the device, and returns when that is done.</summary>
    /// <param name="source">What to copy.</param>
    /// <param name="start">The first element to overwrite.</param>
    /// <exception cref="ArgumentOutOfRangeException">It does not fit.</exception>
    /// <exception cref="ObjectDisposedException">The buffer or its engine was disposed of.</exception>
    /// <exception cref="DeviceExecutionException">The device failed.</exception>
    public void CopyFrom(ReadOnlySpan<T> source, long start = 0)
    {
        Hold(start, source.Length);
        try
        {
            fixed (T* pointer = source)
            {
                if (pointer != null)
                {
                    Memory.CopyFrom(pointer, start * sizeof(T), (long)source.Length * sizeof(T));
                }
            }
        }
        finally
        {
            Memory.Release();
        }
    }

    /// <summary>Copies from the device, and returns when that is done.</summary>
    /// <param name="destination">Where to; it is filled.</param>
    /// <param name="start">The first element to read.</param>
    /// <exception cref="ArgumentOutOfRangeException">The buffer has not as many elements from there on.</exception>
    /// <exception cref="ObjectDisposedException">The buffer or its engine was disposed of.</exception>
    /// <exception cref="DeviceExecutionException">The device failed.</exception>
    public void CopyTo(Span<T> destination, long start = 0)
    {
        Hold(start, destination.Length);
        try
        {
            fixed (T* pointer = destination)
            {
                if (pointer != null)
                {
                    Memory.CopyTo(pointer, start * sizeof(T), (long)destination.Length * sizeof(T));
                }
            }
        }
        finally
        {
            Memory.Release();
        }
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => Memory.Dispose();

    private void Hold(long start, int count)
    {
        Throw.IfOutside(start, count, Length);
        Memory.Core.ThrowIfUnusable();
        ObjectDisposedException.ThrowIf(!Memory.TryHold(), this);
    }
}
