using System.Runtime.CompilerServices;

namespace SoftBoN.Kernels;

/// <summary>
/// The buffers that one piece of work uses: they are of its engine, stay allocated until the work has been given to the
/// device, and no output overlaps anything else.
/// </summary>
internal unsafe struct BufferHolds
{
    private const int Most = 40;

    private Pieces pieces;
    private int count;

    /// <summary>Adds memory that is read; absent where the span is empty.</summary>
    public void Reads<T>(EngineCore core, DeviceSpan<T> span, long needed, string name)
        where T : unmanaged
    {
        if (span.Buffer == null)
        {
            return;
        }

        if (span.Length < needed)
        {
            Throw.Argument($"{name} has {span.Length} values and {needed} are needed; pass as many or more.", name);
        }

        Add(core, span.Buffer.Memory, span.Start * sizeof(T), needed * sizeof(T), name, isWritten: false);
    }

    /// <summary>Adds memory that is written; not wanted where the span is empty.</summary>
    public void Writes<T>(EngineCore core, DeviceSpan<T> span, long needed, string name)
        where T : unmanaged
    {
        if (span.Buffer == null)
        {
            return;
        }

        if (span.Length < needed)
        {
            Throw.Argument($"{name} holds {span.Length} values and {needed} are needed; pass more memory or none.", name);
        }

        Add(core, span.Buffer.Memory, span.Start * sizeof(T), needed * sizeof(T), name, isWritten: true);
    }

    /// <summary>Adds memory of any kind.</summary>
    public void Add(EngineCore core, EngineMemory memory, long start, long bytes, string name, bool isWritten)
    {
        if (!ReferenceEquals(memory.Core, core))
        {
            Throw.Argument($"{name} is a buffer of another engine; buffers and queues of one engine go together.", name);
        }

        Type type = memory.IsPinned ? typeof(PinnedBuffer<>) : typeof(DeviceBuffer<>);
        ObjectDisposedException.ThrowIf(!memory.TryHold(), type);
        pieces[count++] = new Piece(memory, start, start + bytes, name, isWritten);
        for (int i = 0; i < count - 1 && bytes > 0; i++)
        {
            Piece other = pieces[i];
            if ((isWritten || other.IsWritten) && ReferenceEquals(other.Memory, memory)
                && start < other.End && other.Start < start + bytes)
            {
                Throw.Argument($"{name} overlaps {other.Name}; pass memory of its own.", name);
            }
        }
    }

    /// <summary>Lets all of them go; done twice it does nothing.</summary>
    public void Release()
    {
        while (count > 0)
        {
            pieces[--count].Memory.Release();
            pieces[count] = default;
        }
    }

    private readonly record struct Piece(EngineMemory Memory, long Start, long End, string Name, bool IsWritten);

    [InlineArray(Most)]
    private struct Pieces
    {
        private Piece first;
    }
}
