using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>The elements of a segment that are a thread's: four at First, and every 128 elements until End.</summary>
internal struct SegmentRange
{
    public int First;
    public int End;

    /// <summary>A thread's elements of a segment; none where the segment is past the row's end.</summary>
    public static SegmentRange Of(int segment, int length, int lane)
    {
        SegmentRange range = default;
        int start = segment * CanonicalSum.SegmentLength;
        if (segment <= (length - 1) / CanonicalSum.SegmentLength && length > 0)
        {
            int rest = length - start;
            range.First = start + (lane * CanonicalSum.GroupSize);
            range.End = rest < CanonicalSum.SegmentLength ? length : start + CanonicalSum.SegmentLength;
        }

        return range;
    }
}
