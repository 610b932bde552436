namespace ILGPU;

// The sources that make the kernels' arguments and plan their launches are the kernels' own (see the project file), and name a
// few types of ILGPU's. These stand in for them, so that the assembly needs no ILGPU. Their layout is that of the PTX.

/// <summary>An array in device memory as kernels take it: an address and a number of values.</summary>
/// <typeparam name="T">The values' type.</typeparam>
internal readonly record struct ArrayView<T>(nuint Address, long Length)
    where T : unmanaged
{
    /// <summary>A part of it.</summary>
    public unsafe ArrayView<T> SubView(long start, long length) => new(Address + (nuint)(start * sizeof(T)), length);

    /// <summary>The same memory as values of another type.</summary>
    public unsafe ArrayView<TOther> Cast<TOther>()
        where TOther : unmanaged => new(Address, Length * sizeof(T) / sizeof(TOther));
}

/// <summary>The size of a type.</summary>
internal static class Interop
{
    public static unsafe int SizeOf<T>()
        where T : unmanaged => sizeof(T);
}

/// <summary>The groups of a launch, or the threads of a group.</summary>
internal readonly record struct Index3D(int X, int Y, int Z);

/// <summary>The groups of a launch and their threads.</summary>
internal readonly record struct KernelConfig(Index3D Grid, Index3D Group)
{
    public KernelConfig(int groups, int threads)
        : this(new Index3D(groups, 1, 1), new Index3D(threads, 1, 1))
    {
    }
}
