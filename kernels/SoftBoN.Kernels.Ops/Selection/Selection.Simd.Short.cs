using System.Numerics;
using System.Runtime.CompilerServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// Rows so short that the branches of ruling candidates out, which no processor can foresee, cost more than the noise of
/// all: every key is made, without a branch that depends on the data.
/// </summary>
internal static unsafe partial class SelectionOp
{
    /// <summary>The longest of them; the bits of an int are enough for its candidates.</summary>
    private const int LongestDirectRow = 32;

    /// <summary>The picks of some rows of <see cref="PlainRows"/>.</summary>
    /// <param name="args">The batch.</param>
    /// <param name="row">The first row.</param>
    /// <param name="count">How many.</param>
    /// <param name="rows">The rows, whose words lie side by side without gaps.</param>
    /// <param name="scratch">Has the words.</param>
    private static void PickDirectly(
        in SelectionArgs args, long row, int count, in PlainGroup rows, RowScratch scratch)
    {
        int columns = args.Rows.Columns;
        Noise.Gumbel(scratch.Words, scratch.Noise, VectorRow.RoundUp(count * columns));
        for (int i = 0; i < count; i++)
        {
            PlainPrunedRow plain = rows[i];
            float* keys = scratch.X + (i * LongestDirectRow);
            int best = LargestKey(in plain, scratch.Noise + (i * columns), columns, keys, out float second);
            float margin = args.Margin == null ? 0f : Margin(keys[best], second);
            WritePick(in args, row + i, best, plain.RewardOf(best), plain.XOf(best), plain.Sum, margin);
        }
    }

    /// <summary>The first candidate with the largest key, and the second largest key.</summary>
    [MethodImpl(HotLoop)]
    private static int LargestKey(in PlainPrunedRow row, float* noise, int columns, float* keys, out float second)
    {
        Vector<float> none = Vector.Create(float.NegativeInfinity);
        Vector<float> lowest = Vector.Create(-float.MaxValue);
        Vector<float> best = none;
        int width = Vector<float>.Count;
        for (int i = 0; i < columns; i += width)
        {
            // What fills the row up is excluded, so that the noise of the next row beside it counts for nothing.
            Vector<float> x = Vector.MaxNative(row.XAt(i), lowest);
            Vector<float> key = Vector.ConditionalSelect(row.IsExcluded(i), none, x + Vector.Load(noise + i));
            key.Store(keys + i);
            best = Vector.MaxNative(best, key);
        }

        Vector<float> largest = Vector.Create(LaneOps.MaxLane(best));
        Vector<float> others = none;
        ulong places = 0;
        for (int i = 0; i < columns; i += width)
        {
            Vector<float> key = Vector.Load(keys + i);
            Vector<int> isLargest = Vector.Equals(key, largest);
            places |= LaneOps.TopBits(isLargest) << i;
            others = Vector.MaxNative(others, Vector.ConditionalSelect(isLargest, none, key));
        }

        second = (places & (places - 1)) != 0 ? largest[0] : LaneOps.MaxLane(others);
        return BitOperations.TrailingZeroCount(places);
    }
}
