using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// What the threads of a team make together. Every thread of the group calls these at the same time, also where its row is
/// done or there is none, because some warps exchange through memory that the whole group waits for.
/// </summary>
internal static class Team<TWarp, TTeam>
    where TWarp : struct, IWarp
    where TTeam : struct, ITeam
{
    /// <summary>All threads' words folded into one, which all of them get.</summary>
    public static uint Fold<TFold>(uint value, in TeamPlace place)
        where TFold : struct, IFold
    {
        if (!TWarp.WritesOut)
        {
            for (int mask = TTeam.Threads / 2; mask > 0; mask >>= 1)
            {
                value = TFold.Of(value, TWarp.Xor(value, mask, in place));
            }

            return TTeam.IsGroup ? AcrossWarps<TFold>(value, in place) : value;
        }

        if (TTeam.Threads >= 32)
        {
            value = TFold.Of(value, TWarp.Xor(value, 16, in place));
        }

        if (TTeam.Threads >= 16)
        {
            value = TFold.Of(value, TWarp.Xor(value, 8, in place));
        }

        value = TFold.Of(value, TWarp.Xor(value, 4, in place));
        value = TFold.Of(value, TWarp.Xor(value, 2, in place));
        value = TFold.Of(value, TWarp.Xor(value, 1, in place));
        return TTeam.IsGroup ? AcrossWarps<TFold>(value, in place) : value;
    }

    /// <summary>Whether anything is true for any thread.</summary>
    public static bool Any(bool value, in TeamPlace place) => Fold<OrFold>(value ? 1u : 0u, in place) != 0;

    /// <summary>The largest of all threads' floats; none is NaN.</summary>
    public static float Max(float value, in TeamPlace place) =>
        Bits.ToFloat(Fold<MaxFold>(Bits.Of(value), in place));

    /// <summary>The sum of a segment from the threads' lanes: five exchanges at distances of 64, 32, 16, 8, 4 lanes.</summary>
    public static float SegmentSum(in Quad lanes, in TeamPlace place)
    {
        float sum = lanes.GroupSum;
        if (!TWarp.WritesOut)
        {
            for (int mask = TTeam.Threads / 2; mask > 0; mask >>= 1)
            {
                sum += Xor(sum, mask, in place);
            }

            return sum;
        }

        if (TTeam.Threads >= 32)
        {
            sum += Xor(sum, 16, in place);
        }

        if (TTeam.Threads >= 16)
        {
            sum += Xor(sum, 8, in place);
        }

        sum += Xor(sum, 4, in place);
        sum += Xor(sum, 2, in place);
        sum += Xor(sum, 1, in place);
        return sum;
    }

    /// <summary>Keeps the sum of a segment until <see cref="RowSum"/>; a team of one warp has it already.</summary>
    public static void KeepSegment(float sum, int kind, int segment, int segments, in TeamPlace place)
    {
        if (TTeam.TakesAnyLength && place.Lane == 0 && segment < segments)
        {
            place.Partials[(kind * place.PartialStride) + segment] = sum;
        }
    }

    /// <summary>The sum of a row of segments, by the rule by which the segments were summed.</summary>
    /// <param name="sum">The only segment's sum, for a team of one warp.</param>
    /// <param name="kind">Which of the row's sums.</param>
    /// <param name="segments">The number of segments that were kept.</param>
    /// <param name="place">The thread's place.</param>
    public static float RowSum(float sum, int kind, int segments, in TeamPlace place)
    {
        if (!TTeam.TakesAnyLength)
        {
            return sum;
        }

        int start = kind * place.PartialStride;
        int count = segments;
        Barrier();
        while (count > 1)
        {
            int next = (count + CanonicalSum.SegmentLength - 1) / CanonicalSum.SegmentLength;
            for (int turn = 0; turn < next; turn += place.Warps)
            {
                int segment = turn + place.Warp;
                float partial = TTeam.IsAlone
                    ? LaneTurn.SegmentSum(start, count, segment, place.LaneRoom<TTeam>(kind), in place)
                    : SegmentSum(PartialLanes.Of(start, count, segment, place.Lane, in place), in place);
                if (place.Lane == 0 && segment < next)
                {
                    place.Partials[start + count + segment] = partial;
                }
            }

            Barrier();
            start += count;
            count = next;
        }

        float total = place.Partials[start];
        Barrier();
        return total;
    }

    /// <summary>The team's threads wait for each other, and see what the others wrote; nothing where a thread is alone.</summary>
    public static void Barrier()
    {
        if (!TTeam.IsAlone)
        {
            DeviceIntrinsics.Barrier();
        }
    }

    /// <summary>The best candidate of all threads'.</summary>
    /// <typeparam name="TFull">Whether elements are not indices, or second keys are wanted.</typeparam>
    public static Candidate Best<TFull>(Candidate best, in TeamPlace place)
        where TFull : struct, IFlag
    {
        if (!TWarp.WritesOut)
        {
            for (int mask = TTeam.Threads / 2; mask > 0; mask >>= 1)
            {
                best.Merge(Xor<TFull>(in best, mask, in place));
            }

            return TTeam.IsGroup ? BestAcrossWarps(best, in place) : best;
        }

        if (TTeam.Threads >= 32)
        {
            best.Merge(Xor<TFull>(in best, 16, in place));
        }

        if (TTeam.Threads >= 16)
        {
            best.Merge(Xor<TFull>(in best, 8, in place));
        }

        best.Merge(Xor<TFull>(in best, 4, in place));
        best.Merge(Xor<TFull>(in best, 2, in place));
        best.Merge(Xor<TFull>(in best, 1, in place));
        return TTeam.IsGroup ? BestAcrossWarps(best, in place) : best;
    }

    private static float Xor(float value, int mask, in TeamPlace place) =>
        Bits.ToFloat(TWarp.Xor(Bits.Of(value), mask, in place));

    private static Candidate Xor<TFull>(in Candidate best, int mask, in TeamPlace place)
        where TFull : struct, IFlag
    {
        Candidate other = default;
        other.Key = Xor(best.Key, mask, in place);
        other.Index = (int)TWarp.Xor((uint)best.Index, mask, in place);
        other.Element = TFull.Value ? TWarp.Xor(best.Element, mask, in place) : (uint)other.Index;
        other.Second = TFull.Value ? Xor(best.Second, mask, in place) : float.NegativeInfinity;
        return other;
    }

    private static int WarpOfGroup(in TeamPlace place) =>
        TTeam.IsPart ? place.Thread / TTeam.Threads : place.Warp;

    private static int WarpsOfGroup(in TeamPlace place) =>
        TTeam.IsPart ? place.Warps >> place.PartBits : place.Warps;

    private static uint AcrossWarps<TFold>(uint value, in TeamPlace place)
        where TFold : struct, IFold
    {
        if (place.Lane == 0)
        {
            place.Exchange[WarpOfGroup(in place)] = value;
        }

        DeviceIntrinsics.Barrier();
        uint folded = place.Exchange[0];
        for (int warp = 1; warp < WarpsOfGroup(in place); warp++)
        {
            folded = TFold.Of(folded, place.Exchange[warp]);
        }

        DeviceIntrinsics.Barrier();
        return folded;
    }

    private static Candidate BestAcrossWarps(Candidate best, in TeamPlace place)
    {
        const int Words = 4;
        if (place.Lane == 0)
        {
            int at = WarpOfGroup(in place) * Words;
            place.Exchange[at] = Bits.Of(best.Key);
            place.Exchange[at + 1] = best.Element;
            place.Exchange[at + 2] = (uint)best.Index;
            place.Exchange[at + 3] = Bits.Of(best.Second);
        }

        DeviceIntrinsics.Barrier();
        Candidate merged = Candidate.None;
        for (int warp = 0; warp < WarpsOfGroup(in place); warp++)
        {
            int at = warp * Words;
            Candidate other = default;
            other.Key = Bits.ToFloat(place.Exchange[at]);
            other.Element = place.Exchange[at + 1];
            other.Index = (int)place.Exchange[at + 2];
            other.Second = Bits.ToFloat(place.Exchange[at + 3]);
            merged.Merge(other);
        }

        DeviceIntrinsics.Barrier();
        return merged;
    }
}
