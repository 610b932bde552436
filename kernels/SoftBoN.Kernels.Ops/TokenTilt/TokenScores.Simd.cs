using System.Numerics;
using System.Runtime.CompilerServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>Vector loops over the scores of a segment.</summary>
internal static unsafe class TokenScores
{
    /// <summary>Scores of logits and rewards; returns the largest.</summary>
    public static float Make(in TokenTerms logits, in TokenTerms rewards, int padded, float* scores) =>
        logits.Flush || rewards.Flush
            ? Make<On>(logits, rewards, padded, scores)
            : Make<Off>(logits, rewards, padded, scores);

    /// <summary>Sum of 2^(score - max).</summary>
    [MethodImpl(HotLoop)]
    public static float Sum(float* scores, int padded, float max)
    {
        int width = Vector<float>.Count;
        Vector<float>* folds = stackalloc Vector<float>[SegmentFolds.Capacity];
        Vector<float> top = Vector.Create(max);
        int columns = 0;
        for (int lane = 0; lane < CanonicalSum.Lanes && lane < padded; lane += 4 * width)
        {
            Vector<float> s0 = Vector<float>.Zero;
            Vector<float> s1 = s0;
            Vector<float> s2 = s0;
            Vector<float> s3 = s0;
            for (int i = lane; i < padded; i += CanonicalSum.Lanes)
            {
                Vector<float> e0 = Vector.Load(scores + i) - top;
                Vector<float> e1 = Vector.Load(scores + i + width) - top;
                Vector<float> e2 = Vector.Load(scores + i + (2 * width)) - top;
                Vector<float> e3 = Vector.Load(scores + i + (3 * width)) - top;
                Exponential.Exp2(ref e0, ref e1, ref e2, ref e3);
                s0 += e0;
                s1 += e1;
                s2 += e2;
                s3 += e3;
            }

            folds[columns++] = LaneFold.Groups(s0, s1, s2, s3);
        }

        return SegmentFolds.Combine(folds, columns);
    }

    /// <summary>Replaces terms by the squares of their powers of two, and counts those in play.</summary>
    [MethodImpl(HotLoop)]
    public static int MakeSquares(float* scores, int padded, float max, float* squares)
    {
        Vector<float> none = Vector.Create(float.NegativeInfinity);
        Vector<int> outOfPlay = Vector<int>.Zero;
        for (int i = 0; i < padded; i += Vector<float>.Count)
        {
            Vector<float> score = Vector.Load(scores + i);
            outOfPlay -= Vector.Equals(score, none);
            Vector<float> e = Exponential.Exp2(score - Vector.Create(max));
            Bits.ZeroBelow(e * e, Vector.Create(Bits.TinyProduct)).Store(squares + i);
        }

        return padded - Vector.Sum(outOfPlay);
    }

    /// <summary>Powers of two times reward terms.</summary>
    [MethodImpl(HotLoop)]
    public static void MakeDeviations(float* scores, in TokenTerms rewards, int padded, float max, float* deviations)
    {
        TokenTerms terms = rewards;
        Vector<float> least = Vector.Create(TokenRowSums.LeastDeviation);
        for (int i = 0; i < padded; i += Vector<float>.Count)
        {
            Vector<float> term = terms.At<On>(i);
            term = Vector.ConditionalSelect(Vector.GreaterThan(term, least), term, least);
            Vector<float> e = Exponential.Exp2(Vector.Load(scores + i) - Vector.Create(max));
            Bits.ZeroBelow(e * term, Vector.Create(Bits.TinyProduct)).Store(deviations + i);
        }
    }

    /// <summary>The largest key and the first place that has it.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="noise">Their noise; the keys take its place.</param>
    /// <param name="padded">How many, whole vectors.</param>
    /// <param name="max">The largest score.</param>
    /// <param name="bestKey">The largest key.</param>
    [MethodImpl(HotLoop)]
    public static int Best(float* scores, float* noise, int padded, float max, out float bestKey)
    {
        Vector<float> best = Vector.Create(float.NegativeInfinity);
        for (int i = 0; i < padded; i += Vector<float>.Count)
        {
            Vector<float> key = Vector.FusedMultiplyAdd(
                Vector.Load(scores + i) - Vector.Create(max), Vector.Create(TokenScale.Ln2), Vector.Load(noise + i));
            key.Store(noise + i);
            best = Vector.MaxNative(best, key);
        }

        bestKey = LaneOps.MaxLane(best);
        return new ReadOnlySpan<float>(noise, padded).IndexOf(bestKey);
    }

    /// <summary>How many scores are likelier than one: larger in the row, or as large and before a place.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="padded">How many, whole vectors.</param>
    /// <param name="max">The largest of them.</param>
    /// <param name="shift">Where the segment lies in the row.</param>
    /// <param name="x">The score to compare with, in the row.</param>
    /// <param name="before">Equal ones count before this place.</param>
    [MethodImpl(HotLoop)]
    public static int CountLikelier(float* scores, int padded, float max, float shift, float x, int before)
    {
        Vector<int> count = Vector<int>.Zero;
        Vector<float> level = Vector.Create(x);
        for (int i = 0; i < padded; i += Vector<float>.Count)
        {
            Vector<float> other = (Vector.Load(scores + i) - Vector.Create(max)) + Vector.Create(shift);
            Vector<int> isBefore = Vector.LessThan(Vector.CreateSequence(i, 1), Vector.Create(before));
            count -= Vector.GreaterThan(other, level) | (Vector.Equals(other, level) & isBefore);
        }

        return Vector.Sum(count);
    }

    [MethodImpl(HotLoop)]
    private static float Make<TFlush>(TokenTerms logits, TokenTerms rewards, int padded, float* scores)
        where TFlush : IFlag
    {
        int width = Vector<float>.Count;
        Vector<float> max0 = Vector.Create(float.NegativeInfinity);
        Vector<float> max1 = max0;
        for (int i = 0; i < padded; i += 2 * width)
        {
            Vector<float> score0 = logits.At<TFlush>(i) + rewards.At<TFlush>(i);
            Vector<float> score1 = logits.At<TFlush>(i + width) + rewards.At<TFlush>(i + width);
            score0.Store(scores + i);
            score1.Store(scores + i + width);
            max0 = Vector.MaxNative(max0, score0);
            max1 = Vector.MaxNative(max1, score1);
        }

        return LaneOps.MaxLane(Vector.MaxNative(max0, max1));
    }
}
