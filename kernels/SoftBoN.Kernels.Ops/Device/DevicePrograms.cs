using ILGPU;
using ILGPU.Runtime;

namespace SoftBoN.Kernels.Ops;

/// <summary>All kernels of one accelerator, compiled. Not thread-safe.</summary>
internal sealed class DevicePrograms : IDisposable
{
    /// <summary>Compiles all kernels.</summary>
    /// <param name="accelerator">An accelerator of a context that was configured and registered.</param>
    public DevicePrograms(Accelerator accelerator) => ArgumentNullException.ThrowIfNull(accelerator);

    /// <summary>Every kernel there is.</summary>
    public static IReadOnlyList<DeviceKernel> Kernels { get; } = [];

    /// <summary>How long compilation took.</summary>
    public TimeSpan CompileTime { get; }

    /// <summary>Sets what a context needs for these kernels.</summary>
    public static void Configure(Context.Builder builder) => ArgumentNullException.ThrowIfNull(builder);

    /// <summary>Registers the arithmetic intrinsics, once per context.</summary>
    public static void Register(Context context) => ArgumentNullException.ThrowIfNull(context);

    /// <summary>The bytes of device memory that a call needs besides its arguments.</summary>
    public static long WorkspaceBytes(in SoftWeightsDeviceArgs args) => 0 * args.Rows.Count;

    /// <inheritdoc cref="WorkspaceBytes(in SoftWeightsDeviceArgs)"/>
    public static long WorkspaceBytes(in SelectionDeviceArgs args) => 0 * args.Rows.Count;

    /// <inheritdoc cref="WorkspaceBytes(in SoftWeightsDeviceArgs)"/>
    public static long WorkspaceBytes(in WeightedMajorityDeviceArgs args) => 0 * args.Rows.Count;

    /// <summary>Queues soft weights of a batch.</summary>
    public void SoftWeights(AcceleratorStream stream, in SoftWeightsDeviceArgs args, ArrayView<byte> workspace) =>
        throw new NotSupportedException();

    /// <summary>Queues selection in a batch.</summary>
    public void Select(AcceleratorStream stream, in SelectionDeviceArgs args, ArrayView<byte> workspace) =>
        throw new NotSupportedException();

    /// <summary>Queues weighted majority of a batch.</summary>
    public void Majority(AcceleratorStream stream, in WeightedMajorityDeviceArgs args, ArrayView<byte> workspace) =>
        throw new NotSupportedException();

    public void Dispose()
    {
    }
}
