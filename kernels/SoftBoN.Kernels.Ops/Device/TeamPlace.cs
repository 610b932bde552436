using ILGPU;

namespace SoftBoN.Kernels.Ops;

/// <summary>A thread's place in its team, and the memory that the team shares.</summary>
internal struct TeamPlace
{
    /// <summary>The most threads that a group has.</summary>
    public const int MaxGroup = 1024;

    /// <summary>The thread's number in its group.</summary>
    public int Thread;

    /// <summary>The thread's number in the team's warp, or the part of a warp that is the team.</summary>
    public int Lane;

    /// <summary>The warp's number among all that work on the row; of threads that share one alone, the thread's.</summary>
    public int Warp;

    /// <summary>The row's warps; 1 where threads are alone.</summary>
    public int Warps;

    /// <summary>Shared by the group: one word per thread; absent where nothing is exchanged.</summary>
    public ArrayView<uint> Exchange;

    /// <summary>Of the team, in global memory: sums of segments, four rows of <see cref="PartialStride"/>.</summary>
    public ArrayView<float> Partials;
    public int PartialStride;

    /// <summary>Of the team, in global memory: 32 bits for each lane of each segment, where any are needed.</summary>
    public ArrayView<uint> Marks;
    public bool HasMarks;

    /// <summary>Where several teams share a row: how many, as a power of two.</summary>
    public int PartBits;

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
        if (TTeam.IsPart)
        {
            place.Warp += Grid.IdxY * place.Warps;
            place.Warps = TTeam.IsGroup ? place.Warps * Grid.DimY : 1;
        }

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

    /// <summary>Takes what all teams have that share the row in the grid's first index.</summary>
    public void Share(in SplitMemory memory)
    {
        PartBits = memory.PartBits;
        PartialStride = memory.PartialStride;
        Partials = memory.Partials.SubView(Grid.IdxX * memory.SlotPartials, memory.SlotPartials);
    }

    /// <summary>Where a thread that is alone keeps partial sums of one of a segment's sums.</summary>
    public readonly int LaneRoom<TTeam>(int kind)
        where TTeam : struct, ITeam => TTeam.IsPart
            ? (SumTerms.Kinds * PartialStride) + (((Warp * SumTerms.Kinds) + kind) * LaneTurn.Room)
            : ((kind + 1) * PartialStride) - LaneTurn.Room;
}
