using System.Diagnostics.CodeAnalysis;

namespace SoftBoN.Kernels;

/// <summary>
/// Work on an engine's device, done in the order in which it was given, without waiting and with nothing copied that
/// was not
/// asked to be. On the processor's backends each piece of work is done when its call returns.
/// </summary>
/// <remarks>
/// <para>Made by <see cref="SoftBonEngine.CreateQueue"/>. Queues run beside each other and beside the engine's other
/// calls:
/// what one writes and another reads needs a <see cref="Synchronize"/> in between.</para>
/// <para>Arguments are checked before anything is queued. What fails on the device is reported by the next
/// <see cref="Synchronize"/> or <see cref="WhenDone"/>; work that was queued behind it is not done.</para>
/// <para>To be used by one thread at a time.</para>
/// </remarks>
[SuppressMessage("Naming", "CA1711", Justification = "A queue of work is what devices call it.")]
public sealed partial class SoftBonQueue : IDisposable
{
    private readonly EngineCore core;
    private readonly QueueCore queue;
    private readonly SoftBonBackend backend;
    private bool disposed;

    internal SoftBonQueue(EngineCore core, SoftBonBackend backend)
    {
        (this.core, this.backend) = (core, backend);
        queue = core.CreateQueue();
    }

    /// <summary>Queues a copy to the device.</summary>
    /// <typeparam name="T">The element's type.</typeparam>
    /// <param name="source">The source, from its start on; not to be written before the copy is done.</param>
    /// <param name="destination">What to overwrite; it is filled.</param>
    /// <exception cref="ArgumentException">The source is too short, or a buffer is another engine's.</exception>
    /// <exception cref="ObjectDisposedException">The queue, a buffer or the engine was disposed of.</exception>
    public void CopyIn<T>(PinnedBuffer<T> source, DeviceSpan<T> destination)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(source);
        Throw.IfShorter(source.Length, destination.Length, nameof(source));
        Copy(source.Memory, 0, destination.Buffer?.Memory, destination.Start, destination.Length, SizeOf<T>());
    }

    /// <summary>Queues a copy from the device.</summary>
    /// <typeparam name="T">The element's type.</typeparam>
    /// <param name="source">What to copy.</param>
    /// <param name="destination">Where to, from its start on; not to be read before the copy is done.</param>
    /// <exception cref="ArgumentException">The destination is too short, or a buffer is another engine's.</exception>
    /// <exception cref="ObjectDisposedException">The queue, a buffer or the engine was disposed of.</exception>
    public void CopyOut<T>(DeviceSpan<T> source, PinnedBuffer<T> destination)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(destination);
        Throw.IfShorter(destination.Length, source.Length, nameof(destination));
        Copy(source.Buffer?.Memory, source.Start, destination.Memory, 0, source.Length, SizeOf<T>());
    }

    /// <summary>Queues a copy on the device.</summary>
    /// <typeparam name="T">The element's type.</typeparam>
    /// <param name="source">What to copy.</param>
    /// <param name="destination">Where to, from its start on; must not overlap the source.</param>
    /// <exception cref="ArgumentException">
    /// The destination is too short or overlaps the source, or a buffer is another engine's.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The queue, a buffer or the engine was disposed of.</exception>
    public void Copy<T>(DeviceSpan<T> source, DeviceSpan<T> destination)
        where T : unmanaged
    {
        Throw.IfShorter(destination.Length, source.Length, nameof(destination));
        Copy(
            source.Buffer?.Memory,
            source.Start,
            destination.Buffer?.Memory,
            destination.Start,
            source.Length,
            SizeOf<T>());
    }

    /// <summary>Waits until everything that was queued is done.</summary>
    /// <exception cref="DeviceExecutionException">Something that was queued failed.</exception>
    /// <exception cref="ObjectDisposedException">The queue or the engine was disposed of.</exception>
    public void Synchronize()
    {
        ThrowIfUnusable();
        queue.Synchronize();
    }

    /// <summary>Tells when everything that was queued so far is done.</summary>
    /// <returns>
    /// A task, to be awaited once; it ends with a <see cref="DeviceExecutionException"/> where something failed.
    /// </returns>
    /// <exception cref="ObjectDisposedException">The queue or the engine was disposed of.</exception>
    public ValueTask WhenDone()
    {
        ThrowIfUnusable();
        return queue.WhenDone();
    }

    /// <summary>Ends the queue. What was queued is still done.</summary>
    public void Dispose()
    {
        if (!disposed)
        {
            disposed = true;
            DisposeRewards();
            queue.Dispose();
        }
    }

    private static unsafe int SizeOf<T>()
        where T : unmanaged => sizeof(T);

    private void Copy(
        EngineMemory? source, long sourceStart, EngineMemory? destination, long start, long count, int elementBytes)
    {
        ThrowIfUnusable();
        if (count == 0 || source == null || destination == null)
        {
            return;
        }

        long bytes = count * elementBytes;
        BufferHolds holds = default;
        try
        {
            holds.Add(core, source, sourceStart * elementBytes, bytes, nameof(source), isWritten: false);
            holds.Add(core, destination, start * elementBytes, bytes, nameof(destination), isWritten: true);
            queue.Copy(source, sourceStart * elementBytes, destination, start * elementBytes, bytes, ref holds);
        }
        finally
        {
            holds.Release();
        }
    }

    private void ThrowIfUnusable()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        core.ThrowIfUnusable();
    }
}
