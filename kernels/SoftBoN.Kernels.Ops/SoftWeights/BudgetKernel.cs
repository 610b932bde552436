namespace SoftBoN.Kernels.Ops;

/// <summary>
/// Finds each row's lambda from a budget, before the kernel that works with it: bisection in one launch, one team a row.
/// </summary>
internal static class BudgetKernel<TWarp, TTeam>
    where TWarp : struct, IWarp
    where TTeam : struct, ITeam
{
    /// <summary>The kernel.</summary>
    public static void Run(BudgetKernelArgs args)
    {
        TeamRow<TWarp, TTeam> team = default;
        team.Rows = args.Rows;
        team.Offsets = args.Offsets;
        team.Place = TeamPlace.Of<TTeam>();
        team.Place.Share<TTeam>(in args.Shared);
        for (long first = SlotRange<TTeam>.First; first < args.Rows.Slots; first += SlotRange<TTeam>.Step)
        {
            team.Row = args.Rows.At(first + SlotRange<TTeam>.Team);
            RunRow(in args, ref team);
        }
    }

    /// <remarks>
    /// A row takes as many trials as any may need, because all threads of a group meet in every one; and the sums at
    /// lambda = 0 are a turn of the same loop, so that its code is there only once.
    /// </remarks>
    private static void RunRow(in BudgetKernelArgs args, ref TeamRow<TWarp, TTeam> team)
    {
        RowLambda budget = args.Budgets.Of(in team.Row);
        var kind = (LambdaKind)args.Budgets.Kind;
        int wanted = kind == LambdaKind.TargetKl ? SumTerms.WantDeviations : SumTerms.WantSquares;
        SoftWeightsSums sums = default;
        RowStatus status = team.Inspect(counts: true, ref sums);
        BudgetSearch search = default;
        for (int turn = 0; turn <= BudgetSearch.Steps; turn++)
        {
            bool isTrial = turn > 0 && !search.IsOver;
            team.AimAt(isTrial ? TiltMode.Tilted : TiltMode.Hard, isTrial ? search.Trial : 0f, ref sums);
            team.MakeSums(wanted, ref sums);
            if (turn == 0)
            {
                search = BudgetSearch.Begin(in sums, kind, budget.Magnitude);
            }
            else if (isTrial)
            {
                search.Take(SoftWeightsOp.IsWithin(in sums, kind, budget.Magnitude));
            }
        }

        if (team.Row.Exists && team.Place.Writes)
        {
            bool isFound = budget.Status == RowStatus.Ok && status == RowStatus.Ok;
            RowStatus note = budget.Status == RowStatus.Ok ? search.Status : budget.Status;
            args.Found[team.Row.Number] = isFound ? search.Found : 1f;
            args.Notes[team.Row.Number] = (byte)note;
        }
    }
}
