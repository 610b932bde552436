using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// Weights of several rows at a time by the vector loops of soft weights, then the count. Few answers are counted by
/// masking the weights once for each; many by grouping the candidates, without a sort.
/// </summary>
internal static unsafe partial class WeightedMajorityOp
{
    /// <summary>Weighted majority of rows first to end - 1.</summary>
    public static void RunSimd(in WeightedMajorityArgs args, long first, long end, RowScratch scratch)
    {
        RowStatus* status = stackalloc RowStatus[PlainRows.MostRows];
        for (long row = first; row < end;)
        {
            RowView view = args.Rows[row];
            int count = Together(in args.Rows, row, end, out int candidates);

            // Packed like the rows, of which the first is at the start. Soft weights leave the words alone, and need no more
            // memory than this.
            scratch.Reserve(Math.Max(candidates, PlainRows.MostCandidates));
            var weights = (float*)scratch.Words;
            SoftWeightsArgs weigh = default;
            weigh.Rows = args.Rows;
            weigh.Lambda = args.Lambda;
            weigh.Weights = weights - view.Packed;
            weigh.LambdaUsed = args.LambdaUsed;
            weigh.Status = status - row;
            SoftWeightsOp.RunSimd(in weigh, row, row + count, scratch);
            int most = VoteSums.Largest(args.Answers + view.Packed, candidates);
            for (int i = 0; i < count; i++)
            {
                CountSimd(in args, row + i, weights, most, status[i], scratch);
                weights += args.Rows[row + i].Length;
            }

            row += count;
        }
    }

    /// <summary>How many rows from one on are worked on together: short ones that lie side by side where packed.</summary>
    private static int Together(in RowSource rows, long row, long end, out int candidates)
    {
        RowView view = rows[row];
        long packed = view.Packed;
        int count = 0;
        candidates = 0;
        do
        {
            candidates += view.Length;
            packed += view.Length;
            count++;
            view = row + count < end ? rows[row + count] : default;
        }
        while (row + count < end
            && count < PlainRows.MostRows
            && view.Packed == packed
            && candidates + view.Length <= PlainRows.MostCandidates);
        return count;
    }

    /// <summary>Counts the votes of a row whose weights were made.</summary>
    /// <param name="args">The batch.</param>
    /// <param name="row">The row's number.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="most">No answer of the row is larger.</param>
    /// <param name="status">Its status so far.</param>
    /// <param name="scratch">Memory.</param>
    private static void CountSimd(
        in WeightedMajorityArgs args, long row, float* weights, int most, RowStatus status, RowScratch scratch)
    {
        RowView view = args.Rows[row];
        if (status >= RowStatus.Empty)
        {
            WriteNoResult(in args, row, status);
            return;
        }

        int* answers = args.Answers + view.Packed;
        if ((uint)most < VoteSums.MostSlots)
        {
            // The answers are slots as they are. Equal sums are told apart by the order of the first voters, and where the
            // largest sum is 0 it takes a look at the rewards to tell whether anybody voted: both are left to the slots below.
            float* shares = stackalloc float[VoteSums.MostSlots];
            VoteSums.Make(weights, answers, view.Length, most + 1, shares, scratch.Votes);
            int best = VoteSums.LargestOf(shares, out bool isTied);
            if (!isTied && shares[best] > 0f)
            {
                int first = args.Index == null ? 0 : FirstVoter(in view, answers, best);
                Write(in args, row, best, first, shares[best], status);
                return;
            }
        }

        VoteSlots slots = scratch.Votes;
        var slot = (int*)scratch.Exps;
        if (!slots.Assign(in view, answers, slot))
        {
            Count(in args, row, view, weights, scratch.Pairs, status);
        }
        else if (slots.Count == 0)
        {
            Write(in args, row, -1, -1, Bits.ToFloat(Bits.NoResult), RowStatus.NoVotes);
        }
        else
        {
            (int winner, float share) = LargestOf(slots, weights, slot, view.Length, scratch);
            Write(in args, row, answers[winner], winner, share, status);
        }
    }

    private static int FirstVoter(in RowView view, int* answers, int answer)
    {
        int first = 0;
        while (answers[first] != answer || view[first] == float.NegativeInfinity)
        {
            first++;
        }

        return first;
    }

    /// <summary>The first candidate of the answer with the largest sum, and the sum.</summary>
    /// <remarks>Slots are in the order of their first voters, so the first of equal sums wins.</remarks>
    private static (int Winner, float Share) LargestOf(
        VoteSlots slots, float* weights, int* slot, int length, RowScratch scratch)
    {
        if (slots.Count > VoteSums.MostSlots)
        {
            ulong* order = scratch.Pairs;
            return Largest(weights, order, slots.Group(slot, length, order));
        }

        float* shares = stackalloc float[VoteSums.MostSlots];
        VoteSums.Make(weights, slot, length, slots.Count, shares, slots);
        int best = VoteSums.LargestOf(shares, out _);
        return (slots.FirstVoter(best), shares[best]);
    }
}
