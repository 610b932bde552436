using System.Runtime.CompilerServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>One pruned pick of each of <see cref="PlainRows"/>.</summary>
internal static unsafe partial class SelectionOp
{
    private static void RunPlain(
        in SelectionArgs args, in RowLambda lambda, long first, long end, RowScratch scratch)
    {
        TiltScale scale = TiltScale.For(lambda.Mode, lambda.Magnitude);
        float* max = stackalloc float[PlainRows.MostRows];
        float* reached = stackalloc float[PlainRows.MostRows];
        int columns = args.Rows.Columns;
        long stride = args.Rows.RowStride;
        int groupSize = PlainRows.GroupSize(columns);
        scratch.Reserve(groupSize * columns);
        for (long row = first; row < end; row += groupSize)
        {
            int count = (int)Math.Min(groupSize, end - row);
            float* values = args.Rows.Values + (row * stride);
            if (!PlainRows.LookAt(values, stride, columns, count, in scale, max))
            {
                RunAny(in args, row, row + count, canPrune: true, scratch);
                continue;
            }

            PlainWords(in args, row, count, scratch);
            for (int i = 0; i < count; i++)
            {
                var plain = new PlainPrunedRow(values + (i * stride), in scale, max[i]);
                reached[i] = Bound(in plain, 0, scratch.Words + (i * columns), scratch.X + (i * columns), columns, second: false);
            }

            for (int i = 0; i < count; i++)
            {
                var plain = new PlainPrunedRow(values + (i * stride), in scale, max[i]);
                scratch.Survivors.Collect(
                    in args,
                    row + i,
                    in plain,
                    new BoundedKeys(scratch.Words + (i * columns), scratch.X + (i * columns), columns, reached[i]));
            }

            PlainRows.WriteLambda(args.LambdaUsed, row, count, lambda.Magnitude);
            PlainRows.WriteOk(args.Status, row, count);
        }
    }

    /// <summary>The words of some rows, side by side.</summary>
    [MethodImpl(HotLoop)]
    private static void PlainWords(in SelectionArgs args, long row, int count, RowScratch scratch)
    {
        int columns = args.Rows.Columns;
        for (int i = 0; i < count; i++)
        {
            // The last step of one row's words may overhang into the next row's, which are made after.
            scratch.Schedule.Set(args.KeyOf(row + i, 0));
            Philox4x32.Fill(scratch.Words + (i * columns), in scratch.Schedule, 0, columns);
        }
    }
}
