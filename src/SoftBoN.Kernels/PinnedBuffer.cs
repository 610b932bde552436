namespace SoftBoN.Kernels;

/// <summary>
/// Memory of the processor that a device reads and writes directly (page-locked): what a queue copies from and to
/// without
/// waiting. On the processor's backends it is ordinary memory.
/// </summary>
/// <remarks>
/// Made by <see cref="SoftBonEngine.CreatePinnedBuffer{T}"/>. While a copy is under way its memory belongs to the
/// queue:
/// synchronize before touching it. A span of it must not be used after <see cref="Dispose"/> or after the engine's end.
/// </remarks>
/// <typeparam name="T">The element's type.</typeparam>
public sealed unsafe class PinnedBuffer<T> : IDisposable
    where T : unmanaged
{
    internal PinnedBuffer(EngineMemory memory, int length)
    {
        Memory = memory;
        Length = length;
    }

    /// <summary>The number of elements.</summary>
    public int Length { get; }

    /// <summary>The memory.</summary>
    /// <exception cref="ObjectDisposedException">The buffer or its engine was disposed of.</exception>
    public Span<T> Span
    {
        get
        {
            Memory.Core.ThrowIfUnusable();
            ObjectDisposedException.ThrowIf(Memory.IsDisposed, this);
            return new Span<T>(((IHostAddress)Memory).Address, Length);
        }
    }

    internal EngineMemory Memory { get; }

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => Memory.Dispose();
}
