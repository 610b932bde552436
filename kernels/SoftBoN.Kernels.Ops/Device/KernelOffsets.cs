using ILGPU;

namespace SoftBoN.Kernels.Ops;

/// <summary>Offsets of candidates as kernels take them.</summary>
internal partial struct KernelOffsets
{
    public ArrayView<float> Values;
    public int IsGiven;
    public int IsAligned;
}
