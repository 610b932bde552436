using ILGPU.Runtime;
using ILGPU.Runtime.CPU;

namespace SoftBoN.Kernels.Devices;

/// <summary>Memory and queues of the device.</summary>
internal sealed partial class DeviceCore
{
    public SoftBonDevice Description => description;

    public DeviceThread Owner => owner;

    public override EngineMemory Allocate(long bytes)
    {
        MemoryBuffer? buffer = null;
        OnDevice($"Allocation of {bytes:N0} bytes", (owner, device) =>
        {
            buffer = owner.Allocate(Math.Max(1, bytes));
            return null;
        });
        return new DeviceMemory(this, buffer!);
    }

    public override EngineMemory AllocatePinned(long bytes)
    {
        CPUMemoryBuffer? buffer = null;
        OnDevice($"Allocation of {bytes:N0} bytes of page-locked memory", (_, device) =>
        {
            buffer = device.AllocatePinned(Math.Max(1, bytes));
            return null;
        });
        return new PinnedMemory(this, buffer!);
    }

    public override QueueCore CreateQueue() => new DeviceQueue(this);

    /// <summary>Has the owner do something, and waits for it and for the stream that it names.</summary>
    public void OnDevice(string operation, Func<DeviceThread, DeviceState, AcceleratorStream?> work)
    {
        Enter();
        try
        {
            using var task = new OwnerTask(work);
            owner.Post(task);
            if (task.Wait() is { } fault)
            {
                throw DeviceExecutionException.Of(operation, operation, description, fault, IsFaulted);
            }
        }
        finally
        {
            Exit();
        }
    }

    /// <summary>Posts a command unless the engine was disposed of.</summary>
    public void Post(DeviceCommand command)
    {
        Enter();
        try
        {
            owner.Post(command);
        }
        finally
        {
            Exit();
        }
    }

    /// <summary>
    /// Has the owner do something sometime; nothing where the engine is gone, and all of its memory with it.
    /// </summary>
    public void Later(Action<DeviceState> work)
    {
        lock (gate)
        {
            if (disposed)
            {
                return;
            }

            active++;
        }

        try
        {
            owner.Post(new OwnerChore(work));
        }
        finally
        {
            Exit();
        }
    }

    /// <summary>Keeps the engine from ending until <see cref="EndUse"/>.</summary>
    public void BeginUse() => Enter();

    public void EndUse() => Exit();
}
