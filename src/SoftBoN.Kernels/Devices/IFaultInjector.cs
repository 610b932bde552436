namespace SoftBoN.Kernels.Devices;

/// <summary>What the owner of a device is about to do.</summary>
internal enum DeviceStep
{
    Open,
    Allocate,
    CopyIn,
    Launch,
    CopyOut,
    Synchronize,
}

/// <summary>Lets tests put a device's faults where no device can be made to have them.</summary>
internal interface IFaultInjector
{
    /// <summary>
    /// Called before a step, on the thread that takes it; what it throws is taken for the device's own fault.
    /// </summary>
    void Before(DeviceStep step);
}
