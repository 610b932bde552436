using System.Diagnostics;
using System.Numerics;
using System.Reflection;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.OpenCL;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.OpenCL;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// The kernels of one accelerator, each compiled when the first call needs it, or before. Not thread-safe.
/// </summary>
internal sealed partial class DevicePrograms : IDisposable
{
    /// <summary>Threads of a group where the device does not ask for fewer.</summary>
    private const int MostThreads = 256;

    private readonly Accelerator accelerator;
    private readonly MemoryBuffer1D<Quad, Stride1D.Dense> nothing;
    private readonly Stopwatch compiling = new();
    private readonly int threads;
    private readonly DeviceShape shape;
    private readonly RowSplit split;
    private readonly Dictionary<MethodInfo, Delegate> compiled = [];

    /// <summary>Makes the programs of an accelerator; kernels are compiled when they are first needed.</summary>
    /// <param name="accelerator">An accelerator of a context that was configured and registered.</param>
    /// <param name="shape">How rows are shared out, where that is not left to the accelerator.</param>
    /// <param name="split">When teams share a row, where that is not left to the accelerator.</param>
    public DevicePrograms(Accelerator accelerator, DeviceShape? shape = null, RowSplit? split = null)
    {
        this.accelerator = accelerator;
        this.shape = shape ?? ShapeOf(accelerator);
        int wanted = this.shape == DeviceShape.Alone ? 1
            : accelerator.AcceleratorType == AcceleratorType.CPU ? 64
            : MostThreads;
        int most = Math.Min(wanted, accelerator.MaxNumThreadsPerGroup);
        threads = (int)BitOperations.RoundUpToPowerOf2((uint)most + 1) / 2;
        this.split = split ?? RowSplit.For(accelerator.NumMultiprocessors, Math.Max(1, threads / 32));
        nothing = accelerator.Allocate1D<Quad>(1);
    }

    /// <summary>How long compilation took so far.</summary>
    public TimeSpan CompileTime => compiling.Elapsed;

    /// <summary>The kernels that were queued so far.</summary>
    public long Launches { get; private set; }

    /// <summary>Sets what a context needs for these kernels.</summary>
    public static void Configure(Context.Builder builder) => builder.Optimize(OptimizationLevel.O2);

    /// <summary>Registers the arithmetic intrinsics, once per context.</summary>
    public static void Register(Context context) => DeviceIntrinsics.Register(context);

    public void Dispose()
    {
        compiled.Clear();
        nothing.Dispose();
    }

    private bool UsesShuffles => shape == DeviceShape.Shuffles;

    private static DeviceShape ShapeOf(Accelerator accelerator) => accelerator switch
    {
        CLAccelerator cl => IsProcessor(cl) ? DeviceShape.Alone : DeviceShape.SharedMemory,
        CPUAccelerator cpu => cpu.WarpSize == 32 ? DeviceShape.Shuffles : DeviceShape.SharedMemory,
        _ => DeviceShape.Shuffles,
    };

    private static bool IsProcessor(CLAccelerator accelerator) =>
        (accelerator.DeviceType & CLDeviceType.CL_DEVICE_TYPE_CPU) != 0;

    private void Launch<TArgs>(AcceleratorStream stream, Action<TArgs> kernel, int groups, in TArgs args)
        where TArgs : struct => Launch(stream, kernel, new KernelConfig(groups, threads), in args);

    private void Launch<TArgs>(
        AcceleratorStream stream, Action<TArgs> kernel, KernelConfig config, in TArgs args)
        where TArgs : struct
    {
        ((Action<AcceleratorStream, KernelConfig, TArgs>)Loaded(kernel))(stream, config, args);
        Launches++;
    }

    /// <summary>A kernel's launcher; compiles it where it is the first of its kind.</summary>
    private Delegate Loaded<TArgs>(Action<TArgs> kernel)
        where TArgs : struct
    {
        if (!compiled.TryGetValue(kernel.Method, out Delegate? loaded))
        {
            compiling.Start();
            loaded = Compile(kernel);
            compiling.Stop();
            compiled.Add(kernel.Method, loaded);
        }

        return loaded;
    }

    private Delegate Compile<TArgs>(Action<TArgs> kernel)
        where TArgs : struct
    {
        var specialization = new KernelSpecialization(threads, null);
        CompiledKernel text = accelerator.CompileKernel(
            EntryPointDescription.FromExplicitlyGroupedKernel(kernel.Method), specialization);
        if (text is CLCompiledKernel openCl)
        {
            OpenClSource.Normalize(openCl);
        }

        return accelerator.LoadKernel(text).CreateLauncherDelegate<Action<AcceleratorStream, KernelConfig, TArgs>>();
    }

    /// <summary>A view, or one of no use where it is empty: kernels take no absent views.</summary>
    private ArrayView<T> Present<T>(ArrayView<T> view)
        where T : unmanaged => view.Length > 0 ? view : nothing.View.BaseView.Cast<T>();

    /// <summary>Whether a view starts at a multiple of 16 bytes, given that its memory does.</summary>
    private static int IsAligned<T>(ArrayView<T> view)
        where T : unmanaged => view.Length > 0 && (((IContiguousArrayView)view).Index & 3) == 0 ? 1 : 0;

    private static int Flag<T>(ArrayView<T> view, int flag)
        where T : unmanaged => view.Length > 0 ? flag : 0;
}
