using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// The count of weighted votes on a device: one team a row. Each pass over the row sums the weights of one answer and finds
/// the first candidate with an answer that was not counted, so answers come in the order of their first candidates.
/// </summary>
internal static class WeightedMajorityKernel<TWarp, TTeam>
    where TWarp : struct, IWarp
    where TTeam : struct, ITeam
{
    /// <summary>An answer that nobody gave; the highest bit is that of answers that abstain.</summary>
    private const uint Nobody = uint.MaxValue;

    /// <summary>The kernel.</summary>
    public static void Run(WeightedMajorityKernelArgs args)
    {
        TeamRow<TWarp, TTeam> team = default;
        team.Rows = args.Rows;
        team.Place = TeamPlace.Of<TTeam>();
        team.Place.Share<TTeam>(in args.Shared);
        for (long first = SlotRange<TTeam>.First; first < args.Rows.Slots; first += SlotRange<TTeam>.Step)
        {
            team.Row = args.Rows.At(first + SlotRange<TTeam>.Team);
            RunRow(in args, in team);
        }
    }

    private static void RunRow(in WeightedMajorityKernelArgs args, in TeamRow<TWarp, TTeam> team)
    {
        RowStatus status = team.Row.Exists ? (RowStatus)args.WeightStatus[team.Row.Number] : RowStatus.Empty;
        bool counts = status < RowStatus.Empty;
        int winner = -1;
        float share = -1f;
        uint register = 0;
        uint answer = Nobody;
        int first = -1;
        team.ClearMarks();
        bool more = true;
        while (more)
        {
            float sum = SumOf(in args, in team, answer, ref register, out int next);
            bool wins = first >= 0 && sum > share;
            winner = wins ? first : winner;
            share = wins ? sum : share;
            first = counts ? next : -1;
            answer = first >= 0 ? (uint)args.Answers[team.Row.Packed + first] : Nobody;
            more = TTeam.IsGroup ? first >= 0 : TWarp.AnyNearby(first >= 0, in team.Place);
        }

        if (team.Row.Exists && team.Place.Writes)
        {
            Write(in args, in team.Row, winner, share, counts && winner < 0 ? RowStatus.NoVotes : status);
        }
    }

    /// <summary>
    /// The sum of the weights of an answer's candidates, who are marked as counted, and the first voter who is not.
    /// </summary>
    private static float SumOf(
        in WeightedMajorityKernelArgs args,
        in TeamRow<TWarp, TTeam> team,
        uint answer,
        ref uint register,
        out int next)
    {
        float sum = 0f;
        uint first = uint.MaxValue;
        for (int turn = 0; turn < team.Turns; turn += team.Place.Warps)
        {
            Quad lanes = default;
            SegmentRange range = team.Range(turn);
            uint marks = team.Marks(turn, register);
            uint mark = 1;
            for (int i = range.First; i < range.End; i += CanonicalSum.Lanes)
            {
                Quad reward = team.Rows.Load(in team.Row, i);
                Quad weight = Quad.Load(args.Weights, team.Row.Packed, i, team.Row.Length, isAligned: false, 0f);
                lanes.A += Vote(in args, in team.Row, reward.A, weight.A, i, answer, mark, ref marks, ref first);
                lanes.B += Vote(in args, in team.Row, reward.B, weight.B, i + 1, answer, mark << 1, ref marks, ref first);
                lanes.C += Vote(in args, in team.Row, reward.C, weight.C, i + 2, answer, mark << 2, ref marks, ref first);
                lanes.D += Vote(in args, in team.Row, reward.D, weight.D, i + 3, answer, mark << 3, ref marks, ref first);
                mark <<= CanonicalSum.GroupSize;
            }

            if (TTeam.TakesAnyLength)
            {
                team.SetMarks(turn, marks);
            }

            register = marks;
            sum = team.Keep(in lanes, SumTerms.SumKind, turn);
        }

        next = (int)Team<TWarp, TTeam>.Fold<SmallestFold>(first, in team.Place);
        return Team<TWarp, TTeam>.RowSum(sum, SumTerms.SumKind, team.Segments, in team.Place);
    }

    /// <summary>What a candidate adds to an answer's sum.</summary>
    private static float Vote(
        in WeightedMajorityKernelArgs args,
        in KernelRow row,
        float reward,
        float weight,
        int candidate,
        uint answer,
        uint mark,
        ref uint marks,
        ref uint first)
    {
        if (RewardKey.IsExcluded(reward) || (marks & mark) != 0)
        {
            return 0f;
        }

        uint given = (uint)args.Answers[row.Packed + candidate];
        bool counts = given == answer && (int)given >= 0;
        marks |= counts ? mark : 0u;
        bool waits = !counts && (int)given >= 0 && (uint)candidate < first;
        first = waits ? (uint)candidate : first;
        return counts ? weight : 0f;
    }

    private static void Write(
        in WeightedMajorityKernelArgs args, in KernelRow row, int winner, float share, RowStatus status)
    {
        bool hasWinner = winner >= 0;
        if ((args.Wanted & WeightedMajorityKernelArgs.WantAnswer) != 0)
        {
            args.Answer[row.Number] = hasWinner ? args.Answers[row.Packed + winner] : -1;
        }

        if ((args.Wanted & WeightedMajorityKernelArgs.WantIndex) != 0)
        {
            args.Index[row.Number] = winner;
        }

        if ((args.Wanted & WeightedMajorityKernelArgs.WantShare) != 0)
        {
            args.Share[row.Number] = hasWinner ? share : args.Rows.NoResult;
        }

        if ((args.Wanted & WeightedMajorityKernelArgs.WantStatus) != 0)
        {
            args.Status[row.Number] = (byte)status;
        }
    }
}
