namespace SoftBoN.Kernels.Orleans;

/// <summary>What a silo offers clients.</summary>
public sealed class SiloKernelsOptions
{
    internal const int LeastMessageBytes = 1 << 16;
    internal const int MostMessageBytes = 1 << 30;

    /// <summary>How the silo's engine is made: its backend, its device, its threads.</summary>
    public SoftBonOptions Engine { get; set; } = new();

    /// <summary>
    /// Parts of calls that the silo works on at once, 1 to 256; others wait. 2 unless set: while the results of one are
    /// written, the engine's threads have the other.
    /// </summary>
    public int PartsAtOnce { get; set; } = 2;

    /// <summary>The largest message of a part, and the largest reply, in bytes: 64 KiB to 1 GiB; 64 MiB unless set.</summary>
    public int MaxMessageBytes { get; set; } = 64 << 20;

    /// <summary>What the silo says of itself in place of its engine, for tests; null for the truth.</summary>
    internal Func<SiloState, SiloState>? Pretend { get; set; }

    /// <summary>Is waited for before a part is worked on, for tests.</summary>
    internal Func<PartRequest, Task>? BeforePart { get; set; }

    internal void Check()
    {
        CheckRange(nameof(PartsAtOnce), PartsAtOnce, 1, 256);
        CheckRange(nameof(MaxMessageBytes), MaxMessageBytes, LeastMessageBytes, MostMessageBytes);
    }

    internal static void CheckRange(string name, long value, long least, long most)
    {
        if (value < least || value > most)
        {
            throw new ArgumentOutOfRangeException(name, value, $"Must be {least} to {most}.");
        }
    }
}
