using ILGPU;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// Writes tilted logits and probabilities of every token: one team a segment. Each thread reads four logits before it writes
/// them, so both may lie in the logits' place.
/// </summary>
internal static class TokenWriteKernel<TWarp, TTeam>
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
                if (number < args.Count)
                {
                    RunSegment(in args, in team, number, segment);
                }
            }
        }
    }

    private static void RunSegment(
        in TokenKernelArgs args, in TokenTeam<TWarp, TTeam> team, long number, int s)
    {
        KernelTokenRow row = KernelTokenRow.Of(in args, number);
        int start = s * CanonicalSum.SegmentLength;
        row.Narrow(in args, start, start + CanonicalSum.SegmentLength);
        TokenRowState sums = args.RowStates[number];
        TokenSegmentState segment = args.States[(number * args.Segments) + s];
        bool hasResult = sums.Status == (int)RowStatus.Ok;
        TokenRowSums merged = default;
        (merged.MaxLogit, merged.MaxReward, merged.MaxScore) = (sums.MaxLogit, sums.MaxReward, sums.MaxScore);
        float best = hasResult ? merged.BestLogit(in row.Parameters) : 0f;
        float inverse = Division.Rcp(hasResult ? sums.Sum : 1f);
        for (int turn = 0; turn < TokenTeam<TWarp, TTeam>.SegmentTurns; turn++)
        {
            SegmentRange range = team.Range(s, args.Columns, turn);
            for (int i = range.First; i < range.End; i += CanonicalSum.Lanes)
            {
                Quad scores = row.Scores(in args, i, in segment);
                Quad x = new(
                    X(scores.A, in segment, in sums),
                    X(scores.B, in segment, in sums),
                    X(scores.C, in segment, in sums),
                    X(scores.D, in segment, in sums));
                Write(in args, number, i, in scores, in x, in segment, best, inverse, hasResult);
            }
        }
    }

    private static float X(float score, in TokenSegmentState segment, in TokenRowState sums) =>
        TokenTiltOp.XInPlay(score, segment.Score, segment.Offset, sums.MaxScore);

    private static void Write(
        in TokenKernelArgs args,
        long number,
        int token,
        in Quad scores,
        in Quad x,
        in TokenSegmentState segment,
        float best,
        float inverse,
        bool hasResult)
    {
        float none = args.NoResult;
        if (args.Wants(TokenOutputFlag.TiltedLogits))
        {
            Quad tilted = new(
                Tilted(scores.A, x.A, in segment, best),
                Tilted(scores.B, x.B, in segment, best),
                Tilted(scores.C, x.C, in segment, best),
                Tilted(scores.D, x.D, in segment, best));
            Quad written = hasResult ? tilted : new Quad(none, none, none, none);
            args.TiltedLogits.Store(number * args.TiltedLogits.RowStride, token, args.Columns, in written);
        }

        if (args.Wants(TokenOutputFlag.Probabilities))
        {
            Quad probability = new(
                TokenTiltOp.Probability(x.A, inverse),
                TokenTiltOp.Probability(x.B, inverse),
                TokenTiltOp.Probability(x.C, inverse),
                TokenTiltOp.Probability(x.D, inverse));
            Quad written = hasResult ? probability : new Quad(none, none, none, none);
            args.Probabilities.Store(number * args.Probabilities.RowStride, token, args.Columns, in written);
        }
    }

    /// <summary>A token in play may lie below all floats: its logit is then the least finite one.</summary>
    private static float Tilted(float score, float x, in TokenSegmentState segment, float best) =>
        score > float.NegativeInfinity && segment.Offset > float.NegativeInfinity
            ? TokenTiltOp.TiltedLogit(x, best)
            : float.NegativeInfinity;
}
