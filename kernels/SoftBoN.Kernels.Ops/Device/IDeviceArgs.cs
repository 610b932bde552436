using ILGPU;
using ILGPU.Runtime;

namespace SoftBoN.Kernels.Ops;

/// <summary>A call's arguments in device memory, ready to be queued: what is the same for every operation.</summary>
internal interface IDeviceArgs
{
    /// <summary>The device memory that the call needs besides its arguments.</summary>
    long WorkspaceBytes(DevicePrograms programs);

    /// <summary>Queues the call.</summary>
    /// <param name="programs">The kernels.</param>
    /// <param name="stream">The queue.</param>
    /// <param name="workspace">As many bytes as <see cref="WorkspaceBytes"/> says.</param>
    void Queue(DevicePrograms programs, AcceleratorStream stream, ArrayView<byte> workspace);
}

/// <summary>Arguments with rows that may be listed one by one.</summary>
internal interface IRowArgs : IDeviceArgs
{
    /// <summary>Says where the rows lie, which a kernel looked at.</summary>
    void Place(in CheckedRows rows);
}
