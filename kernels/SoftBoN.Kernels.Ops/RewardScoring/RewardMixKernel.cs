using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>What becomes of rows' scores: their mixture, and a status where there is none. A team a row.</summary>
internal static class RewardMixKernel<TWarp, TTeam>
    where TWarp : struct, IWarp
    where TTeam : struct, ITeam
{
    /// <summary>The kernel.</summary>
    public static void Run(RewardKernelArgs args)
    {
        HeadTeam<TWarp, TTeam> team = HeadTeam<TWarp, TTeam>.Of(in args.Shared);
        long step = SlotRange<TTeam>.Step;
        for (long first = SlotRange<TTeam>.First; first < args.Count; first += step)
        {
            long number = first + SlotRange<TTeam>.Team;
            bool exists = number < args.Count;
            KernelHeadRow row = KernelHeadRow.Of(in args, exists ? number : 0);
            RunRow(in args, in team, in row, exists);
        }
    }

    private static void RunRow(
        in RewardKernelArgs args, in HeadTeam<TWarp, TTeam> team, in KernelHeadRow row, bool exists)
    {
        int faults = 0;
        float reward = Mix(in args, in team, in row, ref faults);
        faults = (int)Team<TWarp, TTeam>.Fold<OrFold>((uint)faults, in team.Place);
        int found = (faults & KernelHeadRow.ScoreIsNotFinite) != 0
            ? row.Look(in args, team.Place.Lane, TTeam.Threads)
            : 0;
        faults |= (int)Team<TWarp, TTeam>.Fold<OrFold>((uint)found, in team.Place);
        RowStatus status = row.StatusOf(faults, reward);
        if (exists && team.Place.Writes)
        {
            row.Write(in args, reward, status);
        }

        if (exists && args.Wants(RewardOutputFlag.Scores) && status != RowStatus.Ok)
        {
            long scores = row.Number * args.Heads;
            for (int head = team.Place.Lane; head < args.Heads; head += TTeam.Threads)
            {
                args.Scores.Wide[scores + head] = args.NoResult;
            }
        }
    }

    /// <summary>The canonical sum of shares times scores; 0 where there are no shares.</summary>
    private static float Mix(
        in RewardKernelArgs args, in HeadTeam<TWarp, TTeam> team, in KernelHeadRow row, ref int faults)
    {
        long scores = row.Number * args.Heads;
        long shares = row.Number * args.Shares.RowStride;
        HeadSum sum = default;
        int turns = HeadTeam<TWarp, TTeam>.Turns(args.Heads);
        for (int turn = 0; turn < turns; turn++)
        {
            Quad lanes = default;
            SegmentRange range = team.Range(args.Heads, turn);
            for (int i = range.First; i < range.End; i += CanonicalSum.Lanes)
            {
                Quad score = args.Scores.Load(scores, i, args.Heads, 0f);
                faults |= KernelHeadRow.FaultOf(in score, KernelHeadRow.ScoreIsNotFinite);
                if (args.HasShares != 0)
                {
                    Quad share = args.Shares.Load(shares, i, args.Heads, 0f);
                    faults |= args.IsGated != 0
                        ? KernelHeadRow.FaultOf(in share, KernelHeadRow.ShareIsNotFinite)
                        : 0;
                    KernelHeadRow.AddProducts(
                        KernelHeadRow.Factors(in share), KernelHeadRow.Factors(in score), ref lanes);
                }
            }

            team.Add(in lanes, 0, args.Heads, turn, ref sum);
        }

        return team.Total(in sum, 0, args.Heads);
    }
}
