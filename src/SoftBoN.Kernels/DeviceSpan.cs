namespace SoftBoN.Kernels;

/// <summary>
/// A part of a <see cref="DeviceBuffer{T}"/>; the default value is empty and means absent or not wanted.
/// </summary>
/// <typeparam name="T">The element's type.</typeparam>
public readonly struct DeviceSpan<T> : IEquatable<DeviceSpan<T>>
    where T : unmanaged
{
    private DeviceSpan(DeviceBuffer<T> buffer, long start, long length)
    {
        Buffer = buffer;
        Start = start;
        Length = length;
    }

    /// <summary>The buffer; null where the part is empty by default.</summary>
    public DeviceBuffer<T>? Buffer { get; }

    /// <summary>The part's first element in the buffer.</summary>
    public long Start { get; }

    /// <summary>The number of elements.</summary>
    public long Length { get; }

    /// <summary>Whether there is nothing in it.</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>The whole of a buffer; nothing where it is null.</summary>
    /// <param name="buffer">The buffer.</param>
    public static implicit operator DeviceSpan<T>(DeviceBuffer<T>? buffer) =>
        buffer == null ? default : new DeviceSpan<T>(buffer, 0, buffer.Length);

    /// <summary>Whether two are the same part of the same buffer.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(DeviceSpan<T> left, DeviceSpan<T> right) => left.Equals(right);

    /// <summary>Whether two are not the same part of the same buffer.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(DeviceSpan<T> left, DeviceSpan<T> right) => !left.Equals(right);

    /// <summary>A part of this part.</summary>
    /// <param name="start">Its first element, counted from this one's.</param>
    /// <param name="length">The number of its elements.</param>
    /// <returns>The part.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It does not lie within this one.</exception>
    public DeviceSpan<T> Slice(long start, long length)
    {
        Throw.IfOutside(start, length, Length);
        return Buffer == null ? default : new DeviceSpan<T>(Buffer, Start + start, length);
    }

    /// <inheritdoc/>
    public bool Equals(DeviceSpan<T> other) =>
        ReferenceEquals(Buffer, other.Buffer) && Start == other.Start && Length == other.Length;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is DeviceSpan<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Buffer, Start, Length);
}
