using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// How a thread that is alone goes through a segment: one group of four lanes after the other, in the order in which the
/// canonical sum combines them, so that a handful of partial sums are kept and not one for each lane.
/// </summary>
/// <remarks>
/// The canonical sum combines groups of lanes at distances of 16, 8, 4, 2 and 1 groups. With the bits of the groups'
/// numbers reversed those are neighbours first, then pairs of neighbours and so on. Groups past a row's end count +0, which
/// changes no sum, so a short row has fewer turns: a power of two.
/// </remarks>
internal struct LaneTurn
{
    /// <summary>Room for the partial sums of one of a segment's sums.</summary>
    public const int Room = SplitMemory.RoomOfLane;

    /// <summary>The bits of the number of a group of lanes.</summary>
    private const int MostBits = 5;

    public int Segment;

    /// <summary>The number of the group of lanes.</summary>
    public int Lane;

    /// <summary>The turns of a segment of a row, as a power of two.</summary>
    public static int Bits(int length)
    {
        int bits = length > 4 ? 1 : 0;
        bits += length > 8 ? 1 : 0;
        bits += length > 16 ? 1 : 0;
        bits += length > 32 ? 1 : 0;
        return bits + (length > 64 ? 1 : 0);
    }

    /// <summary>What a turn is for.</summary>
    public static LaneTurn Of(int turn, int length)
    {
        int bits = Bits(length);
        LaneTurn lane = default;
        lane.Segment = turn >> bits;
        lane.Lane = Reversed(turn & ((1 << bits) - 1), bits);
        return lane;
    }

    /// <summary>The turn in which a segment's group of lanes is looked at.</summary>
    public static int Find(int segment, int lane, int length)
    {
        int bits = Bits(length);
        return (segment << bits) + Reversed(lane, bits);
    }

    /// <summary>
    /// Adds the sum of a group of lanes to those before it; in a segment's last turn that is the segment's sum.
    /// </summary>
    /// <param name="sum">The sum of the four lanes.</param>
    /// <param name="turn">The turn in the segment.</param>
    /// <param name="bits">The turns of a segment, as a power of two.</param>
    /// <param name="at">Where partial sums are kept.</param>
    /// <param name="place">The memory they are kept in.</param>
    public static float Fold(float sum, int turn, int bits, int at, in TeamPlace place)
    {
        int level = 0;
        while (((turn >> level) & 1) != 0)
        {
            sum = place.Partials[at + level] + sum;
            level++;
        }

        if (level < bits)
        {
            place.Partials[at + level] = sum;
        }

        return sum;
    }

    private static int Reversed(int number, int bits)
    {
        int reversed = ((number & 1) << 4) | ((number & 2) << 2) | (number & 4) | ((number & 8) >> 2) | (number >> 4);
        return reversed >> (MostBits - bits);
    }

    /// <summary>The sum of a segment of values that are in the team's memory.</summary>
    /// <param name="start">Where the values are.</param>
    /// <param name="count">How many of all segments.</param>
    /// <param name="segment">The segment.</param>
    /// <param name="room">Where partial sums are kept.</param>
    /// <param name="place">The team's memory.</param>
    public static float SegmentSum(int start, int count, int segment, int room, in TeamPlace place)
    {
        float sum = 0f;
        for (int turn = 0; turn < CanonicalSum.Groups; turn++)
        {
            Quad lanes = PartialLanes.Of(start, count, segment, Reversed(turn, MostBits), in place);
            sum = Fold(lanes.GroupSum, turn, MostBits, room, in place);
        }

        return sum;
    }
}
