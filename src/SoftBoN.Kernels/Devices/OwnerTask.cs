using ILGPU.Runtime;

namespace SoftBoN.Kernels.Devices;

/// <summary>
/// Something rare for the owner to do while the caller waits: allocations, copies of pageable memory.
/// </summary>
/// <param name="work">What to do; returns the stream to wait for, or null.</param>
internal sealed class OwnerTask(Func<DeviceThread, DeviceState, AcceleratorStream?> work)
    : DeviceCommand, IStreamWaiter, IDisposable
{
    private readonly ManualResetEventSlim done = new();
    private Exception? fault;

    public override void Execute(DeviceThread owner, DeviceState device)
    {
        if (work(owner, device) is { } stream)
        {
            owner.WhenDone(stream, this);
        }
        else
        {
            done.Set();
        }
    }

    public override void Fail(Exception fault) => Completed(fault);

    public void Completed(Exception? fault)
    {
        this.fault = fault;
        done.Set();
    }

    /// <summary>Waits; returns what went wrong, or null.</summary>
    public Exception? Wait()
    {
        done.Wait(CancellationToken.None);
        return fault;
    }

    public void Dispose() => done.Dispose();
}

/// <summary>Something for the owner to do for which nobody waits, and which nobody misses where it fails.</summary>
internal sealed class OwnerChore(Action<DeviceState> work) : DeviceCommand
{
    public override void Execute(DeviceThread owner, DeviceState device) => work(device);

    public override void Fail(Exception fault)
    {
    }
}
