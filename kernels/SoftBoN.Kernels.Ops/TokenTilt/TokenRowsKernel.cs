using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// Merges the segments of rows, of which there are at most as many as a segment has tokens, and writes what there is one of
/// per row: the twin of <see cref="TokenRowSums.Merge"/>.
/// </summary>
internal static class TokenRowsKernel<TWarp, TTeam>
    where TWarp : struct, IWarp
    where TTeam : struct, ITeam
{
    /// <summary>The kernel.</summary>
    public static void Run(TokenKernelArgs args)
    {
        TokenTeam<TWarp, TTeam> team = TokenTeam<TWarp, TTeam>.Of(in args.Shared);
        long step = TokenTeam<TWarp, TTeam>.RowStep;
        for (long first = TokenTeam<TWarp, TTeam>.FirstRow; first < args.Count; first += step)
        {
            long number = TokenTeam<TWarp, TTeam>.RowOf(first);
            bool exists = number < args.Count;
            RunRow(in args, in team, exists ? number : 0, exists);
        }
    }

    private static void RunRow(
        in TokenKernelArgs args, in TokenTeam<TWarp, TTeam> team, long number, bool exists)
    {
        KernelTokenRow row = KernelTokenRow.Of(in args, number);
        TokenRowSums sums = default;
        TokenRowState state = default;
        int faults = FindLargest(in args, in team, in row, ref sums, ref state);
        FindReward(in args, in team, in row, ref sums);
        FindScore(in args, in team, in row, exists, ref sums);
        MakeSums(in args, in team, in row, ref sums, ref state);
        bool isSparseFaulty = args.HasSparse != 0
            && Team<TWarp, TTeam>.Any(row.HasSparseFault(in args, team.Place.Lane, TTeam.Threads), in team.Place);
        state.ModelSum = (faults & KernelTokenRow.ModelIsInvalid) != 0 ? args.NoResult : state.ModelSum;
        RowStatus status = StatusOf(in row, faults, isSparseFaulty, in sums);
        if (exists && team.Place.Writes)
        {
            (state.MaxLogit, state.MaxReward, state.MaxScore) = (sums.MaxLogit, sums.MaxReward, sums.MaxScore);
            (state.Sum, state.BaseSum, state.Status) = (sums.Sum, sums.BaseSum, (int)status);
            args.RowStates[number] = state;
            Write(in args, in row, in sums, status);
        }
    }

    private static RowStatus StatusOf(in KernelTokenRow row, int faults, bool isSparseFaulty, in TokenRowSums sums) =>
        row.Parameters.Status != RowStatus.Ok ? row.Parameters.Status
        : (faults & KernelTokenRow.LogitIsNaN) != 0 ? RowStatus.LogitNaN
        : (faults & KernelTokenRow.LogitIsInfinite) != 0 ? RowStatus.LogitPositiveInfinity
        : sums.MaxLogit == float.NegativeInfinity ? RowStatus.AllExcluded
        : isSparseFaulty ? RowStatus.SparseRewardsInvalid
        : (faults & KernelTokenRow.RewardIsNaN) != 0 ? RowStatus.RewardNaN
        : (faults & KernelTokenRow.RewardIsInfinite) != 0 ? RowStatus.RewardPositiveInfinity
        : sums.MaxReward == float.NegativeInfinity ? RowStatus.AllExcluded
        : sums.MaxScore == float.NegativeInfinity ? RowStatus.ScoresOutOfRange
        : RowStatus.Ok;

    /// <summary>The largest logits, the number of tokens in play, and what is wrong with any.</summary>
    private static int FindLargest(
        in TokenKernelArgs args,
        in TokenTeam<TWarp, TTeam> team,
        in KernelTokenRow row,
        ref TokenRowSums sums,
        ref TokenRowState state)
    {
        uint faults = 0;
        float largest = float.NegativeInfinity;
        float model = float.NegativeInfinity;
        for (int turn = 0; turn < TokenTeam<TWarp, TTeam>.SegmentTurns; turn++)
        {
            SegmentRange range = team.Range(0, args.Segments, turn);
            for (int i = range.First; i < range.End; i += CanonicalSum.Lanes)
            {
                for (int s = i; s < range.End && s < i + CanonicalSum.GroupSize; s++)
                {
                    TokenSegmentState segment = args.States[(row.Number * args.Segments) + s];
                    faults |= (uint)segment.Faults;
                    largest = segment.Logit > largest ? segment.Logit : largest;
                    model = segment.ModelLogit > model ? segment.ModelLogit : model;
                }
            }
        }

        sums.MaxLogit = Team<TWarp, TTeam>.Max(largest, in team.Place);
        state.ModelMax = args.Wants(TokenOutputFlag.ModelLogProbability)
            ? Team<TWarp, TTeam>.Max(model, in team.Place)
            : 0f;
        return (int)Team<TWarp, TTeam>.Fold<OrFold>(faults, in team.Place);
    }

    private static void FindReward(
        in TokenKernelArgs args,
        in TokenTeam<TWarp, TTeam> team,
        in KernelTokenRow row,
        ref TokenRowSums sums)
    {
        if (!args.HasRewards)
        {
            return;
        }

        float largest = float.NegativeInfinity;
        for (int turn = 0; turn < TokenTeam<TWarp, TTeam>.SegmentTurns; turn++)
        {
            SegmentRange range = team.Range(0, args.Segments, turn);
            for (int i = range.First; i < range.End; i += CanonicalSum.Lanes)
            {
                for (int s = i; s < range.End && s < i + CanonicalSum.GroupSize; s++)
                {
                    TokenSegmentState segment = args.States[(row.Number * args.Segments) + s];
                    bool counts = BaseOffsetOf(in row, in segment, in sums) > float.NegativeInfinity;
                    largest = counts && segment.Reward > largest ? segment.Reward : largest;
                }
            }
        }

        sums.MaxReward = Team<TWarp, TTeam>.Max(largest, in team.Place);
    }

    private static void FindScore(
        in TokenKernelArgs args,
        in TokenTeam<TWarp, TTeam> team,
        in KernelTokenRow row,
        bool exists,
        ref TokenRowSums sums)
    {
        float largest = float.NegativeInfinity;
        for (int turn = 0; turn < TokenTeam<TWarp, TTeam>.SegmentTurns; turn++)
        {
            SegmentRange range = team.Range(0, args.Segments, turn);
            for (int i = range.First; i < range.End; i += CanonicalSum.Lanes)
            {
                for (int s = i; s < range.End && s < i + CanonicalSum.GroupSize; s++)
                {
                    long at = (row.Number * args.Segments) + s;
                    TokenSegmentState segment = args.States[at];
                    segment.BaseOffset = BaseOffsetOf(in row, in segment, in sums);
                    segment.Offset = OffsetOf(in row, in segment, in sums);
                    largest = segment.Offset > largest ? segment.Offset : largest;
                    if (exists)
                    {
                        args.States[at] = segment;
                    }
                }
            }
        }

        sums.MaxScore = Team<TWarp, TTeam>.Max(largest, in team.Place);
    }

    private static void MakeSums(
        in TokenKernelArgs args,
        in TokenTeam<TWarp, TTeam> team,
        in KernelTokenRow row,
        ref TokenRowSums sums,
        ref TokenRowState state)
    {
        uint count = 0;
        for (int turn = 0; turn < TokenTeam<TWarp, TTeam>.SegmentTurns; turn++)
        {
            Quad sum = default;
            Quad baseSum = default;
            Quad deviations = default;
            Quad squares = default;
            Quad model = default;
            SegmentRange range = team.Range(0, args.Segments, turn);
            for (int i = range.First; i < range.End; i += CanonicalSum.Lanes)
            {
                TokenSegmentTerms a = TermsOf(in args, in row, in sums, in state, i, range.End);
                TokenSegmentTerms b = TermsOf(in args, in row, in sums, in state, i + 1, range.End);
                TokenSegmentTerms c = TermsOf(in args, in row, in sums, in state, i + 2, range.End);
                TokenSegmentTerms d = TermsOf(in args, in row, in sums, in state, i + 3, range.End);
                sum.Add(new Quad(a.Sum, b.Sum, c.Sum, d.Sum));
                baseSum.Add(new Quad(a.Base, b.Base, c.Base, d.Base));
                deviations.Add(new Quad(a.Deviation, b.Deviation, c.Deviation, d.Deviation));
                squares.Add(new Quad(a.Square, b.Square, c.Square, d.Square));
                model.Add(new Quad(a.Model, b.Model, c.Model, d.Model));
                count += (a.Count + b.Count) + (c.Count + d.Count);
            }

            sums.Sum = team.Sum(in sum, TokenSumKind.Sum, turn);
            sums.BaseSum = team.Sum(in baseSum, TokenSumKind.Base, turn);
            sums.Deviations = team.Sum(in deviations, TokenSumKind.Deviation, turn);
            sums.Squares = team.Sum(in squares, TokenSumKind.Square, turn);
            state.ModelSum = team.Sum(in model, TokenSumKind.Model, turn);
        }

        sums.Count = (int)Team<TWarp, TTeam>.Fold<AddFold>(count, in team.Place);
    }

    private static TokenSegmentTerms TermsOf(
        in TokenKernelArgs args,
        in KernelTokenRow row,
        in TokenRowSums sums,
        in TokenRowState state,
        int s,
        int end)
    {
        TokenSegmentTerms terms = default;
        if (s < end)
        {
            TokenSegmentState segment = args.States[(row.Number * args.Segments) + s];
            terms.Make(in row, in segment, in sums, state.ModelMax);
        }

        return terms;
    }

    private static float BaseOffsetOf(in KernelTokenRow row, in TokenSegmentState segment, in TokenRowSums sums) =>
        segment.Logit == float.NegativeInfinity
            ? float.NegativeInfinity
            : row.Parameters.Base.Term(segment.Logit, sums.MaxLogit);

    private static float OffsetOf(in KernelTokenRow row, in TokenSegmentState segment, in TokenRowSums sums)
    {
        bool counts = segment.BaseOffset > float.NegativeInfinity && segment.Score > float.NegativeInfinity;
        float reward = row.Parameters.HasRewards ? row.Parameters.Tilt.Term(segment.Reward, sums.MaxReward) : 0f;
        return counts ? (segment.BaseOffset + reward) + segment.Score : float.NegativeInfinity;
    }

    private static void Write(
        in TokenKernelArgs args, in KernelTokenRow row, in TokenRowSums sums, RowStatus status)
    {
        bool hasResult = status == RowStatus.Ok;
        float none = args.NoResult;
        long at = row.Number;
        if (args.Wants(TokenOutputFlag.Status))
        {
            args.Status[at] = (byte)status;
        }

        if (args.Wants(TokenOutputFlag.LeastKept))
        {
            args.LeastKept[at] = hasResult ? row.Least : none;
        }

        if (args.Wants(TokenOutputFlag.LogSumExp))
        {
            args.LogSumExp[at] = hasResult ? sums.LogSumExp(in row.Parameters) : none;
        }

        if (args.Wants(TokenOutputFlag.BaseLogSumExp))
        {
            args.BaseLogSumExp[at] = hasResult ? sums.BaseLogSumExp(in row.Parameters) : none;
        }

        if (args.Wants(TokenOutputFlag.Kl))
        {
            args.Kl[at] = hasResult ? sums.Kl(in row.Parameters) : none;
        }

        if (args.Wants(TokenOutputFlag.EffectiveSampleSize))
        {
            args.EffectiveSampleSize[at] = hasResult ? sums.EffectiveSampleSize() : none;
        }
    }
}
