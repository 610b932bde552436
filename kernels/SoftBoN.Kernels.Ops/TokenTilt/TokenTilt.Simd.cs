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
            TokenRowSums sums = default;
            float leastKept = float.NegativeInfinity;
            TokenParameters parameters = TokenParameters.Of(in args, row);
            RowStatus status = parameters.Status == RowStatus.Ok
                ? SumSimd(in args, row, in parameters, scratch, out sums, out leastKept)
                : parameters.Status;
            if (status != RowStatus.Ok)
            {
                WriteNoResult(in args, row, status);
                continue;
            }

            var found = new VectorRowDraws(in args, row, in parameters, in sums, scratch);
            WriteRow(in args, row, in parameters, in sums, leastKept);
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

    /// <summary>
    /// Sums of all segments. What looks wrong is looked at again by the reference, which says what it is.
    /// </summary>
    private static RowStatus SumSimd(
        in TokenTiltArgs args,
        long row,
        in TokenParameters parameters,
        RowScratch scratch,
        out TokenRowSums sums,
        out float leastKept)
    {
        sums = default;
        bool isPlain = AimSimd(in args, row, in parameters, scratch, out leastKept);
        isPlain = isPlain && SumSegmentsSimd(in args, in parameters, scratch);
        if (!isPlain)
        {
            scratch.Reserve(args.Columns);
            return LoadReference(in args, row, in parameters, scratch, out _);
        }

        return TokenRowSums.Merge(
            scratch.Segments, TokenSegments.CountFor(args.Vocabulary), in parameters, out sums);
    }

    /// <summary>Makes the row the one whose segments are loaded; false where there is trouble or nothing to keep.</summary>
    private static bool AimSimd(
        in TokenTiltArgs args, long row, in TokenParameters parameters, RowScratch scratch, out float leastKept)
    {
        leastKept = float.NegativeInfinity;
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
            isPlain &= Truncate(in logits, in parameters, scratch, out leastKept);
            logits = new TokenLogits(new TokenValues(scratch.Row, TokenElement.Float32), null, args.Columns);
        }

        scratch.Tokens.Aim(logits.From(args.FirstToken), rewards.From(args.FirstToken), in parameters);
        return isPlain;
    }

    /// <summary>What each segment knows of itself; false where there is trouble.</summary>
    private static bool SumSegmentsSimd(in TokenTiltArgs args, in TokenParameters parameters, RowScratch scratch)
    {
        int end = TokenSegments.CountFor(args.FirstToken + args.Columns);
        bool isPlain = true;
        for (int s = TokenSegments.CountFor(args.FirstToken); s < end && isPlain; s++)
        {
            SumSegmentSimd(in args, s, in parameters, scratch);
            isPlain = !scratch.Tokens.IsInTrouble;
        }

        return isPlain;
    }

    /// <summary>Whether a draw needs the sums: one that goes by the best key or score alone does not.</summary>
    private static bool NeedsSum(in TokenTiltArgs args, in TokenParameters parameters) => args.WantsDraws
        && parameters.Mode switch
        {
            TokenTiltMode.Greedy => false,
            TokenTiltMode.Tilt => args.Noise == TokenNoise.PerBlock,
            _ => true,
        };

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
        segments.AllIncluded[s] = tokens.AllIncluded ? 1 : 0;
        segments.Reward[s] = tokens.Reward;
        bool proposes = parameters.Mode == TokenTiltMode.SoftBestOfN && args.WantsDraws;
        bool wantsSum = args.SumsAll || args.WantsSum || NeedsSum(in args, in parameters);
        bool wantsBase = args.SumsAll || args.BaseLogSumExp != null || args.BaseLogProbability != null || args.Kl != null || proposes;
        if (wantsBase || (wantsSum && !parameters.HasRewards))
        {
            segments.BaseSum[s] = tokens.BaseSum();
        }

        if (!parameters.HasRewards)
        {
            segments.Score[s] = 0f;
            segments.Sum[s] = segments.BaseSum[s];
            if (args.EffectiveSampleSize == null && !args.SumsAll)
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
        if (parameters.HasRewards && wantsSum)
        {
            segments.Sum[s] = TokenScores.Sum(tokens.Scores, tokens.Padded, max);
            segments.Deviation[s] = args.Kl != null || args.SumsAll ? tokens.Deviations(max) : 0f;
        }

        if (args.EffectiveSampleSize != null || args.SumsAll)
        {
            segments.Count[s] = TokenScores.MakeSquares(tokens.Scores, tokens.Padded, max, tokens.Noise);
            segments.Squares[s] = VectorSums.SegmentSum(tokens.Noise, tokens.Padded);
        }
    }

    /// <summary>Kept logits to Row, -infinity elsewhere; false where there is trouble or nothing to keep.</summary>
    private static bool Truncate(
        in TokenLogits logits, in TokenParameters parameters, RowScratch scratch, out float least)
    {
        least = parameters.LeastLogit;
        int padded = VectorRow.RoundUp(logits.Length);
        if (!TokenLoad.FlushAndLook(in logits, scratch.Row, out float max)
            || max == float.NegativeInfinity
            || max < least)
        {
            return false;
        }

        if (parameters.FindsLeast)
        {
            var truncation = new VectorTruncation(scratch.Row, padded, max, scratch);
            least = MathF.Max(truncation.LeastKept(in parameters), least);
        }

        TokenLoad.KeepFrom(least, scratch.Row, padded);
        return true;
    }
}
