using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>The oracle: what these loops return is what every other path returns, to the bit.</summary>
internal static unsafe partial class TokenTiltOp
{
    /// <summary>The token tilt of rows first to end - 1.</summary>
    public static void RunReference(in TokenTiltArgs args, long first, long end, RowScratch scratch)
    {
        scratch.Reserve(args.Columns);
        for (long row = first; row < end; row++)
        {
            float least = float.NegativeInfinity;
            TokenParameters parameters = TokenParameters.Of(in args, row);
            RowStatus status = parameters.Status == RowStatus.Ok
                ? LoadReference(in args, row, in parameters, scratch, out least)
                : parameters.Status;
            TokenRowSums sums = default;
            if (status == RowStatus.Ok)
            {
                status = SumReference(args.Columns, in parameters, scratch, out sums);
            }

            if (status != RowStatus.Ok)
            {
                WriteNoResult(in args, row, status);
                continue;
            }

            var found = new ReferenceRow(in args, row, in parameters, in sums, scratch);
            WriteRow(in args, row, in parameters, in sums, least);
            found.Draw();
            found.WriteTop();
            found.WriteTokens();
        }
    }

    /// <summary>
    /// A row's kept logits, -infinity elsewhere, to Row, and its rewards in lambda's direction to Exps.
    /// </summary>
    private static RowStatus LoadReference(
        in TokenTiltArgs args, long row, in TokenParameters parameters, RowScratch scratch, out float least)
    {
        least = float.NegativeInfinity;
        TokenLogits view = args.LogitsOf(row);
        bool anyNaN = false;
        bool anyInfinity = false;
        float max = float.NegativeInfinity;
        for (int v = 0; v < args.Columns; v++)
        {
            float logit = view[v];
            anyNaN |= float.IsNaN(logit);
            anyInfinity |= logit == float.PositiveInfinity;
            max = logit > max ? logit : max;
            scratch.Row[v] = logit;
        }

        if (anyNaN || anyInfinity || max == float.NegativeInfinity)
        {
            return anyNaN ? RowStatus.LogitNaN
                : anyInfinity ? RowStatus.LogitPositiveInfinity
                : RowStatus.AllExcluded;
        }

        if (max < parameters.LeastLogit)
        {
            return RowStatus.AllExcluded;
        }

        least = LeastKept(scratch.Row, args.Columns, max, in parameters, scratch.Keys);
        for (int v = 0; v < args.Columns; v++)
        {
            scratch.Row[v] = scratch.Row[v] >= least ? scratch.Row[v] : float.NegativeInfinity;
        }

        return args.HasRewards ? LoadRewards(in args, row, in parameters, scratch) : RowStatus.Ok;
    }

    private static RowStatus LoadRewards(
        in TokenTiltArgs args, long row, in TokenParameters parameters, RowScratch scratch)
    {
        TokenValues rewards = args.DenseRewardsOf(row);
        if (args.SparseStarts != null)
        {
            rewards = new TokenValues(scratch.Words, TokenElement.Float32);
            if (Scatter(in args, row, (float*)scratch.Words) != RowStatus.Ok)
            {
                return RowStatus.SparseRewardsInvalid;
            }
        }

        bool anyNaN = false;
        bool anyInfinity = false;
        for (int v = 0; v < args.Columns; v++)
        {
            float reward = scratch.Row[v] > float.NegativeInfinity ? rewards[v] : float.NegativeInfinity;
            anyNaN |= float.IsNaN(reward);
            anyInfinity |= reward == float.PositiveInfinity;
            scratch.Exps[v] = Reward(reward, parameters.IsNegative);
        }

        return anyNaN ? RowStatus.RewardNaN : anyInfinity ? RowStatus.RewardPositiveInfinity : RowStatus.Ok;
    }

    /// <summary>The least logit that all truncations keep; -infinity where there are none.</summary>
    private static float LeastKept(
        float* logits, int length, float max, in TokenParameters parameters, float* memory)
    {
        if (!parameters.FindsLeast)
        {
            return parameters.LeastLogit;
        }

        int count = 0;
        for (int v = 0; v < length; v++)
        {
            if (logits[v] > float.NegativeInfinity)
            {
                memory[count++] = logits[v];
            }
        }

        var sorted = new Span<float>(memory, count);
        sorted.Sort();
        sorted.Reverse();
        float leastTerm = TokenTruncation.LeastTerm(parameters.MinP);
        int kept = 0;
        while (kept < count && parameters.Base.Term(sorted[kept], max) >= leastTerm)
        {
            kept++;
        }

        if (parameters.TopK > 0 && parameters.TopK < kept)
        {
            kept = WithTies(sorted, parameters.TopK);
        }

        if (parameters.TopP < 1f)
        {
            kept = WithTies(sorted, CountForMass(sorted[..kept], max, in parameters));
        }

        float least = MathF.Max(sorted[kept - 1], parameters.LeastLogit);
        return MathF.Max(least, LeastBySigma(logits, length, sorted, parameters.TopNSigma));
    }

    /// <summary>How many are kept if all that equal the last one are.</summary>
    private static int WithTies(Span<float> sorted, int count)
    {
        while (count < sorted.Length && sorted[count] == sorted[count - 1])
        {
            count++;
        }

        return count;
    }

    /// <summary>How many of the largest have the mass that top-p asks for.</summary>
    private static int CountForMass(Span<float> sorted, float max, in TokenParameters parameters)
    {
        ulong total = 0;
        foreach (float logit in sorted)
        {
            total += Mass(parameters.Base.Term(logit, max));
        }

        ulong target = TargetMass(total, parameters.TopP);
        ulong mass = 0;
        int count = 0;
        while (mass < target)
        {
            mass += Mass(parameters.Base.Term(sorted[count++], max));
        }

        return count;
    }

    /// <summary>The least logit within n standard deviations of the largest; of all allowed tokens.</summary>
    private static float LeastBySigma(float* logits, int length, Span<float> sorted, float deviations)
    {
        if (!(deviations <= float.MaxValue))
        {
            return float.NegativeInfinity;
        }

        float max = sorted[0];
        float unit = TokenTruncation.Unit(max, sorted[^1]);
        CanonicalSum distances = default;
        for (int v = 0; v < length; v++)
        {
            bool included = logits[v] > float.NegativeInfinity;
            distances.Add(included ? TokenTruncation.Distance(logits[v], max, unit) : 0f);
        }

        float mean = Division.Div(distances.Total(), sorted.Length);
        CanonicalSum squares = default;
        for (int v = 0; v < length; v++)
        {
            bool included = logits[v] > float.NegativeInfinity;
            float distance = TokenTruncation.Distance(logits[v], max, unit);
            squares.Add(included ? TokenTruncation.SquareTerm(distance, mean) : 0f);
        }

        float least = TokenTruncation.LeastDistance(squares.Total(), sorted.Length, deviations);
        int kept = sorted.Length;
        while (TokenTruncation.Distance(sorted[kept - 1], max, unit) < least)
        {
            kept--;
        }

        return sorted[kept - 1];
    }

    /// <summary>Scores to X, each relative to its segment's largest logit and reward, and the segments' sums.</summary>
    private static RowStatus SumReference(
        int length, in TokenParameters parameters, RowScratch scratch, out TokenRowSums sums)
    {
        int count = TokenSegments.CountFor(length);
        for (int s = 0; s < count; s++)
        {
            int start = s * CanonicalSum.SegmentLength;
            SumSegment(s, start, Math.Min(start + CanonicalSum.SegmentLength, length), in parameters, scratch);
        }

        return TokenRowSums.Merge(scratch.Segments, count, in parameters, out sums);
    }

    private static void SumSegment(int s, int start, int end, in TokenParameters parameters, RowScratch scratch)
    {
        TokenSegments segments = scratch.Segments;
        segments.Clear(s);
        for (int v = start; v < end; v++)
        {
            segments.Logit[s] = MathF.Max(segments.Logit[s], scratch.Row[v]);
            scratch.X[v] = float.NegativeInfinity;
        }

        float pivot = segments.Logit[s];
        if (pivot == float.NegativeInfinity)
        {
            return;
        }

        for (int v = start; v < end && parameters.HasRewards; v++)
        {
            bool inPlay = parameters.Base.IsInPlay(scratch.Row[v], pivot);
            segments.Reward[s] = MathF.Max(segments.Reward[s], inPlay ? scratch.Exps[v] : float.NegativeInfinity);
        }

        for (int v = start; v < end; v++)
        {
            scratch.X[v] = parameters.Base.Term(scratch.Row[v], pivot) + RewardTerm(v, s, in parameters, scratch);
            segments.Score[s] = MathF.Max(segments.Score[s], scratch.X[v]);
        }

        CanonicalSum sum = default;
        CanonicalSum baseSum = default;
        CanonicalSum deviations = default;
        CanonicalSum squares = default;
        for (int v = start; v < end; v++)
        {
            bool inPlay = scratch.X[v] > float.NegativeInfinity;
            float e = inPlay ? Exponential.Exp2(scratch.X[v] - segments.Score[s]) : 0f;
            sum.Add(e);
            baseSum.Add(Exponential.Exp2(parameters.Base.Term(scratch.Row[v], pivot)));
            deviations.Add(inPlay ? DeviationTerm(e, RewardTerm(v, s, in parameters, scratch)) : 0f);
            squares.Add(SoftWeightsOp.SquareTerm(e));
            segments.Count[s] += inPlay ? 1 : 0;
        }

        segments.Sum[s] = sum.Total();
        segments.BaseSum[s] = baseSum.Total();
        segments.Deviation[s] = deviations.Total();
        segments.Squares[s] = squares.Total();
    }

    /// <inheritdoc cref="RewardTerm(in TokenParameters, float, float, float, float)"/>
    private static float RewardTerm(int v, int s, in TokenParameters parameters, RowScratch scratch) => RewardTerm(
        in parameters, scratch.Row[v], scratch.Exps[v], scratch.Segments.Logit[s], scratch.Segments.Reward[s]);
}
