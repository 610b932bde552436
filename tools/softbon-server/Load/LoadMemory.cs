namespace SoftBoN.Server.Load;

/// <summary>The memory of this process, which must not grow with the requests that it has served.</summary>
internal static class LoadMemory
{
    /// <summary>What is alive, in KiB.</summary>
    public static long LiveKibibytes => GC.GetTotalMemory(forceFullCollection: true) >> 10;

    /// <summary>What the process holds, in MiB.</summary>
    public static long ResidentMebibytes => Environment.WorkingSet >> 20;
}
