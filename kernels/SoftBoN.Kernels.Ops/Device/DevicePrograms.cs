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

    /// <summary>The most groups of a launch whose threads take rows' numbers one after the other.</summary>
    private const int MostGroupsOfRows = 1024;

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
        this.split = split ?? RowSplit.For(accelerator, Math.Max(1, threads / 32));
        nothing = accelerator.Allocate1D<Quad>(1);
    }

    /// <summary>How long compilation took so far.</summary>
    public TimeSpan CompileTime => compiling.Elapsed;

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
        where TArgs : struct =>
        ((Action<AcceleratorStream, KernelConfig, TArgs>)Loaded(kernel))(stream, config, args);

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

    /// <summary>The groups of a launch of teams of a kind.</summary>
    private int GroupsOf(in TeamLaunch launch, in RowPlan plan)
    {
        int teamThreads = launch.Kind switch { TeamKind.Eight => 8, TeamKind.Sixteen => 16, _ => 32 };
        int teams = Math.Max(1, threads / teamThreads);
        return launch.Kind is TeamKind.Group or TeamKind.One ? plan.Groups : GroupsFor(launch.MostRows, teams);
    }

    private static int GroupsFor(long items, int itemsPerGroup)
    {
        const int Most = 1 << 20;
        return (int)Math.Clamp((items + itemsPerGroup - 1) / itemsPerGroup, 1, Most);
    }

    /// <summary>A view, or one of no use where it is empty: kernels take no absent views.</summary>
    private ArrayView<T> Present<T>(ArrayView<T> view)
        where T : unmanaged => view.Length > 0 ? view : nothing.View.BaseView.Cast<T>();

    private KernelRows RowsOf(in DeviceRows rows)
    {
        KernelRows kernel = default;
        kernel.Values = Present(rows.Values);
        kernel.Starts = Present(rows.Starts);
        kernel.Lengths = Present(rows.Lengths);
        kernel.PackedStarts = Present(rows.PackedStarts);
        kernel.Order = Present(default(ArrayView<long>));
        kernel.BinStarts = Present(default(ArrayView<int>));
        kernel.Count = rows.Count;
        kernel.RowStride = rows.RowStride;
        kernel.ColumnStride = rows.ColumnStride;
        kernel.Columns = rows.Columns;
        kernel.Layout = (int)rows.Layout;
        kernel.IsAligned = IsAligned(rows.Values);
        kernel.NoResult = BitConverter.UInt32BitsToSingle(Numerics.Bits.NoResult);
        return kernel;
    }

    private KernelLambda LambdasOf(LambdaKind kind, in DeviceArg<float> lambda) => new()
    {
        Kind = (int)kind,
        Scalar = lambda.Scalar,
        Values = Present(lambda.Values),
        IsPerRow = Flag(lambda.Values, 1),
        Notes = Present(default(ArrayView<byte>)),
    };

    private GroupMemory Present(in GroupMemory memory) => memory with
    {
        Partials = Present(memory.Partials),
        Marks = Present(memory.Marks),
    };

    /// <summary>Queues the look at rows whose places are in device memory.</summary>
    public void CheckRows(AcceleratorStream stream, in GivenRows listed, in CheckedRows rows)
    {
        if (rows.Lengths.Length == 0)
        {
            return;
        }

        RowGuardArgs args = default;
        args.Count = rows.Lengths.Length;
        args.Checked = rows;
        args.Listed = listed;
        args.Listed.Starts = Present(listed.Starts);
        args.Listed.Lengths = Present(listed.Lengths);
        args.Listed.PackedStarts = Present(listed.PackedStarts);
        Launch(stream, RowGuard.Run, Math.Min(GroupsFor(args.Count, threads), MostGroupsOfRows), in args);
    }

    /// <summary>Brings rows into the order of their lengths, where that is planned.</summary>
    private void Order(AcceleratorStream stream, in RowPlan plan, RowOrderArgs order, ref KernelRows rows)
    {
        if (!plan.IsOrdered)
        {
            return;
        }

        rows.Order = order.Rows.Order;
        rows.BinStarts = order.Rows.BinStarts;
        order.Counts.SubView(0, 2 * RowOrder.Bins).MemSetToZero(stream);
        RowOrderArgs args = default;
        args.Rows = rows;
        args.Counts = order.Counts;
        args.Taken = order.Counts.SubView(RowOrder.Bins, RowOrder.Bins);
        int groups = Math.Min(GroupsFor(plan.Count, threads), MostGroupsOfRows);
        Launch<RowOrderArgs>(stream, RowOrder.Count, groups, in args);
        Launch<RowOrderArgs>(stream, RowOrder.Scatter, groups, in args);
        rows.IsOrdered = 1;
    }

    /// <summary>Whether a view starts at a multiple of 16 bytes, given that its memory does.</summary>
    private static int IsAligned<T>(ArrayView<T> view)
        where T : unmanaged => view.Length > 0 && (((IContiguousArrayView)view).Index & 3) == 0 ? 1 : 0;

    private static int Flag<T>(ArrayView<T> view, int flag)
        where T : unmanaged => view.Length > 0 ? flag : 0;
}
