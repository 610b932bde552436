using ILGPU;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>A dot product in the making: the last segment's sum, and the lanes of the sum of all segments.</summary>
internal struct HeadSum
{
    public float Last;
    public Quad Lanes;
}

/// <summary>
/// A team that makes canonical dot products, a warp a row. Segments' sums go into the lanes of a sum of their own, in
/// registers: a row has 1,024 of them at most. A thread that is alone keeps them in memory.
/// </summary>
internal struct HeadTeam<TWarp, TTeam>
    where TWarp : struct, IWarp
    where TTeam : struct, ITeam
{
    /// <summary>Dot products that are made at a time.</summary>
    public const int Products = RewardKernelArgs.Products;

    public TeamPlace Place;

    public static HeadTeam<TWarp, TTeam> Of(in GroupMemory memory)
    {
        HeadTeam<TWarp, TTeam> team = default;
        team.Place = TeamPlace.Of<TTeam>();
        if (TTeam.IsAlone)
        {
            long group = ((long)Grid.IdxY * Grid.DimX) + Grid.IdxX;
            long partials = (long)Products * memory.PartialStride;
            team.Place.PartialStride = memory.PartialStride;
            team.Place.Partials = memory.Partials.SubView(group * partials, partials);
        }

        return team;
    }

    /// <summary>The turns of a row: a segment each, or, alone, a group of lanes of a segment.</summary>
    public static int Turns(int length) =>
        TTeam.IsAlone ? Segments(length) << LaneTurn.Bits(length) : Segments(length);

    /// <summary>The thread's elements of a row in a turn.</summary>
    public readonly SegmentRange Range(int length, int turn)
    {
        if (!TTeam.IsAlone)
        {
            return SegmentRange.Of(turn, length, Place.Lane);
        }

        LaneTurn lane = LaneTurn.Of(turn, length);
        return SegmentRange.Of(lane.Segment, length, lane.Lane);
    }

    /// <summary>Adds what a turn has summed.</summary>
    public readonly void Add(in Quad lanes, int product, int length, int turn, ref HeadSum sum)
    {
        if (!TTeam.IsAlone)
        {
            sum.Last = Team<TWarp, TTeam>.SegmentSum(in lanes, in Place);
            bool isMine = (turn & (CanonicalSum.Lanes - 1)) / CanonicalSum.GroupSize == Place.Lane;
            float mine = isMine ? sum.Last : 0f;
            int lane = turn & (CanonicalSum.GroupSize - 1);
            sum.Lanes.A += lane == 0 ? mine : 0f;
            sum.Lanes.B += lane == 1 ? mine : 0f;
            sum.Lanes.C += lane == 2 ? mine : 0f;
            sum.Lanes.D += lane == 3 ? mine : 0f;
            return;
        }

        int bits = LaneTurn.Bits(length);
        int last = (1 << bits) - 1;
        int inSegment = turn & last;
        float folded = LaneTurn.Fold(lanes.GroupSum, inSegment, bits, Place.LaneRoom<TTeam>(product), in Place);
        if (inSegment == last)
        {
            Team<TWarp, TTeam>.KeepSegment(folded, product, turn >> bits, Segments(length), in Place);
        }
    }

    /// <summary>The product, which all threads get.</summary>
    public readonly float Total(in HeadSum sum, int product, int length)
    {
        if (TTeam.IsAlone)
        {
            return Team<TWarp, TTeam>.RowSum(0f, product, Segments(length), in Place);
        }

        return Segments(length) > 1 ? Team<TWarp, TTeam>.SegmentSum(in sum.Lanes, in Place) : sum.Last;
    }

    private static int Segments(int length) => (length + CanonicalSum.SegmentLength - 1) / CanonicalSum.SegmentLength;
}
