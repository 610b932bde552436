using System.Numerics;

namespace SoftBoN.Kernels.Hosting;

/// <summary>An array on both sides of a device's copies, kept from batch to batch and made longer when one needs it.</summary>
internal sealed class StagedArray<T>(SoftBonEngine engine) : IDisposable
    where T : unmanaged
{
    private PinnedBuffer<T>? host;
    private DeviceBuffer<T>? device;
    private int length;

    /// <summary>The processor's side.</summary>
    public Span<T> Host => host!.Span[..length];

    /// <summary>The device's side.</summary>
    public DeviceSpan<T> Device => device!.Slice(0, length);

    /// <summary>Gives the array a length; what was in it is gone.</summary>
    public void Resize(int count)
    {
        if (device == null || device.Length < count)
        {
            Dispose();
            int room = (int)Math.Min(BitOperations.RoundUpToPowerOf2((uint)count), (uint)Array.MaxLength);
            host = engine.CreatePinnedBuffer<T>(room);
            device = engine.CreateBuffer<T>(room);
        }

        length = count;
    }

    /// <summary>Queues the copy to the device.</summary>
    public void CopyIn(SoftBonQueue queue) => queue.CopyIn(host!, Device);

    /// <summary>Queues the copy from the device.</summary>
    public void CopyOut(SoftBonQueue queue) => queue.CopyOut(Device, host!);

    public void Dispose()
    {
        host?.Dispose();
        device?.Dispose();
        (host, device) = (null, null);
    }
}
