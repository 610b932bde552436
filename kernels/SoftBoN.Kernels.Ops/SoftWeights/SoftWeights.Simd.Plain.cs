using System.Numerics;
using System.Runtime.CompilerServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// The weights of short rows that need no preparation: one lambda for all, equal whole lengths, nothing but the weights
/// wanted. At 64 candidates half of the time would otherwise go into finding out, row by row, that all this is so.
/// </summary>
internal static unsafe partial class SoftWeightsOp
{
    private static bool IsPlain(in SoftWeightsArgs args, out RowLambda lambda)
    {
        lambda = args.Lambda[0];
        return args.WantsWeightsAlone
            && args.Rows.Layout == RowLayout.Strided
            && args.Rows.ColumnStride == 1
            && args.Rows.Columns is > 0 and <= RowScratch.ShortRow
            && VectorRow.RoundUp(args.Rows.Columns) == args.Rows.Columns
            && args.Lambda.Values.Values == null
            && lambda.Status == RowStatus.Ok
            && !lambda.IsBudget
            && !lambda.IsNegative
            && lambda.Mode == TiltMode.Tilted;
    }

    [MethodImpl(HotLoop)]
    private static void RunPlain(
        in SoftWeightsArgs args, in RowLambda lambda, long first, long end, RowScratch scratch)
    {
        TiltScale scale = TiltScale.For(lambda.Mode, lambda.Magnitude);
        SoftWeightsSums result = default;
        result.Lambda = lambda.Magnitude;
        float* max = stackalloc float[RowScratch.GroupSize];
        float* reciprocal = stackalloc float[RowScratch.GroupSize];
        Vector<float>* folds = stackalloc Vector<float>[SegmentFolds.Capacity];
        int columns = args.Rows.Columns;
        scratch.Reserve(RowScratch.GroupSize * columns);
        for (long row = first; row < end; row += RowScratch.GroupSize)
        {
            int count = (int)Math.Min(RowScratch.GroupSize, end - row);
            float* values = args.Rows.Values + (row * args.Rows.RowStride);
            bool plain = true;
            for (int i = 0; i < count; i++)
            {
                plain &= VectorRow.LookAt(values + (i * args.Rows.RowStride), columns, out max[i])
                    & !VectorRow.HasToFlush(max[i], in scale);
            }

            if (!plain)
            {
                RunAny(in args, row, row + count, scratch);
                continue;
            }

            float* exps = scratch.Exps;
            for (int i = 0; i < count; i++)
            {
                float* from = values + (i * args.Rows.RowStride);
                float maxTerm = -scale.Unit * max[i];
                TiltedRow.MakeExps<Off>(in scale, from, exps + (i * columns), columns, maxTerm, scale.Inverse2);
            }

            for (int i = 0; i < count; i++)
            {
                reciprocal[i] = Division.Rcp(VectorSums.SegmentSum(exps + (i * columns), columns, folds));
            }

            for (int i = 0; i < count; i++)
            {
                WriteRow(in args, row + i, RowStatus.Ok, in result);
                WriteWeights(exps + (i * columns), args.Weights + ((row + i) * columns), columns, reciprocal[i]);
            }
        }
    }
}
