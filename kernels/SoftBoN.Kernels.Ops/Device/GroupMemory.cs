using ILGPU;

namespace SoftBoN.Kernels.Ops;

/// <summary>Global memory of the groups of a grid, for rows on which a whole group works.</summary>
internal struct GroupMemory
{
    private const int SegmentsOfSums = 512;

    /// <summary>Room for surplus warps and for the sums of sums of segments.</summary>
    private const int ExtraPartials = 64;

    /// <summary>Sums of segments: for each group, <see cref="SumTerms.Kinds"/> times the stride.</summary>
    public ArrayView<float> Partials;

    /// <summary>A bit per candidate: for each group, a word for each lane of each segment.</summary>
    public ArrayView<uint> Marks;

    /// <summary>Room for the sums of the longest row's segments, and of segments of those.</summary>
    public int PartialStride;

    public int HasMarks;

    /// <summary>The <see cref="PartialStride"/> of rows of so many segments.</summary>
    public static int StrideOf(int segments) => segments + (segments / SegmentsOfSums) + ExtraPartials;
}
