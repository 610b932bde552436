using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>How far a row's search for the lambda of a budget is: the steps of the bisection, whoever makes the sums.</summary>
internal struct BudgetSearch
{
    /// <summary>The number of steps after which every search is over.</summary>
    public const int Steps = SplitBudgetArgs.Steps;

    private uint outside;
    private uint inside;

    /// <summary>The bits of the largest lambda that is known to be beyond the budget.</summary>
    public readonly uint Outside => outside;

    /// <summary>The bits of the smallest lambda that is known to be within it.</summary>
    public readonly uint Inside => inside;

    /// <summary>Ok, or why the budget decides nothing.</summary>
    public RowStatus Status { get; private set; }

    public readonly bool IsOver => inside - outside <= 1;

    /// <summary>The lambda to try next.</summary>
    public readonly float Trial => Bits.ToFloat(outside + ((inside - outside) / 2));

    /// <summary>lambda, 0 or infinity included, once the search is over.</summary>
    public readonly float Found
    {
        get
        {
            float found = Bits.ToFloat(inside);
            return found > RowLambda.Largest ? float.PositiveInfinity : found;
        }
    }

    /// <summary>Begins with the row's sums at lambda = 0.</summary>
    /// <param name="hard">Those sums.</param>
    /// <param name="kind"><see cref="LambdaKind.TargetKl"/> or <see cref="LambdaKind.TargetEss"/>.</param>
    /// <param name="budget">The budget, in range.</param>
    public static BudgetSearch Begin(in SoftWeightsSums hard, LambdaKind kind, float budget)
    {
        bool isMet = SoftWeightsOp.IsWithin(in hard, kind, budget);
        bool isOutOfReach = !isMet && kind == LambdaKind.TargetEss && budget > hard.Included;
        BudgetSearch search = default;
        search.Status = isMet ? RowStatus.BudgetNotBinding
            : isOutOfReach ? RowStatus.BudgetOutOfReach
            : RowStatus.Ok;
        search.inside = isMet ? 0 : Bits.Of(RowLambda.Largest) + 1;
        search.outside = isMet || isOutOfReach || budget == 0f ? search.inside : Bits.Of(RowLambda.Smallest) - 1;
        return search;
    }

    /// <summary>A search that was begun before.</summary>
    public static BudgetSearch At(uint outside, uint inside, RowStatus status)
    {
        BudgetSearch search = default;
        search.outside = outside;
        search.inside = inside;
        search.Status = status;
        return search;
    }

    /// <summary>Goes on from what the trial said.</summary>
    public void Take(bool isWithin)
    {
        uint middle = outside + ((inside - outside) / 2);
        inside = isWithin ? middle : inside;
        outside = isWithin ? outside : middle;
    }
}
