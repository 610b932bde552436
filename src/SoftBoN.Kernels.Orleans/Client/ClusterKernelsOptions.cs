namespace SoftBoN.Kernels.Orleans;

/// <summary>How a client cuts calls and sends the parts.</summary>
public sealed class ClusterKernelsOptions
{
    /// <summary>
    /// The size, in bytes, above which a part is cut further, be it of its message or of its results: 4 KiB to 1 GiB; 1 MiB
    /// unless set. Smaller calls are cut into smaller parts, of 64 KiB or this at least, so that every silo gets some.
    /// </summary>
    public int PartBytes { get; set; } = 1 << 20;

    /// <summary>
    /// The most that a message may have, in bytes, for a row that is larger than a part: 64 KiB to 1 GiB; 64 MiB unless
    /// set. Silos have a limit of their own.
    /// </summary>
    public int MaxMessageBytes { get; set; } = 64 << 20;

    /// <summary>Parts of a call that may be under way at once, 1 to 4096; 32 unless set. With their size it bounds memory.</summary>
    public int MaxPartsInFlight { get; set; } = 32;

    /// <summary>
    /// How long a part may be without a silo that takes it before its call fails; 1 ms to a day; 30 seconds unless set.
    /// </summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a silo may be silent, with parts at it, before it is asked whether it is still there; 1 ms to a day; 1
    /// second unless set.
    /// </summary>
    public TimeSpan ProbeAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Is told of the rows of each part whose results were put in their places, for tests.</summary>
    internal Action<long, long>? Placed { get; set; }

    internal void Check()
    {
        SiloKernelsOptions.CheckRange(nameof(PartBytes), PartBytes, 1 << 12, SiloKernelsOptions.MostMessageBytes);
        SiloKernelsOptions.CheckRange(
            nameof(MaxMessageBytes),
            MaxMessageBytes,
            SiloKernelsOptions.LeastMessageBytes,
            SiloKernelsOptions.MostMessageBytes);
        SiloKernelsOptions.CheckRange(nameof(MaxPartsInFlight), MaxPartsInFlight, 1, 4096);
        CheckTime(nameof(Patience), Patience);
        CheckTime(nameof(ProbeAfter), ProbeAfter);
    }

    private static void CheckTime(string name, TimeSpan time)
    {
        if (time < TimeSpan.FromMilliseconds(1) || time > TimeSpan.FromDays(1))
        {
            throw new ArgumentOutOfRangeException(name, time, "Must be 1 ms to a day.");
        }
    }
}
