using SoftBoN.Kernels.Devices;

namespace SoftBoN.Kernels.Tests.Devices;

/// <summary>Fails at one kind of step, once or some times.</summary>
internal sealed class FaultOnce(DeviceStep step, Exception fault) : IFaultInjector
{
    private int left = 1;

    /// <summary>How often it fails from now on.</summary>
    public int Times
    {
        get => Volatile.Read(ref left);
        set => Volatile.Write(ref left, value);
    }

    public void Before(DeviceStep next)
    {
        if (next == step && Interlocked.Decrement(ref left) >= 0)
        {
            throw fault;
        }
    }
}
