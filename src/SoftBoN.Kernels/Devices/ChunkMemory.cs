namespace SoftBoN.Kernels.Devices;

/// <summary>How a chunk's arrays lie in its memory.</summary>
internal static class ChunkMemory
{
    /// <summary>Every array begins at a multiple of this: wide loads, and copies that start on a cache line.</summary>
    private const long Alignment = 256;

    public static long Align(long offset) => (offset + Alignment - 1) & -Alignment;
}
