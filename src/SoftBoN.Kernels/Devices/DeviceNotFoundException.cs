namespace SoftBoN.Kernels.Devices;

/// <summary>ILGPU lists no such device.</summary>
internal sealed class DeviceNotFoundException(string message) : Exception(message);
