namespace SoftBoN.Kernels.Ops;

/// <summary>The kinds of teams, from the smallest rows up.</summary>
internal enum TeamKind
{
    Eight,
    Sixteen,
    Warp,
    Group,

    /// <summary>One thread, for processors: rows of any length.</summary>
    One,
}

/// <summary>One launch of a call: a kind of team, and the bins of lengths that are its.</summary>
internal readonly record struct TeamLaunch(TeamKind Kind, int FirstBin, int EndBin, long MostRows);

/// <summary>How a batch is spread over launches, and the memory that takes.</summary>
internal readonly struct RowPlan
{
    /// <summary>Fewer rows than this are not worth bringing into order, as far as one kind of team can have them all.</summary>
    private const int OrderFrom = 1024;
    private const int OrderLongFrom = 32;

    /// <summary>The most groups of a launch that have memory of their own.</summary>
    private const int MostGroups = 1024;
    private const int MostGroupsWithMarks = 256;

    private static readonly int[] FirstBins = [0, 1, 2, RowOrder.LongBin, RowOrder.Bins];

    private readonly int longest;
    private readonly bool hasMarks;
    private readonly bool isAlone;

    /// <summary>Plans a call.</summary>
    /// <param name="rows">The batch.</param>
    /// <param name="hasMarks">Whether candidates are marked.</param>
    /// <param name="isAlone">Whether every thread has rows of its own.</param>
    /// <param name="split">When rows are shared; never where it is left out.</param>
    public RowPlan(in DeviceRows rows, bool hasMarks, bool isAlone, RowSplit split = default)
    {
        (this.hasMarks, this.isAlone) = (hasMarks, isAlone);
        longest = rows.Layout == RowLayout.Strided ? rows.Columns : rows.LongestRow;
        Count = rows.Count;
        Packed = rows.Packed;
        bool isUniform = rows.Layout == RowLayout.Strided || longest <= 32;
        IsOrdered = !isAlone && !isUniform && Count >= (longest > 1024 ? OrderLongFrom : OrderFrom);
        PartBits = HasGroups ? split.PartBits(LongRows, longest) : 0;
    }

    public long Count { get; }

    public long Packed { get; }

    /// <summary>Whether rows are brought into an order of lengths first.</summary>
    public bool IsOrdered { get; }

    /// <summary>The teams that share each of the longest kind of rows, as a power of two.</summary>
    public int PartBits { get; }

    /// <summary>At most as many rows of the longest kind as there are.</summary>
    public long LongRows => MostRows(isAlone ? TeamKind.One : TeamKind.Group);

    /// <summary>Whether teams need memory of their own.</summary>
    public bool HasGroups => isAlone || longest > 1024;

    /// <summary>The groups of a launch of teams that have memory of their own.</summary>
    public int Groups => (int)Math.Min(Count, hasMarks ? MostGroupsWithMarks : MostGroups);

    public int PartialStride => GroupMemory.StrideOf((int)(((long)longest + 1023) / 1024));

    /// <summary>The launches, longest rows first.</summary>
    public TeamLaunches Launches() => new(in this, isAlone ? TeamKind.One : TeamKind.Group);

    /// <summary>The launch of a kind of team; none where no row may be of that kind.</summary>
    public bool TryLaunch(TeamKind kind, out TeamLaunch launch)
    {
        int first = isAlone ? 0 : FirstBins[(int)kind];
        int end = isAlone ? RowOrder.Bins : FirstBins[(int)kind + 1];
        int bin = RowOrder.BinOf(longest);
        launch = new TeamLaunch(kind, first, end, MostRows(kind));
        return isAlone ? kind == TeamKind.One : (bin >= first && bin < end) || (IsOrdered && bin >= end);
    }

    /// <summary>Takes the memory for the order of rows.</summary>
    public RowOrderArgs TakeOrder(ref Workspace workspace)
    {
        RowOrderArgs order = default;
        if (IsOrdered)
        {
            order.Rows.Order = workspace.Take<long>(Count);
            order.Rows.BinStarts = workspace.Take<int>(RowOrder.Bins + 1);
            order.Counts = workspace.Take<int>(2 * RowOrder.Bins);
        }

        return order;
    }

    /// <summary>Takes the memory of groups.</summary>
    public GroupMemory TakeGroups(ref Workspace workspace)
    {
        GroupMemory memory = default;
        if (HasGroups)
        {
            memory.PartialStride = PartialStride;
            memory.Partials = workspace.Take<float>((long)Groups * SumTerms.Kinds * PartialStride);
            memory.HasMarks = hasMarks ? 1 : 0;
            memory.Marks = hasMarks
                ? workspace.Take<uint>((long)Groups * Numerics.CanonicalSum.Groups * PartialStride)
                : default;
        }

        return memory;
    }

    /// <summary>Takes the memory of rows that are shared.</summary>
    public SplitMemory TakeSplit(ref Workspace workspace)
    {
        SplitMemory memory = default;
        if (PartBits > 0)
        {
            int rooms = isAlone ? SumTerms.Kinds * SplitMemory.RoomOfLane << PartBits : 0;
            memory.PartBits = PartBits;
            memory.PartialStride = PartialStride;
            memory.SlotPartials = (SumTerms.Kinds * PartialStride) + rooms;
            memory.Partials = workspace.Take<float>(LongRows * memory.SlotPartials);
            memory.States = workspace.Take<uint>(LongRows * SplitMemory.WordsOfState);
        }

        return memory;
    }

    /// <summary>Whether a launch's rows are shared.</summary>
    public bool IsSplit(in TeamLaunch launch) => PartBits > 0 && (launch.Kind is TeamKind.Group or TeamKind.One);

    /// <summary>An upper bound of the rows of a kind: a row of more than 1024 candidates takes that many of all.</summary>
    private long MostRows(TeamKind kind)
    {
        int shortest = kind switch { TeamKind.Group => 1025, TeamKind.Warp => 65, TeamKind.Sixteen => 33, _ => 0 };
        return IsOrdered && shortest > 0 ? Math.Min(Count, Packed / shortest) : Count;
    }
}
