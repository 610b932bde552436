namespace SoftBoN.CheckPtx;

/// <summary>A stretch of machine code that runs as a whole.</summary>
/// <param name="Instructions">All from its first to its jump back, branches that are rarely taken included.</param>
/// <param name="IsLoop">False where it is the whole kernel.</param>
internal sealed record SassLoop(IReadOnlyList<SassInstruction> Instructions, bool IsLoop)
{
    /// <summary>The bytes of global memory that a thread loads in one pass.</summary>
    public int LoadedBytes { get; } = Instructions.Sum(instruction => instruction.GlobalLoadBits) / 8;

    /// <summary>The widest load of global memory; 0 where there is none.</summary>
    public int WidestLoadBits { get; } = Instructions.Select(one => one.GlobalLoadBits).DefaultIfEmpty().Max();

    /// <summary>How many loads are that wide: they may be in flight together.</summary>
    public int WidestLoads => Instructions.Count(one => one.GlobalLoadBits == WidestLoadBits && WidestLoadBits > 0);

    /// <summary>Issue slots for each float that is loaded; infinite where none is.</summary>
    public double SlotsPerFloat => Instructions.Count / (LoadedBytes / (double)sizeof(float));
}
