using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>Four lanes of a product in the making.</summary>
internal struct ScaledQuad
{
    public ScaledFloat A;
    public ScaledFloat B;
    public ScaledFloat C;
    public ScaledFloat D;

    public static ScaledQuad Ones
    {
        get
        {
            ScaledQuad ones = default;
            ones.A = new ScaledFloat(1f, 0);
            ones.B = ones.A;
            ones.C = ones.A;
            ones.D = ones.A;
            return ones;
        }
    }

    /// <summary>The product of a group of four lanes, as the canonical order has it.</summary>
    public readonly ScaledFloat GroupProduct => A.Times(C).Times(B.Times(D));

    /// <summary>Multiplies four lanes by four rewards, those past the end of a row left out.</summary>
    public void Multiply(in Quad rewards, int element, int length)
    {
        A = A.Times(ScaledFloat.Of(rewards.A, element < length));
        B = B.Times(ScaledFloat.Of(rewards.B, element + 1 < length));
        C = C.Times(ScaledFloat.Of(rewards.C, element + 2 < length));
        D = D.Times(ScaledFloat.Of(rewards.D, element + 3 < length));
    }
}

/// <summary>The canonical product of a row that a team has: its segments', then the products of those.</summary>
internal static class TeamProduct<TWarp, TTeam>
    where TWarp : struct, IWarp
    where TTeam : struct, ITeam
{
    /// <summary>The turns of a whole segment for a thread that is alone, as a power of two.</summary>
    private const int WholeBits = 5;

    /// <summary>The product, which all threads get.</summary>
    public static ScaledFloat Of(in TeamRow<TWarp, TTeam> team)
    {
        ScaledFloat product = ScaledQuad.Ones.A;
        int length = team.Row.Length;
        int turns = team.Turns;
        for (int turn = 0; turn < turns; turn += team.Place.Warps)
        {
            ScaledQuad lanes = ScaledQuad.Ones;
            SegmentRange range = team.Range(turn);
            for (int i = range.First; i < range.End; i += CanonicalSum.Lanes)
            {
                Quad rewards = team.Included(i);
                lanes.Multiply(in rewards, i, length);
            }

            product = Fold(lanes.GroupProduct, turn, length, in team.Place);
            Keep(product, turn, length, team.Segments, in team.Place);
        }

        return OfSegments(product, team.Segments, in team.Place);
    }

    /// <summary>A segment's product from the threads' groups; alone, from those before, whole in the last turn.</summary>
    private static ScaledFloat Fold(ScaledFloat group, int turn, int length, in TeamPlace place)
    {
        if (TTeam.IsAlone)
        {
            int bits = LaneTurn.Bits(length);
            return FoldAlone(group, turn & ((1 << bits) - 1), bits, in place);
        }

        float significand = group.Significand;
        int exponent = group.Exponent;
        for (int mask = TTeam.Threads / 2; mask > 0; mask >>= 1)
        {
            float other = Bits.ToFloat(TWarp.Xor(Bits.Of(significand), mask, in place));
            int power = (int)TWarp.Xor((uint)exponent, mask, in place);
            ScaledFloat joined = new ScaledFloat(significand, exponent).Times(new ScaledFloat(other, power));
            significand = joined.Significand;
            exponent = joined.Exponent;
        }

        return new ScaledFloat(significand, exponent);
    }

    private static ScaledFloat FoldAlone(ScaledFloat group, int turn, int bits, in TeamPlace place)
    {
        int room = place.LaneRoom<TTeam>(0);
        int level = 0;
        ScaledFloat product = group;
        while (((turn >> level) & 1) != 0)
        {
            product = At(room + level, in place).Times(product);
            level++;
        }

        if (level < bits)
        {
            Put(product, room + level, in place);
        }

        return product;
    }

    /// <summary>Keeps a segment's product until all are there; a team of one warp has it already.</summary>
    private static void Keep(ScaledFloat product, int turn, int length, int segments, in TeamPlace place)
    {
        if (!TTeam.TakesAnyLength)
        {
            return;
        }

        int bits = TTeam.IsAlone ? LaneTurn.Bits(length) : 0;
        int last = (1 << bits) - 1;
        int segment = TTeam.IsAlone ? turn >> bits : turn + place.Warp;
        if (place.Lane == 0 && segment < segments && (turn & last) == last)
        {
            Put(product, segment, in place);
        }
    }

    /// <summary>The product of segments, by the rule by which they were made.</summary>
    private static ScaledFloat OfSegments(ScaledFloat only, int segments, in TeamPlace place)
    {
        if (!TTeam.TakesAnyLength)
        {
            return only;
        }

        int start = 0;
        int count = segments;
        Team<TWarp, TTeam>.Barrier();
        while (count > 1)
        {
            int next = (count + CanonicalSum.SegmentLength - 1) / CanonicalSum.SegmentLength;
            for (int turn = 0; turn < next; turn += place.Warps)
            {
                int segment = turn + place.Warp;
                ScaledFloat partial = TTeam.IsAlone
                    ? OfKeptAlone(start, count, segment, in place)
                    : Fold(GroupOfKept(start, count, segment, place.Lane, in place), turn, count, in place);
                if (place.Lane == 0 && segment < next)
                {
                    Put(partial, start + count + segment, in place);
                }
            }

            Team<TWarp, TTeam>.Barrier();
            start += count;
            count = next;
        }

        ScaledFloat total = At(start, in place);
        Team<TWarp, TTeam>.Barrier();
        return total;
    }

    private static ScaledFloat OfKeptAlone(int start, int count, int segment, in TeamPlace place)
    {
        ScaledFloat product = ScaledQuad.Ones.A;
        for (int turn = 0; turn < CanonicalSum.Groups; turn++)
        {
            int lane = LaneTurn.Of(turn, CanonicalSum.SegmentLength).Lane;
            product = FoldAlone(GroupOfKept(start, count, segment, lane, in place), turn, WholeBits, in place);
        }

        return product;
    }

    /// <summary>A group of four lanes over a segment of kept products.</summary>
    private static ScaledFloat GroupOfKept(int start, int count, int segment, int lane, in TeamPlace place)
    {
        ScaledQuad lanes = ScaledQuad.Ones;
        SegmentRange range = SegmentRange.Of(segment, count, lane);
        for (int i = range.First; i < range.End; i += CanonicalSum.Lanes)
        {
            lanes.A = lanes.A.Times(At(start, i, range.End, in place));
            lanes.B = lanes.B.Times(At(start, i + 1, range.End, in place));
            lanes.C = lanes.C.Times(At(start, i + 2, range.End, in place));
            lanes.D = lanes.D.Times(At(start, i + 3, range.End, in place));
        }

        return lanes.GroupProduct;
    }

    /// <summary>What was kept of a segment; 1 past the last.</summary>
    private static ScaledFloat At(int start, int segment, int end, in TeamPlace place)
    {
        bool exists = segment < end;
        ScaledFloat kept = At(start + (exists ? segment : 0), in place);
        return new ScaledFloat(exists ? kept.Significand : 1f, exists ? kept.Exponent : 0);
    }

    /// <summary>Significands are the first of the team's sums, exponents the second, as bits.</summary>
    private static ScaledFloat At(int index, in TeamPlace place) =>
        new(place.Partials[index], (int)Bits.Of(place.Partials[place.PartialStride + index]));

    private static void Put(ScaledFloat product, int index, in TeamPlace place)
    {
        place.Partials[index] = product.Significand;
        place.Partials[place.PartialStride + index] = Bits.ToFloat((uint)product.Exponent);
    }
}
