namespace SoftBoN.Kernels.Jobs.Results;

/// <summary>What of a call is timed.</summary>
internal static class BenchMode
{
    /// <summary>A call with the caller's memory, there and back.</summary>
    public const string EndToEnd = "end-to-end";

    /// <summary>A call on a queue with data on the device, and the wait for it.</summary>
    public const string Resident = "resident";

    /// <summary>Such calls queued at once and waited for once, over their number.</summary>
    public const string Kernel = "kernel";

    /// <summary>A new engine and its first call, which compiles its kernels.</summary>
    public const string Cold = "cold";

    /// <summary>A bare read or copy.</summary>
    public const string Ceiling = "ceiling";
}
