using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftBoN.Kernels.Orleans;

/// <summary>Reads what a <see cref="PartWriter"/> wrote, and takes nothing on trust.</summary>
internal unsafe ref struct PartReader(byte[] payload)
{
    private int at;

    /// <summary>The next array's one value.</summary>
    public T Scalar<T>()
        where T : unmanaged =>
        Values<T>(1)[0];

    /// <summary>The next array, where it lies.</summary>
    public ReadOnlySpan<T> Values<T>()
        where T : unmanaged
    {
        if (payload.Length - at < sizeof(long))
        {
            throw Damaged();
        }

        long bytes = Unsafe.ReadUnaligned<long>(ref payload[at]);
        at += sizeof(long);
        if (bytes < 0 || bytes > payload.Length - at || bytes % sizeof(T) != 0)
        {
            throw Damaged();
        }

        ReadOnlySpan<byte> memory = payload.AsSpan(at, (int)bytes);
        at += (int)Math.Min(payload.Length - at, (bytes + 7) / 8 * 8);
        return MemoryMarshal.Cast<byte, T>(memory);
    }

    /// <summary>The next array, which has to be so long.</summary>
    public ReadOnlySpan<T> Values<T>(long count)
        where T : unmanaged
    {
        ReadOnlySpan<T> values = Values<T>();
        return values.Length == count ? values : throw Damaged();
    }

    /// <summary>One value for all rows, or one for each if the next array has any.</summary>
    public PerRow<T> PerRow<T>(T scalar)
        where T : unmanaged
    {
        ReadOnlySpan<T> values = Values<T>();
        return values.IsEmpty ? scalar : values;
    }

    /// <summary>Copies the next array to where a caller wants it; it is empty where nothing is wanted.</summary>
    public void CopyTo<T>(T* destination, long first, long count)
        where T : unmanaged
    {
        ReadOnlySpan<T> values = Values<T>(destination == null ? 0 : count);
        values.CopyTo(new Span<T>(destination + first, values.Length));
    }

    private static ClusterException Damaged() => new("A message of the cluster has another form than its version says.");
}
