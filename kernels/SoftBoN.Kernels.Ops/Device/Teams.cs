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

    /// <summary>Whether several teams, the grid's second index, share a row and each takes every so many segments.</summary>
    static abstract bool IsPart { get; }
}

/// <summary>One thread, for processors: rows of any length, the lanes of each segment in turn.</summary>
internal readonly struct TeamOne : ITeam
{
    public static int Threads => 1;

    public static bool IsGroup => false;

    public static bool IsAlone => true;

    public static bool TakesAnyLength => true;

    public static bool IsPart => false;
}

/// <summary>A quarter of a warp: rows of up to 32 candidates.</summary>
internal readonly struct Team8 : ITeam
{
    public static int Threads => 8;

    public static bool IsGroup => false;

    public static bool IsAlone => false;

    public static bool TakesAnyLength => false;

    public static bool IsPart => false;
}

/// <summary>Half a warp: rows of up to 64 candidates.</summary>
internal readonly struct Team16 : ITeam
{
    public static int Threads => 16;

    public static bool IsGroup => false;

    public static bool IsAlone => false;

    public static bool TakesAnyLength => false;

    public static bool IsPart => false;
}

/// <summary>A warp: rows of up to 1024 candidates, one segment.</summary>
internal readonly struct Team32 : ITeam
{
    public static int Threads => 32;

    public static bool IsGroup => false;

    public static bool IsAlone => false;

    public static bool TakesAnyLength => false;

    public static bool IsPart => false;
}

/// <summary>A group: rows of any length, each warp a segment in turn.</summary>
internal readonly struct TeamGroup : ITeam
{
    public static int Threads => 32;

    public static bool IsGroup => true;

    public static bool IsAlone => false;

    public static bool TakesAnyLength => true;

    public static bool IsPart => false;
}

/// <summary>A group of several that share a row.</summary>
internal readonly struct TeamPart : ITeam
{
    public static int Threads => 32;

    public static bool IsGroup => true;

    public static bool IsAlone => false;

    public static bool TakesAnyLength => true;

    public static bool IsPart => true;
}

/// <summary>A thread of several that share a row, for processors.</summary>
internal readonly struct TeamOnePart : ITeam
{
    public static int Threads => 1;

    public static bool IsGroup => false;

    public static bool IsAlone => true;

    public static bool TakesAnyLength => true;

    public static bool IsPart => true;
}
