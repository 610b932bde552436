using ILGPU;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// Which of a launch's rows are a group's: its teams take those from First on together, then Step further. Made anew where
/// they are needed, which costs less than keeping them.
/// </summary>
internal static class SlotRange<TTeam>
    where TTeam : struct, ITeam
{
    public static long First => (long)Grid.IdxX * Teams;

    public static long Step => (long)Grid.DimX * Teams;

    /// <summary>The thread's team in its group.</summary>
    public static int Team => TTeam.IsGroup ? 0 : Group.IdxX / TTeam.Threads;

    private static int Teams => TTeam.IsGroup ? 1 : Group.DimX / TTeam.Threads;
}
