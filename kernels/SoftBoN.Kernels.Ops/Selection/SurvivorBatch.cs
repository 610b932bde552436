using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>The candidates of many short rows that can still win, whose keys are made together.</summary>
internal sealed unsafe class SurvivorBatch
{
    private const int Capacity = 1024;
    private const int MaxRows = 256;

    private readonly uint[] words = new uint[Capacity];
    private readonly float[] x = new float[Capacity];
    private readonly float[] noise = new float[Capacity];
    private readonly int[] candidates = new int[Capacity];
    private readonly WaitingRow[] rows = new WaitingRow[MaxRows];
    private int count;
    private int rowCount;
    private int begun;

    /// <summary>Whether a row of so many candidates fits, were they all to survive.</summary>
    public bool HasRoom(int length) => count + length <= Capacity && rowCount < MaxRows;

    /// <summary>Starts a row.</summary>
    public void Begin() => begun = count;

    /// <summary>Adds a survivor of the row, in the order of candidates.</summary>
    public void Add(int candidate, float candidateX, uint word)
    {
        candidates[count] = candidate;
        x[count] = candidateX;
        words[count] = word;
        count++;
    }

    /// <summary>Whether the row has one survivor, which then is the pick and is forgotten here.</summary>
    public bool IsSingle(out int candidate, out float candidateX)
    {
        candidate = candidates[begun];
        candidateX = x[begun];
        bool single = count - begun == 1;
        count = single ? begun : count;
        return single;
    }

    /// <summary>Ends a row whose pick is left open.</summary>
    public void End(long at, float* rewards, long stride, float sum) =>
        rows[rowCount++] = new WaitingRow(at, rewards, stride, begun, count, sum);

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
        for (int i = row.First + 1; i < row.End; i++)
        {
            float key = x[i] + noise[i];
            (best, bestKey) = key > bestKey ? (i, key) : (best, bestKey);
        }

        int candidate = candidates[best];
        SelectionOp.WritePick(in args, row.At, candidate, row.Rewards[candidate * row.Stride], x[best], row.Sum);
    }

    private readonly struct WaitingRow(long at, float* rewards, long stride, int first, int end, float sum)
    {
        public readonly long At = at;
        public readonly float* Rewards = rewards;
        public readonly long Stride = stride;
        public readonly int First = first;
        public readonly int End = end;
        public readonly float Sum = sum;
    }
}
