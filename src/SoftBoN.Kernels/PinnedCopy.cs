using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftBoN.Kernels;

/// <summary>Arrays that never move, so that arguments which are made once can point into them.</summary>
internal static unsafe class PinnedCopy
{
    public static T[] Of<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        T[] copy = GC.AllocateUninitializedArray<T>(values.Length, pinned: true);
        values.CopyTo(copy);
        return copy;
    }

    /// <summary>Where a pinned array starts; null where it is empty.</summary>
    public static T* Address<T>(T[] pinned)
        where T : unmanaged => pinned.Length == 0
            ? null
            : (T*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
}
