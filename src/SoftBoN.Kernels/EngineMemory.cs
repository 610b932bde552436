namespace SoftBoN.Kernels;

/// <summary>
/// Memory that an engine allocated. It is given back when its owner has disposed of it and nobody who is about to use
/// it holds
/// it any more.
/// </summary>
internal abstract class EngineMemory(EngineCore core, long bytes)
{
    private readonly Lock gate = new();
    private int holders = 1;
    private bool disposed;

    public EngineCore Core => core;

    public long Bytes => bytes;

    /// <summary>Whether it is memory of the processor that a device can reach.</summary>
    public virtual bool IsPinned => false;

    /// <summary>Keeps the memory until <see cref="Release"/>; false where it was disposed of.</summary>
    public bool TryHold()
    {
        lock (gate)
        {
            holders += disposed ? 0 : 1;
            return !disposed;
        }
    }

    public void Release()
    {
        bool last;
        lock (gate)
        {
            last = --holders == 0;
        }

        if (last)
        {
            Free();
        }
    }

    /// <summary>Lets nobody hold it any more.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (disposed)
            {
                return;
            }

            disposed = true;
        }

        Release();
    }

    public bool IsDisposed
    {
        get
        {
            lock (gate)
            {
                return disposed;
            }
        }
    }

    /// <summary>Copies from the caller's memory and waits until that is done.</summary>
    public abstract unsafe void CopyFrom(void* source, long offset, long count);

    /// <summary>Copies to the caller's memory and waits until that is done.</summary>
    public abstract unsafe void CopyTo(void* destination, long offset, long count);

    protected abstract void Free();
}
