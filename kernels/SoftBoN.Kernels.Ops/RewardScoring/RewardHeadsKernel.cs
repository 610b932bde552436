using ILGPU;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// Scores of hidden values: a team a row, and one head or four of them, so that a hidden value is loaded once for four.
/// </summary>
/// <typeparam name="TWarp">How threads exchange.</typeparam>
/// <typeparam name="TTeam">How many threads have a row.</typeparam>
/// <typeparam name="TSeveral">
/// Whether there are several heads or shares of them, which <see cref="RewardMixKernel{TWarp, TTeam}"/> goes on with; else the
/// one score is the reward, and all outputs are made here.
/// </typeparam>
internal static class RewardHeadsKernel<TWarp, TTeam, TSeveral>
    where TWarp : struct, IWarp
    where TTeam : struct, ITeam
    where TSeveral : struct, IFlag
{
    private const int Lanes = CanonicalSum.Lanes;

    /// <summary>The kernel.</summary>
    public static void Run(RewardKernelArgs args)
    {
        HeadTeam<TWarp, TTeam> team = HeadTeam<TWarp, TTeam>.Of(in args.Shared);
        int heads = TSeveral.Value ? args.Heads : 1;
        int step = TSeveral.Value ? HeadTeam<TWarp, TTeam>.Products : 1;
        for (int head = Grid.IdxY * step; head < heads; head += Grid.DimY * step)
        {
            long rows = SlotRange<TTeam>.Step;
            for (long first = SlotRange<TTeam>.First; first < args.Count; first += rows)
            {
                long number = first + SlotRange<TTeam>.Team;
                bool exists = number < args.Count;
                KernelHeadRow row = KernelHeadRow.Of(in args, exists ? number : 0);
                if (TSeveral.Value)
                {
                    Four(in args, in team, in row, head, exists && team.Place.Writes);
                }
                else
                {
                    One(in args, in team, in row, exists && team.Place.Writes);
                }
            }
        }
    }

    private static void One(
        in RewardKernelArgs args, in HeadTeam<TWarp, TTeam> team, in KernelHeadRow row, bool writes)
    {
        int length = args.Dimension;
        HeadSum sum = default;
        int turns = HeadTeam<TWarp, TTeam>.Turns(length);
        for (int turn = 0; turn < turns; turn++)
        {
            Quad lanes = default;
            SegmentRange range = team.Range(length, turn);
            for (int i = AddQuads(in args, in row, in range, ref lanes); i < range.End; i += Lanes)
            {
                Quad hidden = args.Hidden.Load(row.Start, i, length, 0f);
                AddWeighted(in args, in hidden, 0, i, ref lanes);
            }

            team.Add(in lanes, 0, length, turn, ref sum);
        }

        Finish(in args, in team, in row, KernelHeadRow.Score(in args, 0, team.Total(in sum, 0, length)), writes);
    }

    /// <summary>Adds what can be loaded four values at a time; returns where the rest begins.</summary>
    private static int AddQuads(
        in RewardKernelArgs args, in KernelHeadRow row, in SegmentRange range, ref Quad lanes)
    {
        if (!args.Hidden.HasQuads(row.Start) || !args.Weights.HasQuads(0))
        {
            return range.First;
        }

        if (args.Hidden.IsWide)
        {
            return AddQuads<WideQuads>(in args, in row, in range, ref lanes);
        }

        return args.Hidden.Element == (int)TokenElement.Half
            ? AddQuads<HalfQuads>(in args, in row, in range, ref lanes)
            : AddQuads<BFloat16Quads>(in args, in row, in range, ref lanes);
    }

    /// <summary>Four loads that do not wait for each other at a time.</summary>
    private static int AddQuads<TQuads>(
        in RewardKernelArgs args, in KernelHeadRow row, in SegmentRange range, ref Quad lanes)
        where TQuads : struct, IKernelQuads
    {
        const int LastOfFour = 3 * Lanes;
        int i = range.First;
        for (; i + LastOfFour + 3 < range.End; i += 4 * Lanes)
        {
            Quad h0 = TQuads.At(in args.Hidden, (row.Start + i) >> 2);
            Quad h1 = TQuads.At(in args.Hidden, (row.Start + (i + Lanes)) >> 2);
            Quad h2 = TQuads.At(in args.Hidden, (row.Start + (i + (2 * Lanes))) >> 2);
            Quad h3 = TQuads.At(in args.Hidden, (row.Start + (i + LastOfFour)) >> 2);
            AddWhole(in args, in h0, 0, i, ref lanes);
            AddWhole(in args, in h1, 0, i + Lanes, ref lanes);
            AddWhole(in args, in h2, 0, i + (2 * Lanes), ref lanes);
            AddWhole(in args, in h3, 0, i + LastOfFour, ref lanes);
        }

        return i;
    }

    private static void Finish(
        in RewardKernelArgs args, in HeadTeam<TWarp, TTeam> team, in KernelHeadRow row, float score, bool writes)
    {
        bool isFinite = KernelHeadRow.IsFinite(score);
        int faults = isFinite ? 0 : KernelHeadRow.ScoreIsNotFinite | row.Look(in args, team.Place.Lane, TTeam.Threads);
        faults = (int)Team<TWarp, TTeam>.Fold<OrFold>((uint)faults, in team.Place);
        if (writes)
        {
            RowStatus status = row.StatusOf(faults, score);
            row.Write(in args, score, status);
            if (args.Wants(RewardOutputFlag.Scores))
            {
                args.Scores.Wide[row.Number] = status == RowStatus.Ok ? score : args.NoResult;
            }
        }
    }

    /// <summary>Four heads from one on; those past the last are the last once more.</summary>
    private static void Four(
        in RewardKernelArgs args, in HeadTeam<TWarp, TTeam> team, in KernelHeadRow row, int head, bool writes)
    {
        int length = args.Dimension;
        int last = args.Heads - 1;
        long w0 = head * args.Weights.RowStride;
        long w1 = Math.Min(head + 1, last) * args.Weights.RowStride;
        long w2 = Math.Min(head + 2, last) * args.Weights.RowStride;
        long w3 = Math.Min(head + 3, last) * args.Weights.RowStride;
        bool hasQuads = args.Hidden.HasQuads(row.Start) && args.Weights.HasQuads(args.Weights.RowStride);
        HeadSum s0 = default;
        HeadSum s1 = default;
        HeadSum s2 = default;
        HeadSum s3 = default;
        int turns = HeadTeam<TWarp, TTeam>.Turns(length);
        for (int turn = 0; turn < turns; turn++)
        {
            Quad l0 = default;
            Quad l1 = default;
            Quad l2 = default;
            Quad l3 = default;
            SegmentRange range = team.Range(length, turn);
            int i = range.First;
            for (; hasQuads && i + 3 < range.End; i += Lanes)
            {
                Quad hidden = args.Hidden.WholeQuad(row.Start, i);
                AddWhole(in args, in hidden, w0, i, ref l0);
                AddWhole(in args, in hidden, w1, i, ref l1);
                AddWhole(in args, in hidden, w2, i, ref l2);
                AddWhole(in args, in hidden, w3, i, ref l3);
            }

            for (; i < range.End; i += Lanes)
            {
                Quad hidden = args.Hidden.Load(row.Start, i, length, 0f);
                AddWeighted(in args, in hidden, w0, i, ref l0);
                AddWeighted(in args, in hidden, w1, i, ref l1);
                AddWeighted(in args, in hidden, w2, i, ref l2);
                AddWeighted(in args, in hidden, w3, i, ref l3);
            }

            team.Add(in l0, 0, length, turn, ref s0);
            team.Add(in l1, 1, length, turn, ref s1);
            team.Add(in l2, 2, length, turn, ref s2);
            team.Add(in l3, 3, length, turn, ref s3);
        }

        Keep(in args, in row, head, team.Total(in s0, 0, length), writes);
        Keep(in args, in row, head + 1, team.Total(in s1, 1, length), writes);
        Keep(in args, in row, head + 2, team.Total(in s2, 2, length), writes);
        Keep(in args, in row, head + 3, team.Total(in s3, 3, length), writes);
    }

    private static void Keep(in RewardKernelArgs args, in KernelHeadRow row, int head, float sum, bool writes)
    {
        if (writes && head < args.Heads)
        {
            args.Scores.Wide[(row.Number * args.Heads) + head] = KernelHeadRow.Score(in args, head, sum);
        }
    }

    private static void AddWhole(in RewardKernelArgs args, in Quad hidden, long start, int i, ref Quad lanes)
    {
        Quad weights = args.Weights.WholeQuad(start, i);
        KernelHeadRow.AddProducts(KernelHeadRow.Factors(in hidden), KernelHeadRow.Factors(in weights), ref lanes);
    }

    private static void AddWeighted(in RewardKernelArgs args, in Quad hidden, long start, int i, ref Quad lanes)
    {
        Quad weights = args.Weights.Load(start, i, args.Dimension, 0f);
        KernelHeadRow.AddProducts(KernelHeadRow.Factors(in hidden), KernelHeadRow.Factors(in weights), ref lanes);
    }
}
