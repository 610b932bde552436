namespace SoftBoN.Kernels.Devices;

/// <summary>An allocation beyond the engine's own limit; the device itself was not asked.</summary>
internal sealed class DeviceMemoryException(string message) : Exception(message);
