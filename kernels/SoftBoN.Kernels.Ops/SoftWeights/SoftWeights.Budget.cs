using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>Computes a row's sums at a trial lambda.</summary>
internal interface ISoftWeightsRow
{
    void SumsAt(TiltMode mode, float lambda, ref SoftWeightsSums sums);
}

/// <summary>
/// lambda from a budget: the smallest one whose weights stay within a Kullback-Leibler divergence from uniform, or keep an
/// effective sample size. Both are monotone in lambda; positive floats are ordered as their bits are, so bisection on the
/// bits ends after 31 steps at the same lambda everywhere.
/// </summary>
internal static unsafe partial class SoftWeightsOp
{
    /// <summary>Finds a row's lambda.</summary>
    /// <param name="row">The row, at any lambda.</param>
    /// <param name="kind"><see cref="LambdaKind.TargetKl"/> or <see cref="LambdaKind.TargetEss"/>.</param>
    /// <param name="budget">The budget, in range.</param>
    /// <param name="status">Ok, or why the budget decides nothing.</param>
    /// <returns>lambda, 0 or infinity included.</returns>
    public static float SolveBudget<TRow>(TRow row, LambdaKind kind, float budget, out RowStatus status)
        where TRow : ISoftWeightsRow
    {
        SoftWeightsSums sums = default;
        row.SumsAt(TiltMode.Hard, 0f, ref sums);
        status = RowStatus.BudgetNotBinding;
        if (IsWithin(in sums, kind, budget))
        {
            return 0f;
        }

        status = kind == LambdaKind.TargetEss && budget > sums.Included
            ? RowStatus.BudgetOutOfReach
            : RowStatus.Ok;
        if (status != RowStatus.Ok || budget == 0f)
        {
            return float.PositiveInfinity;
        }

        uint outside = Bits.Of(RowLambda.Smallest) - 1;
        uint inside = Bits.Of(RowLambda.Largest) + 1;
        while (inside - outside > 1)
        {
            uint middle = outside + ((inside - outside) / 2);
            row.SumsAt(TiltMode.Tilted, Bits.ToFloat(middle), ref sums);
            if (IsWithin(in sums, kind, budget))
            {
                inside = middle;
            }
            else
            {
                outside = middle;
            }
        }

        float found = Bits.ToFloat(inside);
        return found > RowLambda.Largest ? float.PositiveInfinity : found;
    }

    private static bool IsWithin(in SoftWeightsSums sums, LambdaKind kind, float budget) =>
        kind == LambdaKind.TargetKl ? KlToUniform(in sums) <= budget : EffectiveSampleSize(in sums) >= budget;
}
