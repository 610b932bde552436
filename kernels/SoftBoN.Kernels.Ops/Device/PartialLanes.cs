using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>The sums of segments that a team has in memory, summed by the rule by which segments are.</summary>
internal static class PartialLanes
{
    /// <summary>A group of lanes over a segment of them.</summary>
    public static Quad Of(int start, int count, int segment, int lane, in TeamPlace place)
    {
        Quad lanes = default;
        SegmentRange range = SegmentRange.Of(segment, count, lane);
        for (int i = range.First; i < range.End; i += CanonicalSum.Lanes)
        {
            lanes.Add(Quad.Load(place.Partials, start, i, range.End, isAligned: false, 0f));
        }

        return lanes;
    }
}
