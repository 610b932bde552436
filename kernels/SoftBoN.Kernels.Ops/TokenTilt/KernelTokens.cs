using ILGPU;

namespace SoftBoN.Kernels.Ops;

/// <summary>Rows of values of tokens as kernels take them, converted in registers.</summary>
internal partial struct KernelTokens
{
    public ArrayView<float> Wide;
    public ArrayView<ushort> Narrow;
    public long RowStride;
    public int Rows;

    /// <summary>A <see cref="TokenElement"/>.</summary>
    public int Element;

    /// <summary>Whether the values themselves start at a multiple of four elements.</summary>
    public int IsAligned;
}
