using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>The oracle: what these loops return is what every other path returns, to the bit.</summary>
internal static unsafe partial class SoftWeightsOp
{
    /// <summary>Soft weights of rows first to end - 1.</summary>
    public static void RunReference(in SoftWeightsArgs args, long first, long end)
    {
        for (long row = first; row < end; row++)
        {
            RunReferenceRow(in args, row);
        }
    }

    /// <summary>Soft weights of the one row of a batch.</summary>
    public static void RunReferenceOnce(in SoftWeightsArgs args, RowScratch scratch) => RunReferenceRow(in args, 0);

    /// <summary>A row's status and lambda, found where it has to be.</summary>
    public static RowStatus Prepare(in LambdaArg lambdas, RowView view, long row, out SoftWeightsSums sums)
    {
        sums = default;
        RowLambda lambda = lambdas[row];
        if (view.Length > 0 && lambda.Status != RowStatus.Ok)
        {
            return lambda.Status;
        }

        var reference = new ReferenceRow(view, lambda.IsNegative);
        RowStatus status = reference.Inspection.Status;
        if (status != RowStatus.Ok)
        {
            return status;
        }

        if (lambda.IsBudget)
        {
            lambda = lambda.Found(SolveBudget(reference, lambdas.Kind, lambda.Magnitude, out status));
        }

        reference.SumsAt(lambda.Mode, MathF.Abs(lambda.Effective), ref sums);
        return status;
    }

    private static void RunReferenceRow(in SoftWeightsArgs args, long row)
    {
        RowView view = args.Rows[row];
        RowStatus status = Prepare(in args.Lambda, view, row, out SoftWeightsSums sums);
        if (status >= RowStatus.Empty)
        {
            WriteNoResult(in args, row, view, status);
            return;
        }

        WriteRow(in args, row, status, in sums);
        float reciprocal = Division.Rcp(sums.Sum);
        float logSum = Logarithm.Log(sums.Sum);
        for (int i = 0; i < view.Length; i++)
        {
            float reward = RowInspection.Directed(view[i], sums.IsNegative);
            bool excluded = reward == float.NegativeInfinity;
            float x = X(in sums, reward);
            if (args.Weights != null)
            {
                args.Weights[view.Packed + i] = excluded ? 0f : Weight(Exp(in sums, reward), reciprocal);
            }

            if (args.LogWeights != null)
            {
                bool hasWeight = !excluded && (sums.Mode != TiltMode.Hard || x == 0f);
                args.LogWeights[view.Packed + i] = hasWeight ? LogWeight(x, logSum) : float.NegativeInfinity;
            }
        }
    }

    /// <summary>A row whose sums are made by the shortest scalar loop.</summary>
    private struct ReferenceRow(RowView view, bool isNegative) : ISoftWeightsRow
    {
        public RowInspection Inspection = RowInspection.Of(view, isNegative);

        public readonly void SumsAt(TiltMode mode, float lambda, ref SoftWeightsSums sums)
        {
            TiltScale scale = TiltScale.For(mode, lambda);
            sums.Mode = mode;
            sums.IsNegative = isNegative;
            sums.Scale = scale;
            sums.Lambda = lambda;
            sums.Max = Bits.ZeroBelowKeepNaN(Inspection.Max, scale.ZeroBelow);
            sums.Min = Inspection.Min;
            sums.Included = Inspection.Included;
            CanonicalSum sum = default;
            CanonicalSum squares = default;
            CanonicalSum deviations = default;
            CanonicalSum complements = default;
            for (int i = 0; i < view.Length; i++)
            {
                float reward = RowInspection.Directed(view[i], isNegative);
                bool excluded = reward == float.NegativeInfinity;
                float x = X(in sums, reward);
                float e = Exp(in sums, reward);
                float d = Deviation(in sums, Bits.ZeroBelowKeepNaN(reward, scale.ZeroBelow));
                sum.Add(excluded ? 0f : e);
                squares.Add(excluded ? 0f : SquareTerm(e));
                deviations.Add(excluded ? 0f : DeviationTerm(e, d));
                complements.Add(excluded ? 0f : ComplementTerm(x));
            }

            sums.Sum = sum.Total();
            sums.Squares = squares.Total();
            sums.Deviations = deviations.Total();
            sums.Complements = complements.Total();
        }
    }
}
