using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftBoN.Kernels.Orleans;

/// <summary>
/// Writes arrays one after the other: the length of each in bytes, then its values, at multiples of 8. What is written is
/// measured first, so that the memory is allocated once and is exactly as long.
/// </summary>
internal unsafe struct PartWriter
{
    private const int Alignment = 8;

    private byte[]? buffer;

    /// <summary>The bytes so far.</summary>
    public long Length { get; private set; }

    /// <summary>What was written.</summary>
    public readonly byte[] Buffer => buffer!;

    /// <summary>A writer with memory for as much as this one measured.</summary>
    /// <param name="limit">The most that it may be.</param>
    /// <exception cref="ClusterException">It is more.</exception>
    public readonly PartWriter Allocate(int limit) => Length <= limit
        ? new() { buffer = GC.AllocateUninitializedArray<byte>((int)Length) }
        : throw new ClusterException($"A message has {Length} bytes and the limit is {limit}; raise MaxMessageBytes.");

    /// <summary>Writes one value.</summary>
    public void Scalar<T>(in T value)
        where T : unmanaged
    {
        if (Reserve(1, out Span<T> place))
        {
            place[0] = value;
        }
    }

    /// <summary>Writes values that lie side by side; an empty array where there are none.</summary>
    public void Values<T>(T* values, long first, long count)
        where T : unmanaged
    {
        if (values == null)
        {
            count = 0;
        }

        if (Reserve(count, out Span<T> place))
        {
            new ReadOnlySpan<T>(values + first, place.Length).CopyTo(place);
        }
    }

    /// <summary>Makes place for values that are written there later, or for none where they are not wanted.</summary>
    public Span<T> Place<T>(bool isWanted, long count)
        where T : unmanaged
    {
        Reserve(isWanted ? count : 0, out Span<T> place);
        return place;
    }

    /// <summary>Makes place for values.</summary>
    /// <returns>Whether there is memory, and not only a measure.</returns>
    public bool Reserve<T>(long count, out Span<T> place)
        where T : unmanaged
    {
        long bytes = count * sizeof(T);
        long start = Length + sizeof(long);
        Length = start + ((bytes + (Alignment - 1)) / Alignment * Alignment);
        if (buffer == null)
        {
            place = default;
            return false;
        }

        Unsafe.WriteUnaligned(ref buffer[start - sizeof(long)], bytes);
        Span<byte> memory = buffer.AsSpan((int)start, (int)(Length - start));
        memory[(int)bytes..].Clear();
        place = MemoryMarshal.Cast<byte, T>(memory[..(int)bytes]);
        return true;
    }

    /// <summary>The bytes that an array of so many values takes.</summary>
    public static long BytesOf<T>(long count)
        where T : unmanaged =>
        sizeof(long) + ((count * sizeof(T)) + (Alignment - 1)) / Alignment * Alignment;
}
