namespace SoftBoN.Kernels.Ops;

/// <summary>
/// Batches of short rows that need no preparation: equal whole lengths, candidates side by side, one positive lambda for
/// all. At 64 candidates half of the time would otherwise go into finding out, row by row, that all this is so.
/// </summary>
internal static class PlainRows
{
    /// <summary>Whether a batch is of this kind; its rows still have to be looked at.</summary>
    public static unsafe bool Matches(in RowSource rows, in LambdaArg lambdas, out RowLambda lambda)
    {
        lambda = default;
        bool fits = rows.Layout == RowLayout.Strided
            && rows.ColumnStride == 1
            && rows.Columns is > 0 and <= RowScratch.ShortRow
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
    public static unsafe bool LookAt(float* values, long rowStride, int columns, int count, in TiltScale scale, float* max)
    {
        bool plain = true;
        for (int i = 0; i < count; i++)
        {
            plain &= VectorRow.LookAt(values + (i * rowStride), columns, out max[i])
                & !VectorRow.HasToFlush(max[i], in scale);
        }

        return plain;
    }
}
