namespace SoftBoN.CheckPtx;

/// <summary>What kernels are assembled for, and how many warps of one it holds at once.</summary>
/// <param name="Name">sm_80, sm_90.</param>
/// <param name="SharedBytes">Its shared memory.</param>
internal sealed record Multiprocessor(string Name, int SharedBytes)
{
    private const int Warps = 64;
    private const int Groups = 32;
    private const int Registers = 65536;
    private const int RegisterUnit = 256;
    private const int WarpSize = 32;

    /// <summary>Shared memory that each group takes for the system.</summary>
    private const int SystemBytes = 1024;

    /// <summary>A100 and H100.</summary>
    public static IReadOnlyList<Multiprocessor> Targets { get; } =
        [new("sm_80", 164 * 1024), new("sm_90", 228 * 1024)];

    /// <summary>The warps of a kernel that fit, of 64.</summary>
    public int WarpsOf(KernelResources kernel, int groupSize)
    {
        int warps = (groupSize + WarpSize - 1) / WarpSize;
        int registersOfWarp = ((kernel.Registers * WarpSize) + RegisterUnit - 1) / RegisterUnit * RegisterUnit;
        int byRegisters = Registers / (registersOfWarp * warps);
        int byShared = SharedBytes / (kernel.SharedBytes + SystemBytes);
        return warps * Math.Min(Math.Min(Warps / warps, Groups), Math.Min(byRegisters, byShared));
    }
}
