using System.Numerics;
using System.Runtime.CompilerServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>Nothing but the weights, of <see cref="PlainRows"/>.</summary>
internal static unsafe partial class SoftWeightsOp
{
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
            if (!PlainRows.LookAt(values, args.Rows.RowStride, columns, count, in scale, max))
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
