using ILGPU;

namespace SoftBoN.Kernels.Ops;

/// <summary>Offsets of candidates as kernels take them.</summary>
internal struct KernelOffsets
{
    public ArrayView<float> Values;
    public int IsGiven;
    public int IsAligned;

    /// <summary>One offset; 0 where none are given.</summary>
    public readonly float One(in KernelRow row, int element) => IsGiven == 0 ? 0f : Values[row.Packed + element];

    /// <summary>Four offsets; 0 past the end and where none are given.</summary>
    public readonly Quad Load(in KernelRow row, int element) => IsGiven == 0
        ? default
        : Quad.Load(Values, row.Packed, element, row.Length, IsAligned != 0 && row.IsPackedAligned, 0f);
}
