using System.Numerics;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// The index of the largest x + Gumbel noise without most of the noise. A candidate whose upper bound is below a key that
/// is certainly reached cannot win, ties included.
/// </summary>
internal static unsafe partial class SelectionOp
{
    /// <summary>Candidates that are bounded, and in long rows decided, together.</summary>
    private const int BlockLength = 256;

    private static void RunPrunedRow(
        in SelectionArgs args, long row, in RowView view, in RowLambda lambda, RowStatus status, RowScratch scratch)
    {
        SoftWeightsVectorSums vectors = Aim(in args, in lambda, args.LogProbability != null, scratch);
        WriteRow(in args, row, in vectors.Sums, status);
        for (int draw = 0; draw < args.Draws; draw++)
        {
            NoiseKey key = args.KeyOf(row, draw);
            scratch.Schedule.Set(in key);
            long at = (row * args.Draws) + draw;
            if (scratch.Vectors.Padded <= BlockLength)
            {
                DeferShortRow(in args, at, in view, vectors, scratch);
            }
            else
            {
                int best = PickInLongRow(vectors, scratch, out float x);
                WritePick(in args, at, best, view.Values[best * view.Stride], x, vectors.Sums.Sum);
            }
        }
    }

    /// <summary>Writes a pick of a row without offsets, whose largest x is 0.</summary>
    public static void WritePick(in SelectionArgs args, long at, int index, float reward, float x, float sum) =>
        WriteDraw(in args, at, index, reward, args.LogProbability == null ? 0f : LogProbability(x, 0f, sum), 0f);

    /// <summary>
    /// One block. The row is decided if one candidate survives; else its survivors wait for those of other rows, so that
    /// their keys are made in full vectors.
    /// </summary>
    private static void DeferShortRow(
        in SelectionArgs args, long at, in RowView view, SoftWeightsVectorSums vectors, RowScratch scratch)
    {
        int padded = scratch.Vectors.Padded;
        Philox4x32.Fill(scratch.Words, in scratch.Schedule, 0, padded);
        float threshold = BoundBlock(vectors, 0, padded, scratch);
        SurvivorBatch survivors = scratch.Survivors;
        if (!survivors.HasRoom(padded))
        {
            survivors.Settle(in args);
        }

        survivors.Begin();
        Vector<float> limit = Vector.Create(threshold);
        for (int i = 0; i < padded; i += Vector<float>.Count)
        {
            ulong mask = LaneOps.TopBits(Vector.GreaterThanOrEqual(Vector.Load(scratch.X + i), limit));
            for (; mask != 0; mask &= mask - 1)
            {
                int candidate = i + BitOperations.TrailingZeroCount(mask);
                survivors.Add(candidate, vectors.XAt(candidate), scratch.Words[candidate]);
            }
        }

        if (survivors.IsSingle(out int index, out float x))
        {
            WritePick(in args, at, index, view.Values[index * view.Stride], x, vectors.Sums.Sum);
        }
        else
        {
            survivors.End(at, view.Values, view.Stride, vectors.Sums.Sum);
        }
    }

    /// <summary>
    /// Upper bounds on the keys of a block's candidates, in scratch.X. Returns a key that the best of them certainly
    /// reaches: the row's best reward has x = 0 and no noise is below <see cref="Noise.GumbelMin"/>.
    /// </summary>
    private static float BoundBlock(SoftWeightsVectorSums vectors, int start, int length, RowScratch scratch)
    {
        Vector<float> reached = Vector.Create(float.NegativeInfinity);
        Vector<float> none = reached;
        for (int i = 0; i < length; i += Vector<float>.Count)
        {
            Vector<uint> words = Vector.Load(scratch.Words + i);
            Vector<float> upper = vectors.XAt(start + i, Vector<float>.Zero) + GumbelBound.Upper(words);
            upper.Store(scratch.X + i);
            Vector<float> sure = Vector.ConditionalSelect(GumbelBound.HasLower(words), upper, none);
            reached = Vector.MaxNative(reached, sure);
        }

        return MathF.Max(LaneOps.MaxLane(reached) - GumbelBound.Gap, Noise.GumbelMin);
    }

    /// <summary>Block by block, the best key so far being what the next block has to reach.</summary>
    private static int PickInLongRow(SoftWeightsVectorSums vectors, RowScratch scratch, out float bestX)
    {
        int best = -1;
        float bestKey = Noise.GumbelMin;
        bestX = 0f;
        int uselessLooks = 0;
        for (int start = 0; start < scratch.Vectors.Padded; start += BlockLength)
        {
            int length = Math.Min(BlockLength, scratch.Vectors.Padded - start);
            if (uselessLooks < 2)
            {
                if (vectors.LargestX(start, length) + Noise.GumbelMax < bestKey)
                {
                    continue;
                }

                uselessLooks++;
            }

            Philox4x32.Fill(scratch.Words, in scratch.Schedule, (uint)start, length);
            if (best < 0)
            {
                bestKey = MathF.Max(bestKey, BoundBlock(vectors, start, length, scratch));
            }

            PickInBlock(vectors, start, length, scratch, ref best, ref bestKey, ref bestX);
        }

        return best;
    }

    private static void PickInBlock(
        SoftWeightsVectorSums vectors,
        int start,
        int length,
        RowScratch scratch,
        ref int best,
        ref float bestKey,
        ref float bestX)
    {
        int width = Vector<float>.Count;
        Vector<float> limit = Vector.Create(bestKey);
        for (int i = 0; i < length; i += 2 * width)
        {
            Vector<float> upper0 = vectors.XAt(start + i, Vector<float>.Zero)
                + GumbelBound.Upper(Vector.Load(scratch.Words + i));
            Vector<float> upper1 = vectors.XAt(start + i + width, Vector<float>.Zero)
                + GumbelBound.Upper(Vector.Load(scratch.Words + i + width));
            Vector<int> can0 = Vector.GreaterThanOrEqual(upper0, limit);
            Vector<int> can1 = Vector.GreaterThanOrEqual(upper1, limit);
            if (Vector.EqualsAll(can0 | can1, Vector<int>.Zero))
            {
                continue;
            }

            ulong mask = LaneOps.TopBits(can0) | (LaneOps.TopBits(can1) << width);
            for (; mask != 0; mask &= mask - 1)
            {
                int place = i + BitOperations.TrailingZeroCount(mask);
                float x = vectors.XAt(start + place);
                float key = x + Noise.Gumbel(scratch.Words[place]);
                if (key > bestKey || (best < 0 && key == bestKey))
                {
                    (best, bestKey, bestX) = (start + place, key, x);
                }
            }

            limit = Vector.Create(bestKey);
        }
    }
}
