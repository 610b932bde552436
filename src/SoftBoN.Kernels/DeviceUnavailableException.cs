namespace SoftBoN.Kernels;

/// <summary>
/// The device that was asked for cannot be used here; a device that is asked for by name is never replaced.
/// </summary>
public sealed class DeviceUnavailableException : InvalidOperationException
{
    internal DeviceUnavailableException(string message, IReadOnlyList<DeviceReport> reports, Exception? inner = null)
        : base(message, inner) => Reports = reports;

    /// <summary>Every device and library that was looked at, usable or not, and why not.</summary>
    public IReadOnlyList<DeviceReport> Reports { get; }
}
