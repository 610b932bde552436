using System.Runtime.InteropServices;

namespace SoftBoN.Kernels.Jobs;

/// <summary>
/// Memory that starts at a cache line, outside the collected heap: where an array happens to lie would otherwise decide
/// how many loads straddle two lines, and favour one contender by chance.
/// </summary>
internal sealed unsafe class AlignedBuffer<T> : IDisposable
    where T : unmanaged
{
    private const nuint Alignment = 64;

    private readonly int length;
    private T* memory;

    public AlignedBuffer(long length)
    {
        this.length = checked((int)length);
        nuint bytes = (nuint)length * (nuint)sizeof(T);
        memory = (T*)NativeMemory.AlignedAlloc((bytes + Alignment - 1) / Alignment * Alignment, Alignment);
        Span.Clear();
    }

    ~AlignedBuffer() => Free();

    public Span<T> Span => new(memory, length);

    public T* Pointer => memory;

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(memory);
        memory = null;
    }
}
