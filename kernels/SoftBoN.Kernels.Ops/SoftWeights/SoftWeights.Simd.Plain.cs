using System.Numerics;
using System.Runtime.CompilerServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// Nothing but the weights, of <see cref="PlainRows"/>. Each step is taken for a group of rows, in a loop of its own;
/// exponentials are made where the weights go.
/// </summary>
internal static unsafe partial class SoftWeightsOp
{
    private static void RunPlain(
        in SoftWeightsArgs args, in RowLambda lambda, long first, long end, RowScratch scratch)
    {
        TiltScale scale = TiltScale.For(lambda.Mode, lambda.Magnitude);
        float* max = stackalloc float[PlainRows.MostRows];
        float* reciprocals = stackalloc float[PlainRows.MostRows];
        int columns = args.Rows.Columns;
        long stride = args.Rows.RowStride;
        int groupSize = PlainRows.GroupSize(columns);
        for (long row = first; row < end; row += groupSize)
        {
            int count = (int)Math.Min(groupSize, end - row);
            float* values = args.Rows.Values + (row * stride);
            if (!PlainRows.LookAt(values, stride, columns, count, in scale, max))
            {
                RunAny(in args, row, row + count, scratch);
                continue;
            }

            float* weights = args.Weights + (row * columns);
            PlainExps(in scale, values, stride, weights, columns, count, max);
            PlainReciprocals(weights, columns, count, reciprocals);
            PlainWeights(weights, columns, count, reciprocals);
            PlainRows.WriteLambda(args.LambdaUsed, row, count, lambda.Magnitude);
            PlainRows.WriteOk(args.Status, row, count);
        }
    }

    [MethodImpl(HotLoop)]
    private static void PlainExps(
        in TiltScale scale, float* values, long stride, float* exps, int columns, int rows, float* max)
    {
        for (int i = 0; i < rows; i++)
        {
            float maxTerm = -scale.Unit * max[i];
            float* from = values + (i * stride);
            TiltedRow.MakeExps<Off>(in scale, from, exps + (i * columns), columns, maxTerm, scale.Inverse2);
        }
    }

    [MethodImpl(HotLoop)]
    private static void PlainReciprocals(float* exps, int columns, int rows, float* reciprocals)
    {
        Vector<float>* folds = stackalloc Vector<float>[SegmentFolds.Capacity];
        for (int i = 0; i < rows; i++)
        {
            reciprocals[i] = Division.Rcp(VectorSums.SegmentSum(exps + (i * columns), columns, folds));
        }
    }

    [MethodImpl(HotLoop)]
    private static void PlainWeights(float* weights, int columns, int rows, float* reciprocals)
    {
        for (int i = 0; i < rows; i++)
        {
            float* row = weights + (i * columns);
            WriteWeights(row, row, columns, reciprocals[i]);
        }
    }
}
