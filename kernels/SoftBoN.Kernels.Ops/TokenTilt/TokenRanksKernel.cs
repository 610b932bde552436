using ILGPU;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>Counts the tokens that are likelier than those that were drawn: one team a segment, which adds what it found.</summary>
internal static class TokenRanksKernel<TWarp, TTeam>
    where TWarp : struct, IWarp
    where TTeam : struct, ITeam
{
    /// <summary>The kernel.</summary>
    public static void Run(TokenKernelArgs args)
    {
        TokenTeam<TWarp, TTeam> team = TokenTeam<TWarp, TTeam>.Of(in args.Shared);
        for (int segment = Grid.IdxY; segment < args.Segments; segment += Grid.DimY)
        {
            long step = TokenTeam<TWarp, TTeam>.RowStep;
            for (long first = TokenTeam<TWarp, TTeam>.FirstRow; first < args.Count; first += step)
            {
                long number = TokenTeam<TWarp, TTeam>.RowOf(first);
                bool exists = number < args.Count;
                RunSegment(in args, in team, exists ? number : 0, segment, exists);
            }
        }
    }

    private static void RunSegment(
        in TokenKernelArgs args, in TokenTeam<TWarp, TTeam> team, long number, int segment, bool exists)
    {
        KernelTokenRow row = KernelTokenRow.Of(in args, number);
        TokenRowState sums = args.RowStates[number];
        bool isOn = exists && sums.Status == (int)RowStatus.Ok;
        for (int draw = 0; draw < args.DrawCount; draw++)
        {
            long at = (number * args.Draws) + args.FirstDraw + draw;
            int token = isOn ? args.Token[at] : -1;
            uint count = token >= 0 ? Count(in args, in team, in row, in sums, segment, token) : 0u;
            count = Team<TWarp, TTeam>.Fold<AddFold>(count, in team.Place);
            if (token >= 0 && team.Place.Writes && count > 0)
            {
                Atomic.Add(ref args.Rank[at], (int)count);
            }
        }
    }

    private static uint Count(
        in TokenKernelArgs args,
        in TokenTeam<TWarp, TTeam> team,
        in KernelTokenRow row,
        in TokenRowState sums,
        int s,
        int token)
    {
        TokenSegmentState segment = args.States[(row.Number * args.Segments) + s];
        TokenSegmentState own = args.States[(row.Number * args.Segments) + (token / CanonicalSum.SegmentLength)];
        float score = row.Score(row.Logit(in args, token), row.Reward(in args, token), in own);
        float x = TokenTiltOp.XInPlay(score, own.Score, own.Offset, sums.MaxScore);
        uint count = 0;
        for (int turn = 0; turn < TokenTeam<TWarp, TTeam>.SegmentTurns; turn++)
        {
            SegmentRange range = team.Range(s, args.Columns, turn);
            for (int i = range.First; i < range.End; i += CanonicalSum.Lanes)
            {
                Quad scores = row.Scores(in args, i, in segment);
                count += IsBefore(scores.A, in segment, in sums, x, i < token);
                count += IsBefore(scores.B, in segment, in sums, x, i + 1 < token);
                count += IsBefore(scores.C, in segment, in sums, x, i + 2 < token);
                count += IsBefore(scores.D, in segment, in sums, x, i + 3 < token);
            }
        }

        return count;
    }

    private static uint IsBefore(
        float score, in TokenSegmentState segment, in TokenRowState sums, float x, bool isLower)
    {
        float other = TokenTiltOp.XInPlay(score, segment.Score, segment.Offset, sums.MaxScore);
        bool isEqual = other == x && x > float.NegativeInfinity;
        return other > x || (isEqual && isLower) ? 1u : 0u;
    }
}
