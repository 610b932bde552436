namespace SoftBoN.Tool.Host;

/// <summary>Keeps what waits to be collected within a bound, too.</summary>
internal static class HeapLimit
{
    /// <summary>What a run takes where nothing else was said, in bytes.</summary>
    public const long Default = 2L << 30;

    /// <summary>Of the memory, the heap's share; the rest is code, stacks and the libraries' own.</summary>
    private const double HeapShare = 0.8;

    /// <summary>Sets it for the process, where the program has one to itself.</summary>
    public static void Set(ToolHost host, long memory)
    {
        if (host.OwnsProcess)
        {
            AppContext.SetData("GCHeapHardLimit", (ulong)(memory * HeapShare));
            GC.RefreshMemoryLimit();
        }
    }
}
