using ILGPU;
using ILGPU.Runtime;
using SoftBoN.Kernels.Cuda.Driver;
using SoftBoN.Kernels.Cuda.Launching;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// The kernels of one context. How calls are planned and launched is the rest of this class, the kernels' own sources; here is
/// what a launch is where the driver does it.
/// </summary>
/// <param name="driver">The driver.</param>
/// <param name="kernels">The kernels that are loaded.</param>
/// <param name="threads">The threads of a group.</param>
/// <param name="split">When teams share a row.</param>
internal sealed partial class DevicePrograms(DriverApi driver, LoadedKernels kernels, int threads, RowSplit split)
{
    /// <summary>Threads of a group.</summary>
    public const int MostThreads = 256;

    private readonly int threads = threads;
    private readonly DeviceShape shape = DeviceShape.Shuffles;
    private readonly RowSplit split = split;

    /// <summary>Some memory of the call: kernels are passed no views that are absent.</summary>
    public nuint Anchor { get; set; }

    private bool UsesShuffles => shape == DeviceShape.Shuffles;

    private void Launch<TArgs>(AcceleratorStream stream, KernelName<TArgs> kernel, int groups, in TArgs args)
        where TArgs : unmanaged => Launch(stream, kernel, new KernelConfig(groups, threads), in args);

    private unsafe void Launch<TArgs>(
        AcceleratorStream stream, KernelName<TArgs> kernel, KernelConfig config, in TArgs args)
        where TArgs : unmanaged
    {
        nint function = kernels.Of(kernel.Name);
        fixed (TArgs* start = &args)
        {
            driver.Launch(function, config, stream.Handle, start, kernel.Name);
        }
    }

    private ArrayView<T> Present<T>(ArrayView<T> view)
        where T : unmanaged => view.Length > 0 ? view : new ArrayView<T>(Anchor, 0);

    /// <summary>Whether four values can be read at once.</summary>
    private static unsafe int IsAligned<T>(ArrayView<T> view)
        where T : unmanaged => view.Length > 0 && view.Address % (nuint)(4 * sizeof(T)) == 0 ? 1 : 0;

    private static int Flag<T>(ArrayView<T> view, int flag)
        where T : unmanaged => view.Length > 0 ? flag : 0;
}
