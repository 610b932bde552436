using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>Pooling on a device: one team a row.</summary>
internal static class RewardPoolKernel<TWarp, TTeam>
    where TWarp : struct, IWarp
    where TTeam : struct, ITeam
{
    /// <summary>The kernel.</summary>
    public static void Run(RewardPoolKernelArgs args)
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

    private static void RunRow(in RewardPoolKernelArgs args, in TeamRow<TWarp, TTeam> team)
    {
        RowExtremes extremes = TeamRewards<TWarp, TTeam>.Extremes(in team);
        PoolingSums sums = default;
        RowStatus look = KernelPooling.Look(in extremes, team.Row.Length, ref sums);
        int passes = args.Pooling.Passes;
        for (int pass = 0; pass < passes; pass++)
        {
            KernelPooling.Take(pass, Sum(in args, in team, in sums, pass), ref sums);
        }

        if (args.Pooling.IsProduct)
        {
            sums.Product = TeamProduct<TWarp, TTeam>.Of(in team);
        }

        if (team.Row.Exists && team.Place.Writes)
        {
            if (team.Row.Length > 0)
            {
                sums.Last = args.Rows.One(in team.Row, team.Row.Length - 1);
            }

            (float reward, RowStatus status) = args.Pooling.Result(look, (int)extremes.Included, in sums);
            Write(in args, team.Row.Number, reward, status);
        }
    }

    private static float Sum(
        in RewardPoolKernelArgs args, in TeamRow<TWarp, TTeam> team, in PoolingSums sums, int pass)
    {
        float last = 0f;
        int turns = team.Turns;
        for (int turn = 0; turn < turns; turn += team.Place.Warps)
        {
            Quad lanes = default;
            SegmentRange range = team.Range(turn);
            for (int i = range.First; i < range.End; i += CanonicalSum.Lanes)
            {
                lanes.Add(args.Pooling.Terms(pass, i, team.Included(i), in sums));
            }

            last = team.Keep(in lanes, 0, turn);
        }

        return Team<TWarp, TTeam>.RowSum(last, 0, team.Segments, in team.Place);
    }

    private static void Write(in RewardPoolKernelArgs args, long row, float reward, RowStatus status)
    {
        if (args.Wants(RewardOutputFlag.Reward))
        {
            args.Reward[row] = status == RowStatus.Ok ? reward : args.Rows.NoResult;
        }

        if (args.Wants(RewardOutputFlag.Status) && (args.KeepsStatus == 0 || args.Status[row] == 0))
        {
            args.Status[row] = (byte)status;
        }
    }
}

/// <summary>What a team learns of a row of rewards before there is a result.</summary>
internal static class TeamRewards<TWarp, TTeam>
    where TWarp : struct, IWarp
    where TTeam : struct, ITeam
{
    /// <summary>The row's extremes, which all threads get.</summary>
    public static RowExtremes Extremes(in TeamRow<TWarp, TTeam> team)
    {
        RowExtremes extremes = team.Look(isNegative: false);
        extremes.Largest = Team<TWarp, TTeam>.Fold<LargestFold>(extremes.Largest, in team.Place);
        extremes.Smallest = Team<TWarp, TTeam>.Fold<SmallestFold>(extremes.Smallest, in team.Place);
        extremes.Included = Team<TWarp, TTeam>.Fold<AddFold>(extremes.Included, in team.Place);
        return extremes;
    }
}
