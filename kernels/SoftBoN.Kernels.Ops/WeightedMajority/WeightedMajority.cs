using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>The arguments of weighted majority: flat, checked, null where an output is not wanted.</summary>
internal unsafe struct WeightedMajorityArgs
{
    public RowSource Rows;
    public LambdaArg Lambda;

    /// <summary>Packed, one per candidate: the answer's number; a negative one abstains.</summary>
    public int* Answers;

    /// <summary>One per row.</summary>
    public int* Answer;
    public int* Index;
    public float* Share;
    public float* LambdaUsed;
    public RowStatus* Status;
}

/// <summary>
/// Weighted majority: the answer with the largest sum of soft weights. WeightedMajority.md has the formulas. Paths differ
/// only in how they make the weights; the votes are counted here.
/// </summary>
internal static unsafe partial class WeightedMajorityOp
{
    /// <summary>Counts the votes of a row.</summary>
    /// <param name="args">The batch.</param>
    /// <param name="row">The row's number.</param>
    /// <param name="view">The row.</param>
    /// <param name="weights">The row's weights.</param>
    /// <param name="order">Room for one pair per candidate.</param>
    /// <param name="note">The row's status so far.</param>
    private static void Count(
        in WeightedMajorityArgs args, long row, RowView view, float* weights, ulong* order, RowStatus note)
    {
        int* answers = args.Answers + view.Packed;
        int voters = 0;
        for (int i = 0; i < view.Length; i++)
        {
            if (answers[i] >= 0 && view[i] != float.NegativeInfinity)
            {
                order[voters++] = ((ulong)(uint)answers[i] << 32) | (uint)i;
            }
        }

        if (voters == 0)
        {
            Write(in args, row, -1, -1, Bits.ToFloat(Bits.NoResult), RowStatus.NoVotes);
            return;
        }

        new Span<ulong>(order, voters).Sort();
        (int winner, float share) = Largest(weights, order, voters);
        Write(in args, row, answers[winner], winner, share, note);
    }

    /// <summary>The first candidate of the answer with the largest sum, and the sum.</summary>
    private static (int Winner, float Share) Largest(float* weights, ulong* order, int voters)
    {
        int winner = -1;
        float share = -1f;
        for (int start = 0; start < voters;)
        {
            int end = start + 1;
            while (end < voters && order[end] >> 32 == order[start] >> 32)
            {
                end++;
            }

            float sum = SparseSum(weights, order + start, end - start);
            int first = (int)(uint)order[start];
            if (sum > share || (sum == share && first < winner))
            {
                (winner, share) = (first, sum);
            }

            start = end;
        }

        return (winner, share);
    }

    /// <summary>
    /// The canonical sum of the weights of some candidates, given in ascending order in the low halves; the others count
    /// +0, which changes nothing. Two weights have but one sum.
    /// </summary>
    private static float SparseSum(float* weights, ulong* candidates, int count)
    {
        float first = weights[(uint)candidates[0]];
        if (count <= 2)
        {
            return count == 1 ? first : first + weights[(uint)candidates[1]];
        }

        uint last = (uint)candidates[count - 1] / CanonicalSum.SegmentLength;
        int next = 0;
        return last == 0
            ? SegmentSum(weights, candidates, count, 0, ref next)
            : SumOfSegments(weights, candidates, count, last);
    }

    private static float SumOfSegments(float* weights, ulong* candidates, int count, uint last)
    {
        CanonicalSum sum = default;
        int next = 0;
        for (uint segment = 0; segment <= last; segment++)
        {
            sum.AddSegment(SegmentSum(weights, candidates, count, segment, ref next));
        }

        return sum.Total();
    }

    private static float SegmentSum(float* weights, ulong* candidates, int count, uint segment, ref int next)
    {
        float* lanes = stackalloc float[CanonicalSum.Lanes];
        new Span<float>(lanes, CanonicalSum.Lanes).Clear();
        for (; next < count && (uint)candidates[next] / CanonicalSum.SegmentLength == segment; next++)
        {
            uint candidate = (uint)candidates[next];
            lanes[candidate % CanonicalSum.Lanes] += weights[candidate];
        }

        return CanonicalSum.CombineLanes(lanes);
    }

    private static void WriteNoResult(in WeightedMajorityArgs args, long row, RowStatus status) =>
        Write(in args, row, -1, -1, Bits.ToFloat(Bits.NoResult), status);

    private static void WriteLambda(in WeightedMajorityArgs args, long row, float lambda)
    {
        if (args.LambdaUsed != null)
        {
            args.LambdaUsed[row] = lambda;
        }
    }

    private static void Write(
        in WeightedMajorityArgs args, long row, int answer, int index, float share, RowStatus status)
    {
        if (args.Answer != null)
        {
            args.Answer[row] = answer;
        }

        if (args.Index != null)
        {
            args.Index[row] = index;
        }

        if (args.Share != null)
        {
            args.Share[row] = share;
        }

        if (args.Status != null)
        {
            args.Status[row] = status;
        }
    }
}
