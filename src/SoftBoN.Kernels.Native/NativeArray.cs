namespace SoftBoN.Kernels.Native;

/// <summary>An array of the caller: an address and how many values are there (softbon_f32_in and its like).</summary>
internal unsafe struct NativeArray<T>
    where T : unmanaged
{
    public T* Data;
    public long Count;

    /// <summary>The values; empty where the array is absent.</summary>
    /// <param name="name">What the caller calls it.</param>
    /// <param name="part">And which part of that it is; names are put together for faults alone.</param>
    /// <exception cref="NativeFault">Address and count contradict each other, or there are too many values.</exception>
    public readonly ReadOnlySpan<T> Read(string name, string part = "")
    {
        Check(name, part);
        if (Count > int.MaxValue)
        {
            NativeFault.Unsupported(
                $"{name}{part}.count is {Count}, and a call takes {int.MaxValue}; pass fewer rows a call.");
        }

        return new ReadOnlySpan<T>(Data, (int)Count);
    }

    /// <summary>Memory for results, which may be more than is needed.</summary>
    /// <inheritdoc cref="Read"/>
    public readonly Span<T> Write(string name)
    {
        Check(name);
        return new Span<T>(Data, (int)Math.Min(Count, int.MaxValue));
    }

    /// <summary>Throws where the array cannot be what it says.</summary>
    public readonly void Check(string name, string part = "") => Check(Data, Count, sizeof(T), name, part);

    /// <summary>Throws where an address and a count contradict each other.</summary>
    public static void Check(void* data, long count, int alignment, string name, string part = "")
    {
        if (count < 0)
        {
            NativeFault.Argument($"{name}{part}.count is {count}; it must be at least 0.");
        }

        if (data == null && count > 0)
        {
            NativeFault.Argument($"{name}{part}.data is null and {name}{part}.count is {count}; pass memory, or 0 values.");
        }

        if ((nuint)data % (nuint)alignment != 0)
        {
            NativeFault.Argument(
                $"{name}{part}.data is {(nuint)data:x}, which is no multiple of {alignment} bytes; pass aligned memory.");
        }
    }
}
