using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// Batches of rows that need little preparation: equal lengths of at most a segment, candidates side by side, one positive
/// lambda for all. At 64 candidates half of the time would otherwise go into finding out, row by row, that all this is so.
/// Rows that are not whole folds are copied and filled up.
/// </summary>
internal static class PlainRows
{
    /// <summary>The most rows that are worked on together.</summary>
    public const int MostRows = 64;

    /// <summary>What they may have in candidates, so that they stay in the nearest cache.</summary>
    public const int MostCandidates = 4096;

    /// <summary>The longest rows that are looked at several at a time.</summary>
    private const int LongestShortRow = 64;

    /// <summary>How many rows of a length, in whole folds, are worked on together, step by step.</summary>
    public static int GroupSize(int padded) => Math.Min(MostRows, MostCandidates / padded);

    /// <summary>Whether a batch is of this kind; its rows still have to be looked at.</summary>
    /// <param name="rows">The batch.</param>
    /// <param name="lambdas">Its lambda.</param>
    /// <param name="longest">The longest rows that count.</param>
    /// <param name="lambda">The lambda of all rows.</param>
    public static unsafe bool Matches(in RowSource rows, in LambdaArg lambdas, int longest, out RowLambda lambda)
    {
        lambda = default;
        bool fits = rows.Layout == RowLayout.Strided
            && rows.ColumnStride == 1
            && rows.Columns > 0
            && rows.Columns <= longest
            && lambdas.Values.Values == null;
        if (!fits)
        {
            return false;
        }

        lambda = lambdas[0];
        return lambda.Status == RowStatus.Ok && !lambda.IsBudget && !lambda.IsNegative && lambda.Mode == TiltMode.Tilted;
    }

    /// <summary>Looks at some rows and finds their maxima; false where one of them needs preparation after all.</summary>
    public static unsafe bool LookAt(
        float* values, long rowStride, int columns, int count, in TiltScale scale, float* max) =>
        LaneFold.HasWide && columns <= LongestShortRow
            ? LookAtShort(values, rowStride, columns, count, in scale, max)
            : LookAtLong(values, rowStride, columns, count, in scale, max);

    [MethodImpl(HotLoop)]
    private static unsafe bool LookAtLong(
        float* values, long rowStride, int columns, int count, in TiltScale scale, float* max)
    {
        bool plain = true;
        for (int i = 0; i < count; i++)
        {
            plain &= VectorRow.LookAt(values + (i * rowStride), columns, out max[i], out _)
                & !VectorRow.HasToFlush(max[i], in scale);
        }

        return plain;
    }

    /// <summary>
    /// In vectors of 512 bits, of which such a row has few. As in a row by itself, a sum of all is NaN if anything is; it may
    /// also be NaN where all is well, which only takes longer.
    /// </summary>
    [MethodImpl(HotLoop)]
    private static unsafe bool LookAtShort(
        float* values, long rowStride, int columns, int count, in TiltScale scale, float* max)
    {
        Vector512<float> total = Vector512<float>.Zero;
        for (int row = 0; row < count; row++)
        {
            float* from = values + (row * rowStride);
            Vector512<float> largest = Vector512.Load(from);
            Vector512<float> sum = largest;
            for (int i = Vector512<float>.Count; i < columns; i += Vector512<float>.Count)
            {
                Vector512<float> v = Vector512.Load(from + i);
                largest = Vector512.MaxNative(largest, v);
                sum += v;
            }

            total += sum;
            max[row] = LaneOps.MaxLane(largest);
        }

        bool plain = Vector512.EqualsAll(total, total);
        for (int row = 0; row < count; row++)
        {
            plain &= max[row] > float.NegativeInfinity
                & max[row] <= float.MaxValue
                & !VectorRow.HasToFlush(max[row], in scale);
        }

        return plain;
    }

    /// <summary>Some rows in whole folds: where they are, or copied side by side and filled up with -infinity.</summary>
    /// <param name="rows">The batch.</param>
    /// <param name="row">The first row.</param>
    /// <param name="count">How many.</param>
    /// <param name="padded">Their length in whole folds.</param>
    /// <param name="buffer">Room for them.</param>
    /// <param name="stride">From one row to the next.</param>
    public static unsafe float* Load(
        in RowSource rows, long row, int count, int padded, float* buffer, out long stride)
    {
        float* values = rows.Values + (row * rows.RowStride);
        stride = rows.RowStride;
        if (padded == rows.Columns)
        {
            return values;
        }

        Pad(values, stride, rows.Columns, count, buffer, padded);
        stride = padded;
        return buffer;
    }

    /// <summary>exp(x) of rows that were looked at.</summary>
    [MethodImpl(HotLoop)]
    public static unsafe void MakeExps(
        in TiltScale scale, float* values, long stride, float* exps, int padded, int rows, float* max)
    {
        for (int i = 0; i < rows; i++)
        {
            float maxTerm = -scale.Unit * max[i];
            float* from = values + (i * stride);
            TiltedRow.MakeExps<Off>(in scale, from, exps + (i * padded), padded, maxTerm, scale.Inverse2);
        }
    }

    /// <summary>The rows' sums.</summary>
    [MethodImpl(HotLoop)]
    public static unsafe void Sum(float* exps, int padded, int rows, float* sums)
    {
        Vector<float>* folds = stackalloc Vector<float>[SegmentFolds.Capacity];
        for (int i = 0; i < rows; i++)
        {
            sums[i] = VectorSums.SegmentSum(exps + (i * padded), padded, folds);
        }
    }

    /// <summary>How many candidates of each row are not excluded.</summary>
    [MethodImpl(HotLoop)]
    public static unsafe void CountIncluded(float* values, long stride, int padded, int rows, float* included)
    {
        Vector<float> none = Vector.Create(float.NegativeInfinity);
        for (int row = 0; row < rows; row++)
        {
            Vector<int> count = Vector<int>.Zero;
            for (int i = 0; i < padded; i += Vector<float>.Count)
            {
                count -= Vector.GreaterThan(Vector.Load(values + (row * stride) + i), none);
            }

            included[row] = Vector.Sum(count);
        }
    }

    /// <summary>Writes the one lambda of some rows, where it is wanted.</summary>
    public static unsafe void WriteLambda(float* lambdaUsed, long row, int count, float lambda)
    {
        if (lambdaUsed != null)
        {
            new Span<float>(lambdaUsed + row, count).Fill(lambda);
        }
    }

    /// <summary>Writes that some rows are Ok, which is 0, where it is wanted.</summary>
    public static unsafe void WriteOk(RowStatus* status, long row, int count)
    {
        if (status != null)
        {
            new Span<RowStatus>(status + row, count).Clear();
        }
    }

    /// <summary>Copies some rows side by side, each filled up to whole folds with -infinity.</summary>
    [MethodImpl(HotLoop)]
    private static unsafe void Pad(float* values, long rowStride, int columns, int count, float* destination, int padded)
    {
        int width = Vector<float>.Count;
        int whole = columns - (columns % width);
        Vector<float> none = Vector.Create(float.NegativeInfinity);
        for (int row = 0; row < count; row++)
        {
            float* from = values + (row * rowStride);
            float* to = destination + ((long)row * padded);
            int i = 0;
            for (; i < whole; i += width)
            {
                Vector.Load(from + i).Store(to + i);
            }

            for (int j = i; j < padded; j += width)
            {
                none.Store(to + j);
            }

            for (; i < columns; i++)
            {
                to[i] = from[i];
            }
        }
    }
}
