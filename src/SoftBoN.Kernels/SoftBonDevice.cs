namespace SoftBoN.Kernels;

/// <summary>What an engine runs on, and why.</summary>
/// <param name="Backend">The backend in use, never <see cref="SoftBonBackend.Auto"/>.</param>
/// <param name="Description">The device or the processor's means, for people.</param>
/// <param name="Reason">Why this backend and not a better one.</param>
public sealed record SoftBonDevice(SoftBonBackend Backend, string Description, string Reason)
{
    /// <summary>
    /// Calls of fewer candidates with the caller's own memory run on the processor, where they are done sooner; 0 where
    /// none
    /// does. The bits are the same.
    /// </summary>
    public long HostCallsBelow { get; init; }

    /// <summary>What measurements of the device are filed under; empty for the processor.</summary>
    internal string CalibrationKey { get; init; } = "";
}
