namespace SoftBoN.Kernels.Ops;

/// <summary>One row: where its rewards are, and where it is in packed per-candidate spans.</summary>
/// <param name="values">The first reward.</param>
/// <param name="stride">Elements from one reward to the next.</param>
/// <param name="length">The number of candidates.</param>
/// <param name="packed">The first candidate's place in packed spans.</param>
/// <param name="offsets">The first candidate's offset, or null.</param>
internal readonly unsafe struct RowView(float* values, long stride, int length, long packed, float* offsets = null)
{
    /// <summary>2^31 - 1024, so that a row's length in whole folds and steps is still an int.</summary>
    public const int LongestRow = int.MaxValue - 1023;

    public readonly float* Values = values;
    public readonly long Stride = stride;
    public readonly int Length = length;
    public readonly long Packed = packed;
    public readonly float* Offsets = offsets;

    /// <summary>A candidate's reward; -infinity, which excludes it, also where its offset is -infinity.</summary>
    public float this[int candidate] =>
        Offsets != null && Offsets[candidate] == float.NegativeInfinity
            ? float.NegativeInfinity
            : Values[candidate * Stride];

    /// <summary>The same row with the packed offsets of a batch, which may be null.</summary>
    public RowView WithOffsets(float* packedOffsets) => packedOffsets == null
        ? this
        : new RowView(Values, Stride, Length, Packed, packedOffsets + Packed);
}
