using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// The steps of a plan on a device, one after the other in one launch: one team a prompt, each thread with the same candidates
/// throughout, so that only sums, extremes and ranks are exchanged.
/// </summary>
internal static class RewardStepsKernel<TWarp, TTeam>
    where TWarp : struct, IWarp
    where TTeam : struct, ITeam
{
    /// <summary>The kernel.</summary>
    public static void Run(RewardStepsKernelArgs args)
    {
        TeamRow<TWarp, TTeam> team = default;
        team.Rows = args.Rows;
        team.Rows.Values = args.Planes;
        team.Place = TeamPlace.Of<TTeam>();
        team.Place.Share<TTeam>(in args.Shared);
        for (long first = SlotRange<TTeam>.First; first < args.Rows.Slots; first += SlotRange<TTeam>.Step)
        {
            KernelRow given = args.Rows.At(first + SlotRange<TTeam>.Team);
            team.Row = given;
            team.Row.IsDense = true;
            team.Row.Packed = args.PlaceIsStart != 0 ? given.Start : given.Packed;
            Gather(in args, in team, given.Start * args.SourceScale);
            int members = RunSteps(in args, ref team);
            Finish(in args, in team, members);
        }
    }

    private static int RunSteps(in RewardStepsKernelArgs args, ref TeamRow<TWarp, TTeam> team)
    {
        int members = args.Members;
        for (int number = args.FirstStep; number < args.EndStep; number++)
        {
            KernelRewardStep step = KernelRewardStep.Of(args.Program, number);
            if (step.Kind == (int)RewardStepKind.Calibrate)
            {
                for (int member = 0; member < members; member++)
                {
                    team.Row.Start = team.Row.Packed + (member * args.PlaneStride);
                    team.Row.IsAligned = args.ArePlanesAligned != 0 && (team.Row.Start & 3) == 0;
                    RewardRow<TWarp, TTeam>.Calibrate(in args, in step, in team);
                }
            }
            else
            {
                RunCandidates(in args, in step, in team, members);
                members = 1;
            }
        }

        return members;
    }

    /// <summary>Brings rewards to where steps change them.</summary>
    private static void Gather(in RewardStepsKernelArgs args, in TeamRow<TWarp, TTeam> team, long source)
    {
        bool startsStatus = args.KeepsStatus == 0 && args.IsStatusOfRow == 0 && args.Wants(RewardOutputFlag.Status);
        bool copies = args.IsInPlace == 0;
        for (int turn = 0; turn < team.Turns; turn += team.Place.Warps)
        {
            SegmentRange range = team.Range(turn);
            for (int i = range.First; i < range.End; i += CanonicalSum.Lanes)
            {
                int end = Math.Min(i + CanonicalSum.GroupSize, team.Row.Length);
                for (int candidate = i; candidate < end; candidate++)
                {
                    long place = team.Row.Packed + candidate;
                    long from = source + (candidate * args.SourceStep);
                    for (int member = 0; copies && member < args.Members; member++)
                    {
                        args.Planes[place + (member * args.PlaneStride)] =
                            args.Rows.Values[from + (member * args.MemberStride)];
                    }

                    if (startsStatus)
                    {
                        args.Status[place] = 0;
                    }
                }
            }
        }
    }

    /// <summary>Ensembles and penalties, for which candidates do not meet.</summary>
    private static void RunCandidates(
        in RewardStepsKernelArgs args, in KernelRewardStep step, in TeamRow<TWarp, TTeam> team, int members)
    {
        for (int turn = 0; turn < team.Turns; turn += team.Place.Warps)
        {
            SegmentRange range = team.Range(turn);
            for (int i = range.First; i < range.End; i += CanonicalSum.Lanes)
            {
                int end = Math.Min(i + CanonicalSum.GroupSize, team.Row.Length);
                for (int candidate = i; candidate < end; candidate++)
                {
                    long place = team.Row.Packed + candidate;
                    (float reward, RowStatus status) = step.Kind == (int)RewardStepKind.Ensemble
                        ? MemberRow.Pool(in args, in step, place, members)
                        : Penalized(in args, in step, place);
                    args.Planes[place] = status == RowStatus.Ok ? reward : args.Rows.NoResult;
                    if (args.Wants(RewardOutputFlag.Status) && args.Status[place] == 0)
                    {
                        args.Status[place] = (byte)status;
                    }
                }
            }
        }
    }

    private static (float Reward, RowStatus Status) Penalized(
        in RewardStepsKernelArgs args, in KernelRewardStep step, long place)
    {
        KernelPrice price = default;
        price.Paid = step.Which;
        price.Beta = step.A;
        price.Gamma = step.B;
        PenalizedReward penalized = args.Penalty.Of(args.Planes[place], place, in price);
        return (penalized.Reward, penalized.Status);
    }

    /// <summary>Writes rewards, where planes are others.</summary>
    private static void Finish(in RewardStepsKernelArgs args, in TeamRow<TWarp, TTeam> team, int members)
    {
        for (int turn = 0; args.Wants(RewardOutputFlag.Reward) && members == 1 && turn < team.Turns; turn += team.Place.Warps)
        {
            SegmentRange range = team.Range(turn);
            for (int i = range.First; i < range.End; i += CanonicalSum.Lanes)
            {
                int end = Math.Min(i + CanonicalSum.GroupSize, team.Row.Length);
                for (int candidate = i; candidate < end; candidate++)
                {
                    args.Reward[team.Row.Packed + candidate] = args.Planes[team.Row.Packed + candidate];
                }
            }
        }
    }
}
