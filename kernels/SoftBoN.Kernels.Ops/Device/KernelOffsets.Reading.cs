namespace SoftBoN.Kernels.Ops;

/// <content>How kernels read offsets.</content>
internal partial struct KernelOffsets
{
    /// <summary>One offset; 0 where none are given.</summary>
    public readonly float One(in KernelRow row, int element) => IsGiven == 0 ? 0f : Values[row.Packed + element];

    /// <summary>Four offsets; 0 past the end and where none are given.</summary>
    public readonly Quad Load(in KernelRow row, int element) => IsGiven == 0
        ? default
        : Quad.Load(Values, row.Packed, element, row.Length, IsAligned != 0 && row.IsPackedAligned, 0f);
}
