namespace SoftBoN.Kernels.Ops;

/// <summary>The oracle: weights by the reference loop, then the count.</summary>
internal static unsafe partial class WeightedMajorityOp
{
    /// <summary>Weighted majority of rows first to end - 1.</summary>
    public static void RunReference(in WeightedMajorityArgs args, long first, long end, RowScratch scratch) =>
        Run(in args, first, end, scratch, &SoftWeightsOp.RunReferenceOnce);

    private static void Run(
        in WeightedMajorityArgs args,
        long first,
        long end,
        RowScratch scratch,
        delegate*<in SoftWeightsArgs, RowScratch, void> weigh)
    {
        for (long row = first; row < end; row++)
        {
            RowView view = args.Rows[row];
            scratch.Reserve(view.Length);
            var weights = (float*)scratch.Words;
            RowStatus status;
            float lambda;
            SoftWeightsArgs one = default;
            one.Rows = SingleRow(view);
            one.Lambda.Kind = args.Lambda.Kind;
            one.Lambda.Values.Scalar = args.Lambda.Values[row];
            one.Weights = weights;
            one.LambdaUsed = &lambda;
            one.Status = &status;
            weigh(in one, scratch);
            WriteLambda(in args, row, lambda);
            if (status >= RowStatus.Empty)
            {
                WriteNoResult(in args, row, status);
            }
            else
            {
                Count(in args, row, view, weights, scratch.Pairs, status);
            }
        }
    }

    private static RowSource SingleRow(RowView view) => new()
    {
        Layout = RowLayout.Strided,
        Values = view.Values,
        Count = 1,
        Columns = view.Length,
        ColumnStride = view.Stride,
    };
}
