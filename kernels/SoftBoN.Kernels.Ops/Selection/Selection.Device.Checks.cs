using ILGPU;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>What may be wrong with a row's offsets and elements.</summary>
internal static partial class SelectionKernel<TWarp, TTeam, TFull>
{
    /// <summary>
    /// A row's status so far, or what is wrong with its offsets or elements; a row without candidates in play still has
    /// elements to look at.
    /// </summary>
    private static RowStatus Check(in SelectionKernelArgs args, in TeamRow<TWarp, TTeam> team, RowStatus status)
    {
        bool isChecked = status < RowStatus.Empty || status == RowStatus.AllExcluded;
        if (args.HasElements != 0)
        {
            bool duplicates = HasDuplicates(in args, in team);
            status = isChecked && duplicates ? RowStatus.DuplicateElements : status;
        }

        if (args.Offsets.IsGiven != 0)
        {
            bool invalid = Team<TWarp, TTeam>.Any(HasInvalidOffset(in team), in team.Place);
            status = isChecked && invalid ? RowStatus.OffsetInvalid : status;
        }

        return status;
    }

    public static bool HasInvalidOffset(in TeamRow<TWarp, TTeam> team)
    {
        bool invalid = false;
        for (int turn = 0; turn < team.Turns; turn += team.Place.Warps)
        {
            SegmentRange range = team.Range(turn);
            for (int i = range.First; i < range.End; i += CanonicalSum.Lanes)
            {
                Quad reward = team.Included(i);
                Quad offset = team.Offsets.Load(in team.Row, i);
                invalid |= IsInvalid(reward.A, offset.A);
                invalid |= IsInvalid(reward.B, offset.B);
                invalid |= IsInvalid(reward.C, offset.C);
                invalid |= IsInvalid(reward.D, offset.D);
            }
        }

        return invalid;
    }

    /// <summary>Whether an offset of an included candidate is NaN or +infinity.</summary>
    private static bool IsInvalid(float reward, float offset) =>
        RewardKey.Of(offset, isNegative: false) >= RewardKey.PositiveInfinity && !RewardKey.IsExcluded(reward);

    private static bool HasDuplicates(in SelectionKernelArgs args, in TeamRow<TWarp, TTeam> team)
    {
        int threads = TTeam.Threads * team.Place.Warps;
        int thread = (team.Place.Warp * TTeam.Threads) + team.Place.Lane;
        long packed = team.Row.Packed;
        bool descends = false;
        for (int i = thread + 1; i < team.Row.Length; i += threads)
        {
            descends |= args.Elements[packed + i - 1] >= args.Elements[packed + i];
        }

        descends = Team<TWarp, TTeam>.Any(descends, in team.Place);
        bool duplicates = TTeam.TakesAnyLength
            ? descends && FindByPlaces(in args, in team.Row, thread, threads)
            : descends && FindByPairs(in args, in team.Row, thread, threads);
        return Team<TWarp, TTeam>.Any(duplicates, in team.Place);
    }

    private static bool FindByPairs(in SelectionKernelArgs args, in KernelRow row, int thread, int threads)
    {
        bool found = false;
        for (int i = thread; i < row.Length; i += threads)
        {
            uint element = args.Elements[row.Packed + i];
            for (int j = i + 1; j < row.Length; j++)
            {
                found |= args.Elements[row.Packed + j] == element;
            }
        }

        return found;
    }

    /// <summary>
    /// Puts each candidate in the first free place from one that its element names. Which of two gets a place depends on
    /// the moment; that equal elements meet does not. Places are left over, so a search ends. Where rows share places that
    /// their caller says are their own, the count of probes ends it, and candidates that only the other row has are not
    /// looked up: they would lie behind the row's elements, and behind all there are.
    /// </summary>
    private static bool FindByPlaces(in SelectionKernelArgs args, in KernelRow row, int thread, int threads)
    {
        long first = 2 * row.Packed;
        uint places = 2 * (uint)row.Length;
        for (uint place = (uint)thread; place < places; place += (uint)threads)
        {
            args.Places[first + place] = 0;
        }

        Team<TWarp, TTeam>.Barrier();
        bool found = false;
        for (int i = thread; i < row.Length; i += threads)
        {
            uint element = args.Elements[row.Packed + i];
            uint place = (uint)(Arith.MulWide(element * Philox4x32.W0, places) >> 32);
            int other = 1;
            for (uint probe = 0; probe < places && other != 0; probe++)
            {
                other = Atomic.CompareExchange(ref args.Places[first + place], 0, i + 1);
                if (other != 0 && other <= row.Length && args.Elements[row.Packed + other - 1] == element)
                {
                    found = true;
                    other = 0;
                }

                place = place + 1 < places ? place + 1 : 0;
            }
        }

        Team<TWarp, TTeam>.Barrier();
        return found;
    }
}
