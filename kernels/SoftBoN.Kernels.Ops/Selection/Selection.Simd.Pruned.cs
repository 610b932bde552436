using System.Numerics;
using System.Runtime.CompilerServices;
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

    private static void RunPruned(
        in SelectionArgs args, long row, ReadOnlySpan<RowScratch> places, SurvivorBatch survivors)
    {
        for (int i = 0; i < places.Length; i++)
        {
            if (places[i].Status >= RowStatus.Empty)
            {
                WriteNoResult(in args, row + i, places[i].Status);
                continue;
            }

            Aim(places[i], args.LogProbability != null);
            WriteRow(in args, row + i, in places[i].Sums.Sums, places[i].Status);
        }

        for (int draw = 0; draw < args.Draws; draw++)
        {
            if (places[0].View.Length > RowScratch.ShortRow)
            {
                PickInLongRow(in args, row, draw, places[0]);
            }
            else
            {
                PickInShortRows(in args, row, draw, places, survivors);
            }
        }
    }

    /// <summary>
    /// One block a row. A row is decided if one candidate survives; else its survivors wait for those of other rows, so
    /// that their keys are made in full vectors.
    /// </summary>
    private static void PickInShortRows(
        in SelectionArgs args, long row, int draw, ReadOnlySpan<RowScratch> places, SurvivorBatch survivors)
    {
        for (int i = 0; i < places.Length; i++)
        {
            if (places[i].Status < RowStatus.Empty)
            {
                places[i].Schedule.Set(args.KeyOf(row + i, draw));
                Philox4x32.Fill(places[i].Words, in places[i].Schedule, 0, places[i].Vectors.Padded);
            }
        }

        foreach (RowScratch place in places)
        {
            if (place.Status < RowStatus.Empty)
            {
                var pruned = new PlacedPrunedRow(place);
                place.Reached = Bound(in pruned, 0, place.Words, place.X, place.Vectors.Padded);
            }
        }

        for (int i = 0; i < places.Length; i++)
        {
            if (places[i].Status < RowStatus.Empty)
            {
                var pruned = new PlacedPrunedRow(places[i]);
                survivors.Collect(
                    in args,
                    ((row + i) * args.Draws) + draw,
                    in pruned,
                    new BoundedKeys(places[i].Words, places[i].X, places[i].Vectors.Padded, places[i].Reached));
            }
        }
    }

    /// <summary>Writes a pick of a row without offsets, whose largest x is 0.</summary>
    public static void WritePick(in SelectionArgs args, long at, int index, float reward, float x, float sum) =>
        WriteDraw(in args, at, index, reward, args.LogProbability == null ? 0f : LogProbability(x, 0f, sum), 0f);

    /// <summary>
    /// Upper bounds on the keys of a block of candidates. Returns a key that the best of them certainly reaches, or that
    /// the best of the row does: its best reward has x = 0 and no noise is below <see cref="Noise.GumbelMin"/>.
    /// </summary>
    [MethodImpl(HotLoop)]
    private static float Bound<TRow>(in TRow row, int start, uint* words, float* uppers, int length)
        where TRow : IPrunedRow
    {
        Vector<float> none = Vector.Create(float.NegativeInfinity);
        Vector<float> reached = none;
        for (int i = 0; i < length; i += Vector<float>.Count)
        {
            Vector<uint> w = Vector.Load(words + i);
            Vector<float> upper = row.XAt(start + i) + GumbelBound.Upper(w);
            upper.Store(uppers + i);
            reached = Vector.MaxNative(reached, Vector.ConditionalSelect(GumbelBound.HasLower(w), upper, none));
        }

        return MathF.Max(LaneOps.MaxLane(reached) - GumbelBound.Gap, Noise.GumbelMin);
    }

    /// <summary>Block by block, the best key so far being what the next block has to reach.</summary>
    private static void PickInLongRow(in SelectionArgs args, long row, int draw, RowScratch scratch)
    {
        if (scratch.Status >= RowStatus.Empty)
        {
            return;
        }

        scratch.Schedule.Set(args.KeyOf(row, draw));
        TiltedRow tilted = scratch.Tilted;
        int best = -1;
        float bestKey = Noise.GumbelMin;
        float bestX = 0f;
        int uselessLooks = 0;
        for (int start = 0; start < scratch.Vectors.Padded; start += BlockLength)
        {
            int length = Math.Min(BlockLength, scratch.Vectors.Padded - start);
            if (uselessLooks < 2)
            {
                if (tilted.LargestX(start, length) + Noise.GumbelMax < bestKey)
                {
                    continue;
                }

                uselessLooks++;
            }

            Philox4x32.Fill(scratch.Words, in scratch.Schedule, (uint)start, length);
            if (best < 0)
            {
                var pruned = new PlacedPrunedRow(scratch);
                bestKey = MathF.Max(bestKey, Bound(in pruned, start, scratch.Words, scratch.X, length));
            }

            PickInBlock(tilted, start, length, scratch, ref best, ref bestKey, ref bestX);
        }

        float reward = scratch.View[best];
        WritePick(in args, (row * args.Draws) + draw, best, reward, bestX, scratch.Sums.Sums.Sum);
    }

    [MethodImpl(HotLoop)]
    private static void PickInBlock(
        TiltedRow tilted,
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
            Vector<float> upper0 = tilted.XAt(start + i, Vector<float>.Zero)
                + GumbelBound.Upper(Vector.Load(scratch.Words + i));
            Vector<float> upper1 = tilted.XAt(start + i + width, Vector<float>.Zero)
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
                float x = tilted.XAt(start + place);
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
