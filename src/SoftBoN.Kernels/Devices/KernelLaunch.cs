using ILGPU;
using ILGPU.Runtime;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Devices;

/// <summary>
/// An operation with its arguments in device memory, ready to be queued on a stream; used over and over.
/// </summary>
/// <param name="operation">The operation's name, for people.</param>
internal abstract class KernelLaunch(string operation)
{
    /// <summary>The operation's name, for people.</summary>
    public string Operation => operation;

    /// <summary>The device memory that it needs besides its arguments.</summary>
    public abstract long WorkspaceBytes(DevicePrograms programs);

    /// <summary>Says where rows lie that are listed one by one, which is known last.</summary>
    public abstract void Place(in CheckedRows rows);

    public abstract void Queue(DevicePrograms programs, AcceleratorStream stream, ArrayView<byte> workspace);

    /// <summary>Lets go of memory that the arguments name.</summary>
    public abstract void Clear();
}

/// <summary>The arguments of one operation, whose rows, if any, have strides.</summary>
internal class KernelLaunch<TArgs>(string operation) : KernelLaunch(operation)
    where TArgs : struct, IDeviceArgs
{
    public TArgs Args;

    public override long WorkspaceBytes(DevicePrograms programs) => Args.WorkspaceBytes(programs);

    public override void Place(in CheckedRows rows) =>
        throw new InvalidOperationException($"{Operation} has no rows that are listed one by one.");

    public override void Queue(DevicePrograms programs, AcceleratorStream stream, ArrayView<byte> workspace) =>
        Args.Queue(programs, stream, workspace);

    public override void Clear() => Args = default;
}

/// <summary>The arguments of one operation, whose rows may be listed one by one.</summary>
internal sealed class RowsLaunch<TArgs>(string operation) : KernelLaunch<TArgs>(operation)
    where TArgs : struct, IRowArgs
{
    public override void Place(in CheckedRows rows) => Args.Place(in rows);
}
