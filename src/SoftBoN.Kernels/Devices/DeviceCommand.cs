namespace SoftBoN.Kernels.Devices;

/// <summary>Something for the owner of a device to do. Objects are used over and over.</summary>
internal abstract class DeviceCommand
{
    /// <summary>Does it, on the owner's thread; it queues work on a stream and does not wait for it.</summary>
    public abstract void Execute(DeviceThread owner, DeviceState device);

    /// <summary>
    /// It was not done, or not wholly; called instead of or after <see cref="Execute"/>, which may have thrown.
    /// </summary>
    public abstract void Fail(Exception fault);
}

/// <summary>Somebody who waits for a stream to come to its end.</summary>
internal interface IStreamWaiter
{
    /// <summary>Called once per wait, on the thread that waits for streams.</summary>
    /// <param name="fault">What went wrong on the stream; null where nothing did.</param>
    void Completed(Exception? fault);
}
