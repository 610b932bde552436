using System.Numerics;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>Soft weights with <see cref="Vector{T}"/>.</summary>
internal static unsafe partial class SoftWeightsOp
{
    /// <summary>Soft weights of rows first to end - 1.</summary>
    public static void RunSimd(in SoftWeightsArgs args, long first, long end, RowScratch scratch)
    {
        for (long row = first; row < end; row++)
        {
            RunSimdRow(in args, row, scratch);
        }
    }

    /// <summary>Soft weights of the one row of a batch.</summary>
    public static void RunSimdOnce(in SoftWeightsArgs args, RowScratch scratch) => RunSimdRow(in args, 0, scratch);

    /// <summary>A row's status and lambda, found where it has to be, and the row in vector form.</summary>
    public static RowStatus PrepareSimd(
        in LambdaArg lambdas, RowView view, long row, RowScratch scratch, out VectorRow vectorRow, out RowLambda lambda)
    {
        lambda = lambdas[row];
        vectorRow = default;
        if (view.Length == 0)
        {
            return RowStatus.Empty;
        }

        if (lambda.Status != RowStatus.Ok)
        {
            return lambda.Status;
        }

        scratch.Reserve(view.Length);
        vectorRow = new VectorRow(view, lambda.IsNegative, scratch);
        RowStatus status = vectorRow.Inspection.Status;
        if (status == RowStatus.Ok && lambda.IsBudget)
        {
            vectorRow.CountIncluded();
            var sums = new SoftWeightsVectorSums(vectorRow, null);
            lambda = lambda.Found(SolveBudget(ref sums, lambdas.Kind, lambda.Magnitude, out status));
        }

        return status;
    }

    private static void RunSimdRow(in SoftWeightsArgs args, long row, RowScratch scratch)
    {
        RowView view = args.Rows[row];
        RowStatus status = PrepareSimd(in args.Lambda, view, row, scratch, out VectorRow vectorRow, out RowLambda lambda);
        if (status >= RowStatus.Empty)
        {
            WriteNoResult(in args, row, view, status);
            return;
        }

        if (args.WantsIncluded)
        {
            vectorRow.CountIncluded();
        }

        if (args.KlFromModelBound != null)
        {
            vectorRow.FindMin();
        }

        // Whole rows keep their exponentials where the weights will be; others overhang and need a place of their own.
        float* weights = args.Weights == null ? null : args.Weights + view.Packed;
        float* exps = weights == null ? null : vectorRow.Padded == view.Length ? weights : scratch.Exps;
        var make = new SoftWeightsVectorSums(vectorRow, exps) { SumOnly = !args.WantsDeviations && !args.WantsSquares };
        SoftWeightsSums sums = make.SumsAt(lambda.Mode, MathF.Abs(lambda.Effective));
        if (args.LogMeanExp != null)
        {
            make.CompleteForLogMeanExp(ref sums);
        }

        WriteRow(in args, row, status, in sums);
        if (weights != null)
        {
            WriteWeights(exps, weights, view.Length, Division.Rcp(sums.Sum));
        }

        if (args.LogWeights != null)
        {
            make.WriteLogWeights(in sums, args.LogWeights + view.Packed);
        }
    }

    private static void WriteWeights(float* exps, float* weights, int length, float reciprocal)
    {
        Vector<float> scale = Vector.Create(reciprocal);
        Vector<float> tiny = Vector.Create(Bits.TinyResult);
        int i = 0;
        for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> weight = Vector.Load(exps + i) * scale;
            Vector.AndNot(weight, Vector.LessThan(weight, tiny).As<int, float>()).Store(weights + i);
        }

        for (; i < length; i++)
        {
            weights[i] = Weight(exps[i], reciprocal);
        }
    }
}
