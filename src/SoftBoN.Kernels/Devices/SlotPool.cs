namespace SoftBoN.Kernels.Devices;

/// <summary>
/// The slots of an engine. A call takes one and, where there is a second one free, that too: then one chunk is packed
/// while
/// another runs. A call that has one never waits for more, so calls cannot wait for each other.
/// </summary>
internal sealed class SlotPool : IDisposable
{
    private const int Slots = 4;

    private readonly Stack<DeviceSlot> idle = new(Slots);
    private readonly SemaphoreSlim free = new(Slots);

    public SlotPool(DeviceThread owner)
    {
        for (int i = 0; i < Slots; i++)
        {
            idle.Push(new DeviceSlot(owner));
        }
    }

    public DeviceSlot Rent(CancellationToken cancellationToken)
    {
        free.Wait(cancellationToken);
        return Pop();
    }

    public DeviceSlot? TryRent() => free.Wait(0) ? Pop() : null;

    public void Return(DeviceSlot slot)
    {
        lock (idle)
        {
            idle.Push(slot);
        }

        free.Release();
    }

    /// <summary>Takes a slot back when the device is done with it.</summary>
    public void GiveBack(DeviceSlot? slot)
    {
        if (slot != null)
        {
            slot.Wait();
            Return(slot);
        }
    }

    /// <summary>Gives back the memory of slots that nobody uses. On the owner's thread only.</summary>
    public void FreeIdle(DeviceState device)
    {
        lock (idle)
        {
            foreach (DeviceSlot slot in idle)
            {
                slot.Free(device);
            }
        }
    }

    /// <summary>Closes all slots; nobody may have one.</summary>
    public void Dispose()
    {
        foreach (DeviceSlot slot in idle)
        {
            slot.Dispose();
        }

        free.Dispose();
    }

    private DeviceSlot Pop()
    {
        lock (idle)
        {
            return idle.Pop();
        }
    }
}
