using ILGPU;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// A team that goes through tokens, or through the segments of a row as if they were tokens: by turns of a segment a warp,
/// or, where a thread is alone, of one group of four lanes of a segment, in the order in which the canonical sum combines them.
/// </summary>
internal struct TokenTeam<TWarp, TTeam>
    where TWarp : struct, IWarp
    where TTeam : struct, ITeam
{
    /// <summary>The groups of lanes of a segment, as a power of two.</summary>
    private const int LaneBits = 5;

    public TeamPlace Place;

    /// <summary>The turns of one segment.</summary>
    public static int SegmentTurns => TTeam.IsAlone ? CanonicalSum.Groups : 1;

    /// <summary>The first row of the team's group; its other teams have those behind it.</summary>
    public static long FirstRow => SlotRange<TTeam>.First;

    public static long RowStep => SlotRange<TTeam>.Step;

    public static TokenTeam<TWarp, TTeam> Of(in GroupMemory memory)
    {
        TokenTeam<TWarp, TTeam> team = default;
        team.Place = TeamPlace.Of<TTeam>();
        if (TTeam.TakesAnyLength)
        {
            long group = ((long)Grid.IdxY * Grid.DimX) + Grid.IdxX;
            long partials = (long)TokenSumKind.Count * memory.PartialStride;
            team.Place.PartialStride = memory.PartialStride;
            team.Place.Partials = memory.Partials.SubView(group * partials, partials);
        }

        return team;
    }

    /// <summary>The number of the team's row, given that of its group's first.</summary>
    public static long RowOf(long first) => first + SlotRange<TTeam>.Team;

    /// <summary>The turns of a row.</summary>
    public static int RowTurns(int segments) => TTeam.IsAlone ? segments << LaneBits : segments;

    /// <summary>The thread's elements of a segment in a turn.</summary>
    public readonly SegmentRange Range(int segment, int length, int turn) => SegmentRange.Of(
        segment, length, TTeam.IsAlone ? LaneTurn.Of(turn, CanonicalSum.SegmentLength).Lane : Place.Lane);

    /// <summary>The thread's elements of a row in a turn; warps take a segment each.</summary>
    public readonly SegmentRange RowRange(int length, int turn)
    {
        if (!TTeam.IsAlone)
        {
            return SegmentRange.Of(turn + Place.Warp, length, Place.Lane);
        }

        LaneTurn lane = LaneTurn.Of(turn, CanonicalSum.SegmentLength);
        return SegmentRange.Of(lane.Segment, length, lane.Lane);
    }

    /// <summary>A segment's sum; whole after its last turn.</summary>
    public readonly float Sum(in Quad lanes, int kind, int turn) => TTeam.IsAlone
        ? LaneTurn.Fold(lanes.GroupSum, turn & (CanonicalSum.Groups - 1), LaneBits, Place.LaneRoom<TTeam>(kind), in Place)
        : Team<TWarp, TTeam>.SegmentSum(in lanes, in Place);

    /// <summary>A segment's sum, kept until all of the row's are there.</summary>
    public readonly void KeepSum(in Quad lanes, int kind, int turn, int segments)
    {
        float sum = Sum(in lanes, kind, turn);
        if (!TTeam.IsAlone)
        {
            Team<TWarp, TTeam>.KeepSegment(sum, kind, turn + Place.Warp, segments, in Place);
        }
        else if ((turn & (CanonicalSum.Groups - 1)) == CanonicalSum.Groups - 1)
        {
            Team<TWarp, TTeam>.KeepSegment(sum, kind, turn >> LaneBits, segments, in Place);
        }
    }

    /// <summary>The threads' best candidate: the largest key, and among equal ones the lowest number.</summary>
    public readonly TokenBest Best(TokenBest best)
    {
        TokenBest found = best;
        found.Key = Team<TWarp, TTeam>.Max(best.Key, in Place);
        uint mine = best.Key == found.Key ? (uint)best.Number : uint.MaxValue;
        found.Number = (int)Team<TWarp, TTeam>.Fold<SmallestFold>(mine, in Place);
        return found;
    }
}

/// <summary>The best of some candidates; number -1 where there are none.</summary>
internal struct TokenBest
{
    public float Key;
    public int Number;

    public static TokenBest None
    {
        get
        {
            TokenBest none = default;
            none.Key = float.NegativeInfinity;
            none.Number = -1;
            return none;
        }
    }

    /// <summary>Considers a candidate; one with a key of -infinity is none.</summary>
    public void Add(float key, int number)
    {
        bool isBetter = key > Key || (key == Key && number < Number);
        Key = isBetter ? key : Key;
        Number = isBetter ? number : Number;
    }
}
