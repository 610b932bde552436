using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// The index of the largest x + Gumbel noise without most of the noise. A candidate whose upper bound is below a key that
/// is certainly reached cannot win, ties included; for margins, a key that two candidates certainly reach.
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
                place.Reached = Bound(in pruned, 0, place.Words, place.X, place.Vectors.Padded, args.Margin != null);
            }
        }

        for (int i = 0; i < places.Length; i++)
        {
            if (places[i].Status < RowStatus.Empty)
            {
                var pruned = new PlacedPrunedRow(places[i]);
                bool isFound = survivors.Collect(
                    in args,
                    ((row + i) * args.Draws) + draw,
                    in pruned,
                    new BoundedKeys(places[i].Words, places[i].X, places[i].Vectors.Padded, places[i].Reached));
                if (!isFound)
                {
                    RunFullRow(in args, row + i, places[i]);
                }
            }
        }
    }

    /// <summary>Writes a pick of a row without offsets, whose largest x is 0.</summary>
    public static void WritePick(
        in SelectionArgs args, long at, int index, float reward, float x, float sum, float margin) =>
        WriteDraw(in args, at, index, reward, args.LogProbability == null ? 0f : LogProbability(x, 0f, sum), margin);

    /// <summary>
    /// Upper bounds on the keys of a block of candidates. Returns a key that the best of them certainly reaches, or that
    /// the best of the row does: its best reward has x = 0 and no noise is below <see cref="Noise.GumbelMin"/>.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="start">The first candidate.</param>
    /// <param name="words">Their words.</param>
    /// <param name="uppers">Where the bounds go.</param>
    /// <param name="length">How many, whole vectors.</param>
    /// <param name="second">Whether two of them have to reach it; then at least the least float.</param>
    [MethodImpl(HotLoop)]
    private static float Bound<TRow>(in TRow row, int start, uint* words, float* uppers, int length, bool second)
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

        // The largest of a lane and the largest of another are two candidates.
        return second
            ? MathF.Max(LaneOps.SecondLane(reached) - GumbelBound.Gap, -float.MaxValue)
            : MathF.Max(LaneOps.MaxLane(reached) - GumbelBound.Gap, Noise.GumbelMin);
    }

    /// <summary>The same of a whole plain row in vectors of 512 bits.</summary>
    [MethodImpl(HotLoop)]
    private static float WideBound(
        in PlainPrunedRow row, uint* words, float* uppers, int length, long next, bool second)
    {
        Vector512<float> none = Vector512.Create(float.NegativeInfinity);
        Vector512<float> reached = none;
        for (int i = 0; i < length; i += Vector512<float>.Count)
        {
            row.PrefetchBehind(i, next);
            Vector512<uint> w = Vector512.Load(words + i);
            Vector512<float> upper = row.WideXAt(i) + GumbelBound.Upper(w);
            upper.Store(uppers + i);
            Vector512<float> lower = Vector512.ConditionalSelect(GumbelBound.HasLower(w).AsSingle(), upper, none);
            reached = Vector512.MaxNative(reached, lower);
        }

        return second
            ? MathF.Max(LaneOps.SecondLane(reached) - GumbelBound.Gap, -float.MaxValue)
            : MathF.Max(LaneOps.MaxLane(reached) - GumbelBound.Gap, Noise.GumbelMin);
    }

    /// <summary>Block by block, what was found so far being what the next block has to reach.</summary>
    private static void PickInLongRow(in SelectionArgs args, long row, int draw, RowScratch scratch)
    {
        if (scratch.Status >= RowStatus.Empty)
        {
            return;
        }

        scratch.Schedule.Set(args.KeyOf(row, draw));
        TiltedRow tilted = scratch.Tilted;
        bool second = args.Margin != null;
        Candidate best = Candidate.None;
        float reached = second ? -float.MaxValue : Noise.GumbelMin;
        int uselessLooks = 0;
        for (int start = 0; start < scratch.Vectors.Padded; start += BlockLength)
        {
            int length = Math.Min(BlockLength, scratch.Vectors.Padded - start);
            if (uselessLooks < 2)
            {
                if (tilted.LargestX(start, length) + Noise.GumbelMax < reached)
                {
                    continue;
                }

                uselessLooks++;
            }

            Philox4x32.Fill(scratch.Words, in scratch.Schedule, (uint)start, length);
            if (best.Index < 0)
            {
                var pruned = new PlacedPrunedRow(scratch);
                reached = MathF.Max(reached, Bound(in pruned, start, scratch.Words, scratch.X, length, second));
            }

            PickInBlock(tilted, start, length, second, scratch, ref best, ref reached);
        }

        if (second && best.Second == float.NegativeInfinity)
        {
            RunFullRow(in args, row, scratch);
            return;
        }

        float margin = second ? Margin(best.Key, best.Second) : 0f;
        float x = tilted.XAt(best.Index);
        WritePick(
            in args, (row * args.Draws) + draw, best.Index, scratch.View[best.Index], x, scratch.Sums.Sums.Sum, margin);
    }

    [MethodImpl(HotLoop)]
    private static void PickInBlock(
        TiltedRow tilted, int start, int length, bool second, RowScratch scratch, ref Candidate best, ref float reached)
    {
        int width = Vector<float>.Count;
        Vector<float> limit = Vector.Create(reached);
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
                float key = tilted.XAt(start + place) + Noise.Gumbel(scratch.Words[place]);
                best.Add(key, (uint)(start + place), start + place);
            }

            reached = MathF.Max(reached, second ? best.Second : best.Key);
            limit = Vector.Create(reached);
        }
    }
}
