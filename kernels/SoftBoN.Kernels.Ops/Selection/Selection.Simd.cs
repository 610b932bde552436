namespace SoftBoN.Kernels.Ops;

/// <summary>
/// Selection with <see cref="System.Numerics.Vector{T}"/>. Picks under plain Gumbel noise are pruned: most candidates are
/// ruled out by a bound that their random word gives for nothing. All else computes every key.
/// </summary>
internal static unsafe partial class SelectionOp
{
    /// <summary>Selection in rows first to end - 1.</summary>
    public static void RunSimd(in SelectionArgs args, long first, long end, RowScratch scratch)
    {
        bool canPrune = args.Noise == SelectionNoise.Gumbel
            && args.Offsets == null
            && args.Elements == null
            && args.Margin == null
            && !args.Distinct;
        scratch.Survivors.Clear();
        for (long row = first; row < end; row++)
        {
            RowView view = args.View(row);
            RowStatus status = SoftWeightsOp.LoadSimd(in args.Lambda, in view, row, scratch, out RowLambda lambda);
            RowStatus check = canPrune ? status : Check(in args, view, status, scratch);
            if (check >= RowStatus.Empty)
            {
                WriteNoResult(in args, row, check);
                continue;
            }

            if (canPrune)
            {
                RunPrunedRow(in args, row, in view, in lambda, status, scratch);
            }
            else
            {
                RunFullRow(in args, row, in view, in lambda, status, scratch);
            }
        }

        if (canPrune)
        {
            scratch.Survivors.Settle(in args);
        }
    }

    /// <summary>Aims the vector sums at a row's lambda and fills in what the outputs of the row need.</summary>
    private static SoftWeightsVectorSums Aim(in SelectionArgs args, in RowLambda lambda, bool sum, RowScratch scratch)
    {
        SoftWeightsVectorSums vectors = scratch.Sums;
        vectors.Exps = null;
        vectors.SumOnly = true;
        if (args.Distinct)
        {
            scratch.Vectors.CountIncluded();
        }

        if (sum)
        {
            vectors.SumsAt(lambda.Mode, MathF.Abs(lambda.Effective));
        }
        else
        {
            vectors.AimAt(lambda.Mode, MathF.Abs(lambda.Effective));
        }

        return vectors;
    }
}
