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

    /// <summary>Loads a row into the scratch's vector form and finds its lambda where that is to be found.</summary>
    /// <param name="lambdas">The batch's lambda.</param>
    /// <param name="view">The row.</param>
    /// <param name="row">The row's number.</param>
    /// <param name="scratch">Takes the row.</param>
    /// <param name="lambda">The row's lambda.</param>
    /// <returns>The row's status so far.</returns>
    public static RowStatus LoadSimd(
        in LambdaArg lambdas, in RowView view, long row, RowScratch scratch, out RowLambda lambda)
    {
        lambda = lambdas[row];
        if (view.Length == 0)
        {
            return RowStatus.Empty;
        }

        if (lambda.Status != RowStatus.Ok)
        {
            return lambda.Status;
        }

        RowStatus status = scratch.Vectors.Load(in view, lambda.IsNegative);
        if (status == RowStatus.Ok && lambda.IsBudget)
        {
            scratch.Vectors.CountIncluded();
            scratch.Sums.SumOnly = false;
            scratch.Sums.Exps = null;
            lambda = lambda.Found(SolveBudget(scratch.Sums, lambdas.Kind, lambda.Magnitude, out status));
        }

        return status;
    }

    private static void RunSimdRow(in SoftWeightsArgs args, long row, RowScratch scratch)
    {
        RowView view = args.Rows[row];
        RowStatus status = LoadSimd(in args.Lambda, in view, row, scratch, out RowLambda lambda);
        if (status >= RowStatus.Empty)
        {
            WriteNoResult(in args, row, view, status);
            return;
        }

        if (args.WantsIncluded)
        {
            scratch.Vectors.CountIncluded();
        }

        if (args.KlFromModelBound != null)
        {
            scratch.Vectors.FindMin();
        }

        // Whole rows keep their exponentials where the weights will be; others overhang and need a place of their own.
        float* weights = args.Weights == null ? null : args.Weights + view.Packed;
        float* exps = weights == null ? null : scratch.Vectors.Padded == view.Length ? weights : scratch.Exps;
        SoftWeightsVectorSums vectors = scratch.Sums;
        vectors.Exps = exps;
        vectors.SumOnly = !args.WantsDeviations && !args.WantsSquares;
        vectors.SumsAt(lambda.Mode, MathF.Abs(lambda.Effective));
        if (args.LogMeanExp != null)
        {
            vectors.CompleteForLogMeanExp();
        }

        WriteRow(in args, row, status, in vectors.Sums);
        if (weights != null)
        {
            WriteWeights(exps, weights, view.Length, Division.Rcp(vectors.Sums.Sum));
        }

        if (args.LogWeights != null)
        {
            vectors.WriteLogWeights(args.LogWeights + view.Packed);
        }
    }

    private static void WriteWeights(float* exps, float* weights, int length, float reciprocal)
    {
        Vector<float> scale = Vector.Create(reciprocal);
        int i = 0;
        for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
        {
            (Vector.Load(exps + i) * scale).Store(weights + i);
        }

        for (; i < length; i++)
        {
            weights[i] = Weight(exps[i], reciprocal);
        }
    }
}
