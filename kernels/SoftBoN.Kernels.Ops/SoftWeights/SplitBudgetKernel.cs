namespace SoftBoN.Kernels.Ops;

/// <summary>
/// A step of the bisection: what the sums at a row's lambda say, and the lambda to sum at next. One team a row. What is
/// found is written every time and stands when the search is over.
/// </summary>
internal static class SplitBudgetKernel<TWarp, TTeam>
    where TWarp : struct, IWarp
    where TTeam : struct, ITeam
{
    /// <summary>The kernel.</summary>
    public static void Run(SplitBudgetArgs args)
    {
        TeamRow<TWarp, TTeam> team = SplitRow<TWarp, TTeam>.Open(
            in args.Call.Rows, in args.Call.Budgets, in args.Call.Offsets, in args.Memory);
        if (team.Row.Exists && team.Place.Writes)
        {
            Take(in args, ref team);
        }
    }

    private static void Take(in SplitBudgetArgs args, ref TeamRow<TWarp, TTeam> team)
    {
        long row = team.Row.Number;
        if (args.Step == SplitBudgetArgs.Begin)
        {
            args.Call.Found[row] = 0f;
            return;
        }

        RowLambda budget = args.Call.Budgets.Of(in team.Row);
        var kind = (LambdaKind)args.Call.Budgets.Kind;
        SoftWeightsSums sums = default;
        SplitState state = args.Memory.State;
        RowStatus status = team.RecallExtremes(in state, ref sums);
        state.Read(ref sums);
        float trial = args.Call.Found[row];
        team.AimAt(RowLambda.ModeOf(trial), trial, ref sums);
        BudgetSearch search = args.Step == 0 ? BudgetSearch.Begin(in sums, kind, budget.Magnitude) : state.Search;
        if (args.Step > 0 && !search.IsOver)
        {
            search.Take(SoftWeightsOp.IsWithin(in sums, kind, budget.Magnitude));
        }

        state.Search = search;
        bool isFound = budget.Status == RowStatus.Ok && status == RowStatus.Ok;
        args.Call.Found[row] = !isFound ? 1f : search.IsOver ? search.Found : search.Trial;
        args.Call.Notes[row] = (byte)(budget.Status == RowStatus.Ok ? search.Status : budget.Status);
    }
}
