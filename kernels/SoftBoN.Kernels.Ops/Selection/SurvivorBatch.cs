using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>The candidates of many rows that can still win, whose keys are made together.</summary>
internal sealed unsafe class SurvivorBatch
{
    /// <summary>So many are settled together, to stay in the nearest cache; all candidates of a row have room beside them.</summary>
    private const int Enough = 768;

    private const int Capacity = Enough + PlainRows.MostCandidates;
    private const int MaxRows = 256;
    private const int MaskLength = 64;

    private readonly uint[] words = new uint[Capacity];
    private readonly float[] x = new float[Capacity];
    private readonly float[] rewards = new float[Capacity];
    private readonly float[] noise = new float[Capacity];
    private readonly int[] candidates = new int[Capacity];
    private readonly WaitingRow[] rows = new WaitingRow[MaxRows];
    private int count;
    private int rowCount;

    /// <summary>
    /// Takes in a row's candidates whose bound reaches what the best one certainly does. A single one is the pick and is
    /// written at once; several wait.
    /// </summary>
    /// <param name="args">The batch.</param>
    /// <param name="at">Where the pick is to be written.</param>
    /// <param name="row">The row.</param>
    /// <param name="keys">Its bounds.</param>
    /// <returns>False where a margin is wanted and there are not two: all keys have to be made.</returns>
    [MethodImpl(HotLoop)]
    public bool Collect<TRow>(in SelectionArgs args, long at, in TRow row, BoundedKeys keys)
        where TRow : IPrunedRow
    {
        if (count >= Enough || rowCount == MaxRows)
        {
            Settle(in args);
        }

        int first = count;
        Vector<float> limit = Vector.Create(keys.Reached);
        for (int i = 0; i < keys.Length; i += MaskLength)
        {
            // One loop for 64 candidates: one whose end the processor cannot guess, and not one for each vector.
            int width = Math.Min(MaskLength, keys.Length - i);
            ulong mask = LaneFold.HasWide ? WideMask(keys.Uppers + i, width, keys.Reached) : Mask(keys.Uppers + i, width, limit);
            for (; mask != 0; mask &= mask - 1)
            {
                int candidate = i + BitOperations.TrailingZeroCount(mask);
                candidates[count] = candidate;
                x[count] = row.XOf(candidate);
                rewards[count] = row.RewardOf(candidate);
                words[count] = keys.Words[candidate];
                count++;
            }
        }

        if (args.Margin != null && count - first < 2)
        {
            count = first;
            return false;
        }

        if (count - first == 1)
        {
            count = first;
            SelectionOp.WritePick(in args, at, candidates[first], rewards[first], x[first], row.Sum, 0f);
        }
        else
        {
            rows[rowCount++] = new WaitingRow(at, first, count, row.Sum);
        }

        return true;
    }

    /// <summary>A bit for each bound that reaches a limit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mask(float* uppers, int count, Vector<float> limit)
    {
        ulong mask = 0;
        for (int i = 0; i < count; i += Vector<float>.Count)
        {
            mask |= LaneOps.TopBits(Vector.GreaterThanOrEqual(Vector.Load(uppers + i), limit)) << i;
        }

        return mask;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong WideMask(float* uppers, int count, float limit)
    {
        ulong mask = 0;
        for (int i = 0; i < count; i += Vector512<float>.Count)
        {
            Vector512<float> reaches = Vector512.GreaterThanOrEqual(Vector512.Load(uppers + i), Vector512.Create(limit));
            mask |= reaches.ExtractMostSignificantBits() << i;
        }

        return mask;
    }

    /// <summary>Makes all keys, writes the picks of all rows that wait, and starts over.</summary>
    public void Settle(in SelectionArgs args)
    {
        fixed (float* all = noise)
        fixed (uint* allWords = words)
        {
            // Whole vectors: what lies past the count is made and not looked at.
            Noise.Gumbel(allWords, all, VectorRow.RoundUp(count));
        }

        for (int row = 0; row < rowCount; row++)
        {
            SettleRow(in args, in rows[row]);
        }

        Clear();
    }

    /// <summary>Forgets rows that a call which threw may have left.</summary>
    public void Clear()
    {
        count = 0;
        rowCount = 0;
    }

    private void SettleRow(in SelectionArgs args, in WaitingRow row)
    {
        int best = row.First;
        float bestKey = x[best] + noise[best];
        float second = float.NegativeInfinity;
        for (int i = row.First + 1; i < row.End; i++)
        {
            float key = x[i] + noise[i];
            second = MathF.Max(second, MathF.Min(key, bestKey));
            (best, bestKey) = key > bestKey ? (i, key) : (best, bestKey);
        }

        float margin = args.Margin == null ? 0f : SelectionOp.Margin(bestKey, second);
        SelectionOp.WritePick(in args, row.At, candidates[best], rewards[best], x[best], row.Sum, margin);
    }

    private readonly struct WaitingRow(long at, int first, int end, float sum)
    {
        public readonly long At = at;
        public readonly int First = first;
        public readonly int End = end;
        public readonly float Sum = sum;
    }
}
