namespace SoftBoN.Kernels.Ops;

/// <summary>The launches of a call, for a loop over them that allocates nothing.</summary>
internal struct TeamLaunches(in RowPlan plan, TeamKind longest)
{
    private readonly RowPlan plan = plan;
    private int next = (int)longest;
    private TeamLaunch current;

    public readonly TeamLaunch Current => current;

    public readonly TeamLaunches GetEnumerator() => this;

    public bool MoveNext()
    {
        bool found = false;
        while (!found && next >= 0)
        {
            found = plan.TryLaunch((TeamKind)next, out current);
            next--;
        }

        return found;
    }
}
