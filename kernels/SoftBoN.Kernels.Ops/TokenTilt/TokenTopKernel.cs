using ILGPU;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>Names the likeliest tokens of rows, one after the other: one team a row.</summary>
internal static class TokenTopKernel<TWarp, TTeam>
    where TWarp : struct, IWarp
    where TTeam : struct, ITeam
{
    /// <summary>The kernel.</summary>
    public static void Run(TokenKernelArgs args)
    {
        TokenTeam<TWarp, TTeam> team = TokenTeam<TWarp, TTeam>.Of(in args.Shared);
        for (long number = Grid.IdxX; number < args.Count; number += Grid.DimX)
        {
            KernelTokenRow row = KernelTokenRow.Of(in args, number);
            TokenRowState sums = args.RowStates[number];
            TokenBest last = TokenBest.None;
            last.Key = float.PositiveInfinity;
            bool isOn = sums.Status == (int)RowStatus.Ok;
            for (int place = 0; place < args.Top; place++)
            {
                TokenBest best = team.Best(FindNext(in args, in team, in row, in sums, in last, isOn));
                isOn = isOn && best.Number >= 0;
                last = best;
                if (team.Place.Writes)
                {
                    Write(in args, in sums, (number * args.Top) + place, in best, isOn);
                }
            }
        }
    }

    /// <summary>The thread's best token behind the last one.</summary>
    private static TokenBest FindNext(
        in TokenKernelArgs args,
        in TokenTeam<TWarp, TTeam> team,
        in KernelTokenRow row,
        in TokenRowState sums,
        in TokenBest last,
        bool isOn)
    {
        TokenBest best = TokenBest.None;
        int turns = isOn ? TokenTeam<TWarp, TTeam>.RowTurns(args.Segments) : 0;
        for (int turn = 0; turn < turns; turn += team.Place.Warps)
        {
            SegmentRange range = team.RowRange(args.Columns, turn);
            if (range.First >= range.End)
            {
                continue;
            }

            long at = (row.Number * args.Segments) + (range.First / CanonicalSum.SegmentLength);
            TokenSegmentState segment = args.States[at];

            // No token of a segment is above its best one.
            bool canWin = segment.Offset > float.NegativeInfinity && segment.Offset - sums.MaxScore >= best.Key;
            for (int i = range.First; canWin && i < range.End; i += CanonicalSum.Lanes)
            {
                Quad scores = row.Scores(in args, i, in segment);
                Consider(scores.A, in segment, in sums, in last, i, ref best);
                Consider(scores.B, in segment, in sums, in last, i + 1, ref best);
                Consider(scores.C, in segment, in sums, in last, i + 2, ref best);
                Consider(scores.D, in segment, in sums, in last, i + 3, ref best);
            }
        }

        return best;
    }

    private static void Consider(
        float score,
        in TokenSegmentState segment,
        in TokenRowState sums,
        in TokenBest last,
        int token,
        ref TokenBest best)
    {
        float x = TokenTiltOp.XInPlay(score, segment.Score, segment.Offset, sums.MaxScore);
        bool isLeft = x < last.Key || (x == last.Key && token > last.Number);
        best.Add(isLeft ? x : float.NegativeInfinity, token);
    }

    private static void Write(
        in TokenKernelArgs args, in TokenRowState sums, long at, in TokenBest best, bool isFound)
    {
        if (args.Wants(TokenOutputFlag.TopToken))
        {
            args.TopToken[at] = isFound ? best.Number : -1;
        }

        if (args.Wants(TokenOutputFlag.TopLogProbability))
        {
            float logProbability = TokenTiltOp.LogProbability(isFound ? best.Key : 0f, isFound ? sums.Sum : 1f);
            args.TopLogProbability[at] = isFound ? logProbability : args.NoResult;
        }
    }
}
