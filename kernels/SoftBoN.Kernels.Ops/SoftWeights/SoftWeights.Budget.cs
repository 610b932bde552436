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
        BudgetSearch search = BudgetSearch.Begin(in sums, kind, budget);
        while (!search.IsOver)
        {
            row.SumsAt(TiltMode.Tilted, search.Trial, ref sums);
            search.Take(IsWithin(in sums, kind, budget));
        }

        status = search.Status;
        return search.Found;
    }

    /// <summary>Whether a row keeps its budget at the lambda of its sums.</summary>
    public static bool IsWithin(in SoftWeightsSums sums, LambdaKind kind, float budget) =>
        kind == LambdaKind.TargetKl ? KlToUniform(in sums) <= budget : EffectiveSampleSize(in sums) >= budget;
}
