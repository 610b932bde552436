namespace SoftBoN.Kernels;

/// <summary>From which size on calls with the caller's memory are sooner done on a device, as it was measured.</summary>
internal static class Calibration
{
    /// <summary>
    /// Where nothing was measured: starting a device, copying there and back, and waiting take some tens of microseconds, in
    /// which vectors on two or more threads handle about this many candidates.
    /// </summary>
    public const long DefaultHostCallsBelow = 32 * 1024;

    public static long HostCallsBelow(string key, out string source)
    {
        source = "default";
        return key.Length > 0 ? DefaultHostCallsBelow : 0;
    }
}
