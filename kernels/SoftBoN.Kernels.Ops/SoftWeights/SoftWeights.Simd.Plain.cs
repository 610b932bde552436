using System.Numerics;
using System.Runtime.CompilerServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// Nothing but the weights, or nothing but lambda log-mean-exp, of <see cref="PlainRows"/>. Each step is taken for a group
/// of rows, in a loop of its own; exponentials are made where the weights go.
/// </summary>
internal static unsafe partial class SoftWeightsOp
{
    private static void RunPlain(
        in SoftWeightsArgs args, in RowLambda lambda, long first, long end, RowScratch scratch)
    {
        TiltScale scale = TiltScale.For(lambda.Mode, lambda.Magnitude);
        float* max = stackalloc float[PlainRows.MostRows];
        float* sums = stackalloc float[PlainRows.MostRows];
        float* included = stackalloc float[PlainRows.MostRows];
        int columns = args.Rows.Columns;
        int padded = VectorRow.RoundUp(columns);
        bool isInPlace = padded == columns && args.Weights != null;
        int groupSize = PlainRows.GroupSize(padded);
        scratch.Reserve(isInPlace ? columns : groupSize * padded);
        for (long row = first; row < end; row += groupSize)
        {
            int count = (int)Math.Min(groupSize, end - row);
            float* values = PlainRows.Load(in args.Rows, row, count, padded, scratch.X, out long stride);
            if (!PlainRows.LookAt(values, stride, padded, count, in scale, max))
            {
                RunAny(in args, row, row + count, scratch);
                continue;
            }

            float* exps = isInPlace ? args.Weights + (row * columns) : scratch.Exps;
            PlainRows.MakeExps(in scale, values, stride, exps, padded, count, max);
            PlainRows.Sum(exps, padded, count, sums);
            if (args.Weights != null)
            {
                PlainWeights(exps, padded, args.Weights + (row * columns), columns, count, sums);
            }
            else
            {
                PlainRows.CountIncluded(values, stride, padded, count, included);
                PlainLogMeanExps(in args, row, count, lambda.Magnitude, max, sums, included, scratch);
            }

            PlainRows.WriteLambda(args.LambdaUsed, row, count, lambda.Magnitude);
            PlainRows.WriteOk(args.Status, row, count);
        }
    }

    [MethodImpl(HotLoop)]
    private static void PlainWeights(float* exps, int padded, float* weights, int columns, int rows, float* sums)
    {
        for (int i = 0; i < rows; i++)
        {
            WriteWeights(exps + (i * padded), weights + (i * columns), columns, Division.Rcp(sums[i]));
        }
    }

    /// <summary>Lambda log-mean-exps of some rows at once; rows whose mean is above one half are made one by one.</summary>
    private static void PlainLogMeanExps(
        in SoftWeightsArgs args,
        long row,
        int count,
        float lambda,
        float* max,
        float* sums,
        float* included,
        RowScratch scratch)
    {
        float* results = stackalloc float[PlainRows.MostRows];
        Vector<float> factor = Vector.Create(lambda);
        for (int i = 0; i < count; i += Vector<float>.Count)
        {
            Vector<float> logMean = Logarithm.Log(Division.Div(Vector.Load(sums + i), Vector.Load(included + i)));
            Vector<float> result = Vector.FusedMultiplyAdd(factor, logMean, Vector.Load(max + i));
            Bits.ZeroBelowKeepNaN(result, Vector.Create(Bits.TinyResult)).Store(results + i);
        }

        for (int i = 0; i < count; i++)
        {
            if (sums[i] + sums[i] > included[i])
            {
                RunAny(in args, row + i, row + i + 1, scratch);
            }
            else
            {
                args.LogMeanExp[row + i] = results[i];
            }
        }
    }
}
