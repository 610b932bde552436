using ILGPU;

namespace SoftBoN.Kernels.Ops;

/// <summary>Which of a launch's rows are a group's: its teams take those from First on together, then Step further.</summary>
internal struct SlotRange
{
    public long First;
    public long End;
    public long Step;

    /// <summary>The thread's team in its group.</summary>
    public int Team;

    public static SlotRange Of<TTeam>(long slots)
        where TTeam : struct, ITeam
    {
        int teams = TTeam.IsGroup ? 1 : Group.DimX / TTeam.Threads;
        SlotRange range = default;
        range.First = (long)Grid.IdxX * teams;
        range.End = slots;
        range.Step = (long)Grid.DimX * teams;
        range.Team = TTeam.IsGroup ? 0 : Group.IdxX / TTeam.Threads;
        return range;
    }
}
