using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// Rows so short that the branches of ruling candidates out, which no processor can foresee, cost more than the noise of
/// all: every key is made, without a branch that depends on the data.
/// </summary>
internal static unsafe partial class SelectionOp
{
    /// <summary>The longest of them; the bits of a ulong are enough for its candidates.</summary>
    private static int LongestDirectRow => LaneFold.HasWide ? 64 : 32;

    /// <summary>Whether rows are made of whole vectors as they are, and need not be filled up to folds for sums.</summary>
    private static bool IsWholeVectors(in SelectionArgs args) =>
        LaneFold.HasWide && args.LogProbability == null && args.Rows.Columns % Vector512<float>.Count == 0;

    /// <summary>The picks of some rows of <see cref="PlainRows"/>.</summary>
    /// <param name="args">The batch.</param>
    /// <param name="row">The first row.</param>
    /// <param name="count">How many.</param>
    /// <param name="rows">The rows, whose words lie side by side without gaps.</param>
    /// <param name="padded">Their length in whole vectors.</param>
    /// <param name="scratch">Has the words.</param>
    private static void PickDirectly(
        in SelectionArgs args, long row, int count, in PlainGroup rows, int padded, RowScratch scratch)
    {
        int columns = args.Rows.Columns;
        int* best = stackalloc int[PlainRows.MostRows];
        Noise.Gumbel(scratch.Words, scratch.Noise, VectorRow.RoundUp(count * columns));
        if (LaneFold.HasWide)
        {
            LargestWideKeys(in rows, scratch.Noise, columns, count, scratch.X, padded, best);
        }
        else
        {
            LargestKeys(in rows, scratch.Noise, columns, count, scratch.X, padded, best);
        }

        for (int i = 0; i < count; i++)
        {
            PlainPrunedRow plain = rows[i];
            float margin = args.Margin == null ? 0f : MarginOf(scratch.X + (i * padded), best[i], padded);
            WritePick(in args, row + i, best[i], plain.RewardOf(best[i]), plain.XOf(best[i]), plain.Sum, margin);
        }
    }

    /// <summary>The first candidate with the largest key of each row.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="noise">Their noise, side by side.</param>
    /// <param name="columns">Their length.</param>
    /// <param name="count">How many.</param>
    /// <param name="keys">Where their keys go, whole vectors.</param>
    /// <param name="padded">From one row's keys to the next row's.</param>
    /// <param name="best">Where the candidates go.</param>
    [MethodImpl(HotLoop)]
    private static void LargestKeys(
        in PlainGroup rows, float* noise, int columns, int count, float* keys, int padded, int* best)
    {
        for (int i = 0; i < count; i++)
        {
            PlainPrunedRow row = rows[i];
            best[i] = LargestKey(in row, noise + (i * columns), keys + (i * padded), padded);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int LargestKey(in PlainPrunedRow row, float* noise, float* keys, int padded)
    {
        Vector<float> none = Vector.Create(float.NegativeInfinity);
        Vector<float> lowest = Vector.Create(-float.MaxValue);
        Vector<float> best = none;
        int width = Vector<float>.Count;
        for (int i = 0; i < padded; i += width)
        {
            // What fills the row up is excluded, so that the noise of the next row beside it counts for nothing.
            Vector<float> x = Vector.MaxNative(row.XAt(i), lowest);
            Vector<float> key = Vector.ConditionalSelect(row.IsExcluded(i), none, x + Vector.Load(noise + i));
            key.Store(keys + i);
            best = Vector.MaxNative(best, key);
        }

        Vector<float> largest = Vector.Create(LaneOps.MaxLane(best));
        ulong places = 0;
        for (int i = 0; i < padded; i += width)
        {
            places |= LaneOps.TopBits(Vector.Equals(Vector.Load(keys + i), largest)) << i;
        }

        return BitOperations.TrailingZeroCount(places);
    }

    /// <summary><see cref="LargestKeys"/> in vectors of 512 bits.</summary>
    [MethodImpl(HotLoop)]
    private static void LargestWideKeys(
        in PlainGroup rows, float* noise, int columns, int count, float* keys, int padded, int* best)
    {
        for (int i = 0; i < count; i++)
        {
            PlainPrunedRow row = rows[i];
            best[i] = LargestWideKey(
                in row, noise + (i * columns), keys + (i * padded), padded, rows.DistanceOfNext(count));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int LargestWideKey(in PlainPrunedRow row, float* noise, float* keys, int padded, long next)
    {
        Vector512<float> none = Vector512.Create(float.NegativeInfinity);
        Vector512<float> lowest = Vector512.Create(-float.MaxValue);
        Vector512<float> best = none;
        int width = Vector512<float>.Count;
        for (int i = 0; i < padded; i += width)
        {
            row.PrefetchBehind(i, next);
            Vector512<float> x = Vector512.MaxNative(row.WideXAt(i), lowest);
            Vector512<float> key = Vector512.ConditionalSelect(
                row.IsExcludedWide(i), none, x + Vector512.Load(noise + i));
            key.Store(keys + i);
            best = Vector512.MaxNative(best, key);
        }

        Vector512<float> largest = Vector512.Create(LaneOps.MaxLane(best));
        ulong places = 0;
        for (int i = 0; i < padded; i += width)
        {
            ulong here = Vector512.Equals(Vector512.Load(keys + i), largest).ExtractMostSignificantBits();
            places |= here << i;
        }

        return BitOperations.TrailingZeroCount(places);
    }

    /// <summary>The margin of the best key; the others are in whole vectors.</summary>
    private static float MarginOf(float* keys, int best, int padded)
    {
        float key = keys[best];
        keys[best] = float.NegativeInfinity;
        return Margin(key, MaxOf(keys, padded));
    }
}
