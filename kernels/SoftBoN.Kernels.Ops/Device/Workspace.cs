using ILGPU;

namespace SoftBoN.Kernels.Ops;

/// <summary>Hands out parts of a call's device memory, or only counts them.</summary>
internal struct Workspace(ArrayView<byte> memory)
{
    private const int Alignment = 256;

    /// <summary>The bytes that were asked for so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>The next part.</summary>
    public ArrayView<T> Take<T>(long count)
        where T : unmanaged
    {
        long start = Bytes;
        long bytes = count * Interop.SizeOf<T>();
        Bytes = start + ((bytes + Alignment - 1) / Alignment * Alignment);
        return count == 0 || memory.Length < Bytes ? default : memory.SubView(start, bytes).Cast<T>();
    }
}
