using ILGPU;

namespace SoftBoN.Kernels.Ops;

/// <summary>How many threads work on one row.</summary>
internal interface ITeam
{
    /// <summary>Threads of one warp that work on a row.</summary>
    static abstract int Threads { get; }

    /// <summary>Whether all warps of the group work on one row.</summary>
    static abstract bool IsGroup { get; }

    /// <summary>Whether one thread works on a row, so that nothing is exchanged and nobody waits.</summary>
    static abstract bool IsAlone { get; }

    /// <summary>Whether rows may have more than a segment: sums of segments and marks are in memory.</summary>
    static abstract bool TakesAnyLength { get; }
}

/// <summary>One thread, for processors: rows of any length, the lanes of each segment in turn.</summary>
internal readonly struct TeamOne : ITeam
{
    public static int Threads => 1;

    public static bool IsGroup => false;

    public static bool IsAlone => true;

    public static bool TakesAnyLength => true;
}

/// <summary>A quarter of a warp: rows of up to 32 candidates.</summary>
internal readonly struct Team8 : ITeam
{
    public static int Threads => 8;

    public static bool IsGroup => false;

    public static bool IsAlone => false;

    public static bool TakesAnyLength => false;
}

/// <summary>Half a warp: rows of up to 64 candidates.</summary>
internal readonly struct Team16 : ITeam
{
    public static int Threads => 16;

    public static bool IsGroup => false;

    public static bool IsAlone => false;

    public static bool TakesAnyLength => false;
}

/// <summary>A warp: rows of up to 1024 candidates, one segment.</summary>
internal readonly struct Team32 : ITeam
{
    public static int Threads => 32;

    public static bool IsGroup => false;

    public static bool IsAlone => false;

    public static bool TakesAnyLength => false;
}

/// <summary>A group: rows of any length, each warp a segment in turn.</summary>
internal readonly struct TeamGroup : ITeam
{
    public static int Threads => 32;

    public static bool IsGroup => true;

    public static bool IsAlone => false;

    public static bool TakesAnyLength => true;
}

/// <summary>A thread's place in its team, and the memory that the team shares.</summary>
internal struct TeamPlace
{
    /// <summary>The most threads that a group has.</summary>
    public const int MaxGroup = 1024;

    /// <summary>The thread's number in its group.</summary>
    public int Thread;

    /// <summary>The thread's number in the team's warp, or the part of a warp that is the team.</summary>
    public int Lane;

    /// <summary>The warp's number in the team.</summary>
    public int Warp;

    /// <summary>The team's warps.</summary>
    public int Warps;

    /// <summary>Shared by the group: one word per thread; absent where nothing is exchanged.</summary>
    public ArrayView<uint> Exchange;

    /// <summary>Of the team, in global memory: sums of segments, four rows of <see cref="PartialStride"/>.</summary>
    public ArrayView<float> Partials;
    public int PartialStride;

    /// <summary>Of the team, in global memory: 32 bits for each lane of each segment, where any are needed.</summary>
    public ArrayView<uint> Marks;
    public bool HasMarks;

    /// <summary>Whether this thread writes what there is one of per row.</summary>
    public readonly bool Writes => Warp == 0 && Lane == 0;

    /// <summary>The thread's place in a group.</summary>
    public static TeamPlace Of<TTeam>()
        where TTeam : struct, ITeam
    {
        TeamPlace place = default;
        place.Thread = Group.IdxX;
        place.Lane = place.Thread & (TTeam.Threads - 1);
        place.Warp = TTeam.IsGroup ? place.Thread / TTeam.Threads : 0;
        place.Warps = TTeam.IsGroup ? Group.DimX / TTeam.Threads : 1;
        if (!TTeam.IsAlone)
        {
            place.Exchange = SharedMemory.Allocate<uint>(MaxGroup);
        }

        return place;
    }

    /// <summary>Takes the team's part of the grid's memory.</summary>
    public void Share<TTeam>(in GroupMemory memory)
        where TTeam : struct, ITeam
    {
        if (!TTeam.TakesAnyLength)
        {
            return;
        }

        long team = SlotRange<TTeam>.First + SlotRange<TTeam>.Team;
        PartialStride = memory.PartialStride;
        long partials = (long)SumTerms.Kinds * PartialStride;
        Partials = memory.Partials.SubView(team * partials, partials);
        HasMarks = memory.HasMarks != 0;
        if (HasMarks)
        {
            long marks = (long)Numerics.CanonicalSum.Groups * PartialStride;
            Marks = memory.Marks.SubView(team * marks, marks);
        }
    }
}
