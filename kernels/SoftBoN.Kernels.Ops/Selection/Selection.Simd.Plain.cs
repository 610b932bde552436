using System.Runtime.CompilerServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>One pruned pick of each of <see cref="PlainRows"/>.</summary>
internal static unsafe partial class SelectionOp
{
    [MethodImpl(HotLoop)]
    private static void RunPlain(
        in SelectionArgs args, in RowLambda lambda, long first, long end, RowScratch scratch)
    {
        TiltScale scale = TiltScale.For(lambda.Mode, lambda.Magnitude);
        SoftWeightsSums result = default;
        result.Lambda = lambda.Magnitude;
        float* max = stackalloc float[RowScratch.GroupSize];
        float* reached = stackalloc float[RowScratch.GroupSize];
        int columns = args.Rows.Columns;
        long stride = args.Rows.RowStride;
        scratch.Reserve(RowScratch.GroupSize * columns);
        for (long row = first; row < end; row += RowScratch.GroupSize)
        {
            int count = (int)Math.Min(RowScratch.GroupSize, end - row);
            float* values = args.Rows.Values + (row * stride);
            if (!PlainRows.LookAt(values, stride, columns, count, in scale, max))
            {
                RunAny(in args, row, row + count, canPrune: true, scratch);
                continue;
            }

            for (int i = 0; i < count; i++)
            {
                // The last step of one row's words may overhang into the next row's, which are made after.
                scratch.Schedule.Set(args.KeyOf(row + i, 0));
                Philox4x32.Fill(scratch.Words + (i * columns), in scratch.Schedule, 0, columns);
            }

            for (int i = 0; i < count; i++)
            {
                var plain = new PlainPrunedRow(values + (i * stride), in scale, max[i]);
                reached[i] = Bound(in plain, 0, scratch.Words + (i * columns), scratch.X + (i * columns), columns);
            }

            for (int i = 0; i < count; i++)
            {
                var plain = new PlainPrunedRow(values + (i * stride), in scale, max[i]);
                WriteRow(in args, row + i, in result, RowStatus.Ok);
                scratch.Survivors.Collect(
                    in args,
                    row + i,
                    in plain,
                    new BoundedKeys(scratch.Words + (i * columns), scratch.X + (i * columns), columns, reached[i]));
            }
        }
    }
}
