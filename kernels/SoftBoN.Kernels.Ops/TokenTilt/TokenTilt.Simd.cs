using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// The same with vectors: one pass over logits and rewards makes the segments' sums; a draw then reads the segment that
/// won.
/// </summary>
internal static unsafe partial class TokenTiltOp
{
    /// <summary>The token tilt of rows first to end - 1.</summary>
    public static void RunSimd(in TokenTiltArgs args, long first, long end, RowScratch scratch)
    {
        for (long row = first; row < end; row++)
        {
            TokenParameters parameters = TokenParameters.Of(in args, row);
            RowStatus status = parameters.Status == RowStatus.Ok
                ? SumSimd(in args, row, ref parameters, scratch, out TokenRowSums sums)
                : SetNone(parameters.Status, out sums);
            if (status != RowStatus.Ok)
            {
                WriteNoResult(in args, row, status);
                continue;
            }

            var found = new VectorRowDraws(in args, row, in parameters, in sums, scratch);
            WriteRow(in args, row, in parameters, in sums);
            found.Draw();
            if (args.WantsTop)
            {
                found.WriteTop();
            }

            if (args.WantsTokens)
            {
                found.WriteTokens();
            }
        }
    }

    private static RowStatus SetNone(RowStatus status, out TokenRowSums sums)
    {
        sums = default;
        return status;
    }

    /// <summary>
    /// Sums of all segments. What looks wrong is looked at again by the reference, which says what it is.
    /// </summary>
    private static RowStatus SumSimd(
        in TokenTiltArgs args, long row, ref TokenParameters parameters, RowScratch scratch, out TokenRowSums sums)
    {
        sums = default;
        TokenValues rewards = args.DenseRewardsOf(row);
        if (args.SparseStarts != null || parameters.Truncates)
        {
            scratch.Reserve(args.Columns);
        }

        bool isPlain = true;
        if (args.SparseStarts != null)
        {
            isPlain = Scatter(in args, row, (float*)scratch.Words) == RowStatus.Ok;
            rewards = new TokenValues(scratch.Words, TokenElement.Float32);
        }

        TokenLogits logits = args.LogitsOf(row);
        if (parameters.Truncates)
        {
            isPlain &= Truncate(in logits, in parameters, scratch);
            logits = new TokenLogits(new TokenValues(scratch.Row, TokenElement.Float32), null, args.Columns);
        }

        int count = TokenSegments.CountFor(args.Columns);
        scratch.Tokens.Aim(in logits, in rewards, in parameters);
        for (int s = 0; s < count && isPlain; s++)
        {
            SumSegmentSimd(in args, s, in parameters, scratch);
            isPlain = !scratch.Tokens.IsInTrouble;
        }

        if (!isPlain)
        {
            scratch.Reserve(args.Columns);
            return LoadReference(in args, row, in parameters, scratch);
        }

        return TokenRowSums.Merge(scratch.Segments, count, in parameters, out sums);
    }

    /// <summary>What a segment knows of itself.</summary>
    public static void SumSegmentSimd(in TokenTiltArgs args, int s, in TokenParameters parameters, RowScratch scratch)
    {
        TokenSegments segments = scratch.Segments;
        TokenVectorRow tokens = scratch.Tokens;
        segments.Clear(s);
        if (!tokens.Load(s))
        {
            return;
        }

        segments.Logit[s] = tokens.Logit;
        segments.Reward[s] = tokens.Reward;
        bool proposes = parameters.Mode == TokenTiltMode.SoftBestOfN && args.WantsDraws;
        bool wantsBase = args.BaseLogSumExp != null || args.BaseLogProbability != null || args.Kl != null || proposes;
        if (wantsBase || !parameters.HasRewards)
        {
            segments.BaseSum[s] = tokens.BaseSum();
        }

        if (!parameters.HasRewards)
        {
            segments.Score[s] = 0f;
            segments.Sum[s] = segments.BaseSum[s];
            if (args.EffectiveSampleSize == null)
            {
                return;
            }
        }

        float max = tokens.MakeScores();
        if (max == float.NegativeInfinity)
        {
            return;
        }

        segments.Score[s] = max;
        if (parameters.HasRewards)
        {
            segments.Sum[s] = TokenScores.Sum(tokens.Scores, tokens.Padded, max);
            segments.Deviation[s] = args.Kl != null ? tokens.Deviations(max) : 0f;
        }

        if (args.EffectiveSampleSize != null)
        {
            segments.Count[s] = TokenScores.MakeSquares(tokens.Scores, tokens.Padded, max, tokens.Noise);
            segments.Squares[s] = VectorSums.SegmentSum(tokens.Noise, tokens.Padded);
        }
    }

    /// <summary>Kept logits to Row, -infinity elsewhere; false where there is trouble or nothing to keep.</summary>
    private static bool Truncate(in TokenLogits logits, in TokenParameters parameters, RowScratch scratch)
    {
        int padded = VectorRow.RoundUp(logits.Length);
        TokenLoad.Convert(logits.Values, 0, logits.Length, scratch.Row);
        if (logits.Mask != null)
        {
            TokenLoad.Mask(scratch.Row, logits.Mask, logits.Length);
        }

        TokenLoad.Flush(scratch.Row, padded, scratch.Row);
        bool isPlain = TokenLoad.LookAt(scratch.Row, padded, out float max, out _) && max > float.NegativeInfinity;
        if (isPlain)
        {
            var truncation = new VectorTruncation(scratch.Row, padded, max, scratch);
            TokenLoad.KeepFrom(truncation.LeastKept(in parameters), scratch.Row, padded);
        }

        return isPlain;
    }
}
