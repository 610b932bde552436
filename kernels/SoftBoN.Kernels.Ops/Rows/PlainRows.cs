using System.Runtime.CompilerServices;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// Batches of rows that need no preparation: equal whole lengths of at most a segment, candidates side by side, one
/// positive lambda for all. At 64 candidates half of the time would otherwise go into finding out, row by row, that all
/// this is so.
/// </summary>
internal static class PlainRows
{
    /// <summary>The most rows that are worked on together.</summary>
    public const int MostRows = 64;

    /// <summary>What they may have in candidates, so that they stay in the nearest cache.</summary>
    private const int MostCandidates = 4096;

    /// <summary>How many rows of a length are worked on together, step by step.</summary>
    public static int GroupSize(int columns) => Math.Min(MostRows, MostCandidates / columns);

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
            && VectorRow.RoundUp(rows.Columns) == rows.Columns
            && lambdas.Values.Values == null;
        if (!fits)
        {
            return false;
        }

        lambda = lambdas[0];
        return lambda.Status == RowStatus.Ok && !lambda.IsBudget && !lambda.IsNegative && lambda.Mode == TiltMode.Tilted;
    }

    /// <summary>Looks at some rows and finds their maxima; false where one of them needs preparation after all.</summary>
    [MethodImpl(HotLoop)]
    public static unsafe bool LookAt(float* values, long rowStride, int columns, int count, in TiltScale scale, float* max)
    {
        bool plain = true;
        for (int i = 0; i < count; i++)
        {
            plain &= VectorRow.LookAt(values + (i * rowStride), columns, out max[i], out _)
                & !VectorRow.HasToFlush(max[i], in scale);
        }

        return plain;
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
}
