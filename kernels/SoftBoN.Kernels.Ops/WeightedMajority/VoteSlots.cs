using System.Numerics;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>The answers of a row, numbered in the order of their first voters.</summary>
internal sealed unsafe class VoteSlots
{
    /// <summary>An odd factor whose upper bits differ for neighbouring answers: 2^32 over the golden ratio.</summary>
    private const uint Spread = 0x9e3779b9;

    /// <summary>Looks into the table per candidate beyond which it is the wrong table for these answers.</summary>
    private const int MostLooks = 8;

    /// <summary>Rows that are longer would need a table that is larger than what it saves.</summary>
    private const int MostCandidates = 1 << 22;

    /// <summary>A slot and 1, at the place of its answer; 0 where there is none.</summary>
    private int[] table = [];

    /// <summary>Per slot: its first voter, and how many voters it has or where they end.</summary>
    private int[] firsts = [];
    private int[] ends = [];
    private SegmentSums[] totals = [];

    /// <summary>How many answers were given.</summary>
    public int Count { get; private set; }

    /// <summary>The first candidate that gave an answer.</summary>
    public int FirstVoter(int slot) => firsts[slot];

    /// <summary>Cleared sums, one for each slot.</summary>
    public Span<SegmentSums> Totals(int count)
    {
        if (totals.Length == 0)
        {
            totals = new SegmentSums[VoteSums.MostSlots];
            for (int i = 0; i < totals.Length; i++)
            {
                totals[i] = new SegmentSums();
            }
        }

        Span<SegmentSums> own = totals.AsSpan(0, count);
        foreach (SegmentSums sums in own)
        {
            sums.Clear();
        }

        return own;
    }

    /// <summary>Finds the slot of every candidate; -1 for those that abstain or are excluded.</summary>
    /// <returns>False where the row is too long or too many answers fall on one place of the table.</returns>
    public bool Assign(in RowView view, int* answers, int* slots)
    {
        if (view.Length > MostCandidates)
        {
            return false;
        }

        Reserve(view.Length);
        int bits = BitOperations.Log2((uint)view.Length) + 2;
        Span<int> places = table.AsSpan(0, 1 << bits);
        places.Clear();
        Count = 0;
        long looks = (long)MostLooks * (view.Length + MostLooks);
        for (int i = 0; i < view.Length; i++)
        {
            slots[i] = -1;
            if (answers[i] < 0 || view[i] == float.NegativeInfinity)
            {
                continue;
            }

            var place = (int)(((uint)answers[i] * Spread) >> (32 - bits));
            while (places[place] != 0 && answers[firsts[places[place] - 1]] != answers[i])
            {
                place = (place + 1) & (places.Length - 1);
                looks--;
            }

            if (looks < 0)
            {
                return false;
            }

            if (places[place] == 0)
            {
                firsts[Count] = i;
                ends[Count] = 0;
                places[place] = ++Count;
            }

            slots[i] = places[place] - 1;
            ends[slots[i]]++;
        }

        return true;
    }

    /// <summary>
    /// Candidates with a slot, grouped by it and in their order: the slot in the high half, the candidate in the low.
    /// </summary>
    /// <returns>How many there are.</returns>
    public int Group(int* slots, int length, ulong* order)
    {
        int voters = 0;
        for (int slot = 0; slot < Count; slot++)
        {
            (ends[slot], voters) = (voters, voters + ends[slot]);
        }

        for (int i = 0; i < length; i++)
        {
            if (slots[i] >= 0)
            {
                order[ends[slots[i]]++] = ((ulong)(uint)slots[i] << 32) | (uint)i;
            }
        }

        return voters;
    }

    private void Reserve(int length)
    {
        if (firsts.Length >= length)
        {
            return;
        }

        int capacity = (int)BitOperations.RoundUpToPowerOf2((uint)length);
        firsts = new int[capacity];
        ends = new int[capacity];
        table = new int[4 * capacity];
    }
}
