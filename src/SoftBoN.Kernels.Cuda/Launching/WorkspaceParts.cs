using SoftBoN.Kernels.Cuda.Arguments;

namespace SoftBoN.Kernels.Cuda.Launching;

/// <summary>Hands out parts of the workspace, or only counts them.</summary>
internal struct WorkspaceParts(nuint start)
{
    private const int Alignment = 256;

    /// <summary>The bytes that were asked for so far.</summary>
    public long Bytes { get; private set; }

    public KernelView Take(long count, int bytesOfOne)
    {
        var view = new KernelView(start + (nuint)Bytes, count);
        Bytes += ((count * bytesOfOne) + Alignment - 1) / Alignment * Alignment;
        return view;
    }
}
