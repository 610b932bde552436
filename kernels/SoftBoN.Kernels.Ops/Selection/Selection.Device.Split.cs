using ILGPU;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// Selection from rows that several teams share: each team's best candidates, what probabilities are taken against, and
/// the best of all teams. Draws are with replacement and candidates are their own elements: what else there is makes each
/// draw wait for all teams.
/// </summary>
internal static class SplitSelectionKernel<TWarp, TTeam, TFull>
    where TWarp : struct, IWarp
    where TTeam : struct, ITeam
    where TFull : struct, IFlag
{
    /// <summary>Each team's best candidates, and the largest x.</summary>
    public static void Pick(SplitSelectionArgs args)
    {
        TeamRow<TWarp, TTeam> team = Open(in args, out SoftWeightsSums sums, out _);
        for (int draw = 0; draw < args.Call.Draws; draw++)
        {
            NoiseKey key = args.Call.KeyOf(in team.Row, draw);
            Candidate best = SelectionKernel<TWarp, TTeam, TFull>.Pick(in args.Call, in team, in sums, in key, 0u);
            best = Team<TWarp, TTeam>.Best<TFull>(best, in team.Place);
            if (team.Place.Thread == 0)
            {
                args.Keep(draw, in best);
            }
        }

        if (TFull.Value && args.Call.Wants(SelectionOutput.LogProbability))
        {
            SelectionKernel<TWarp, TTeam, TFull>.LargestExponents(
                in team, in sums, 0u, out float maxX, out float maxExponent);
            if (team.Place.Thread == 0)
            {
                args.Memory.State.Add(maxX, maxExponent);
            }
        }
    }

    /// <summary>Sums of segments of what probabilities are taken against.</summary>
    public static void Normalize(SplitSelectionArgs args)
    {
        TeamRow<TWarp, TTeam> team = Open(in args, out SoftWeightsSums sums, out _);
        SelectionKernel<TWarp, TTeam, TFull>.SumExponentials(
            in team, in sums, 0u, args.Memory.State.LargestExponent);
    }

    /// <summary>The best of all teams, one team a row.</summary>
    public static void Finish(SplitSelectionArgs args)
    {
        TeamRow<TWarp, TTeam> team = Open(in args, out SoftWeightsSums sums, out RowStatus status);
        if (TFull.Value && args.Memory.State.HasInvalidOffset)
        {
            bool isChecked = status < RowStatus.Empty || status == RowStatus.AllExcluded;
            status = isChecked ? RowStatus.OffsetInvalid : status;
        }

        bool writes = team.Row.Exists && team.Place.Writes;
        LogNormalizer normalizer = default;
        if (TFull.Value && args.Call.Wants(SelectionOutput.LogProbability))
        {
            normalizer.MaxX = args.Memory.State.LargestX;
            normalizer.Sum = Team<TWarp, TTeam>.RowSum(0f, SumTerms.SumKind, team.Segments, in team.Place);
        }

        if (writes)
        {
            SelectionKernel<TWarp, TTeam, TFull>.WriteRow(in args.Call, team.Row.Number, in sums, status);
        }

        for (int draw = 0; draw < args.Call.Draws; draw++)
        {
            Candidate best = BestOfTeams(in args, draw, in team.Place);
            if (writes)
            {
                long at = (team.Row.Number * args.Call.Draws) + draw;
                bool hasResult = status < RowStatus.Empty && best.Index >= 0;
                SelectionKernel<TWarp, TTeam, TFull>.WriteDraw(
                    in args.Call, in team, in sums, at, in best, in normalizer, hasResult);
            }
        }
    }

    private static Candidate BestOfTeams(in SplitSelectionArgs args, int draw, in TeamPlace place)
    {
        Candidate best = Candidate.None;
        int threads = TTeam.IsAlone ? 1 : Group.DimX;
        for (int part = place.Thread; part < 1 << place.PartBits; part += threads)
        {
            best.Merge(args.Read(draw, part));
        }

        return Team<TWarp, TTeam>.Best<TFull>(best, in place);
    }

    private static TeamRow<TWarp, TTeam> Open(
        in SplitSelectionArgs args, out SoftWeightsSums sums, out RowStatus status)
    {
        KernelOffsets offsets = default;
        if (TFull.Value)
        {
            offsets = args.Call.Offsets;
        }

        TeamRow<TWarp, TTeam> team = SplitRow<TWarp, TTeam>.Open(
            in args.Call.Rows, in args.Call.Lambdas, in offsets, in args.Memory);
        sums = default;
        status = team.Recall(args.Memory.State, ref sums);
        return team;
    }
}
