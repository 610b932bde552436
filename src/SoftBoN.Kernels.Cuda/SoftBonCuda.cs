using ILGPU;
using ILGPU.Runtime;
using SoftBoN.Kernels.Cuda.Driver;
using SoftBoN.Kernels.Cuda.Launching;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Cuda;

/// <summary>
/// Runs soft best-of-n operations in a CUDA context of the host, on its stream and its pointers: nothing is copied, waited for
/// or, once kernels are loaded, allocated. Results have the bits of every other backend.
/// </summary>
/// <remarks>
/// One thread at a time may use one of these; several may be attached to a context. A call queues kernels and returns; its
/// memory, workspace included, has to stay until the stream is past it, so calls on several streams at once need a
/// <see cref="SoftBonCuda"/> each. Calls can be captured into a CUDA graph if their kernels are loaded (<see cref="Load"/>) and
/// the workspace is there before: what a replay is to take anew is passed as a device pointer.
/// </remarks>
public sealed partial class SoftBonCuda : IDisposable
{
    private const int AlignmentOfWorkspace = 256;

    private readonly DriverApi driver;
    private readonly LoadedKernels kernels;
    private readonly DevicePrograms programs;
    private readonly AcceleratorStream queue;
    private readonly nint context;
    private readonly List<nuint> uploads = [];
    private nuint workspace;
    private long workspaceBytes;
    private bool ownsWorkspace;
    private bool isDisposed;

    private SoftBonCuda(DriverApi driver, nint context, nint stream, SoftBonCudaOptions options)
    {
        (this.driver, this.context) = (driver, context);
        queue = new AcceleratorStream(driver) { Handle = stream };
        kernels = new LoadedKernels(driver);
        using Scope scope = Enter();
        int warps = options.Threads / 32;
        RowSplit split = options.Split ?? RowSplit.For(driver.Multiprocessors(), warps);
        programs = new DevicePrograms(driver, kernels, options.Threads, split);
    }

    /// <summary>The stream, a CUstream of the context, that later calls are queued on; 0 is the default stream.</summary>
    public nint Stream
    {
        get => queue.Handle;
        set => queue.Handle = value;
    }

    /// <summary>The bytes of workspace that there are.</summary>
    public long Workspace => workspaceBytes;

    /// <summary>Attaches to a context of the host.</summary>
    /// <param name="context">A CUcontext; 0 for the one that is current on this thread.</param>
    /// <param name="stream">A CUstream of it; 0 is the default stream.</param>
    /// <param name="options">Options; null for the system's driver.</param>
    /// <returns>What runs operations there; dispose of it before the context ends.</returns>
    /// <exception cref="CudaUnavailableException">There is no driver, it lacks a function, or no context is current.</exception>
    /// <exception cref="CudaFaultException">The driver reported an error.</exception>
    public static SoftBonCuda Attach(nint context, nint stream, SoftBonCudaOptions? options = null)
    {
        options ??= new SoftBonCudaOptions();
        var driver = new DriverApi(options.Driver);
        if (context == 0)
        {
            context = driver.Current();
        }

        return context == 0
            ? throw new CudaUnavailableException(
                "No CUDA context is current on this thread. Pass a context, or attach where the host has made its own current.")
            : new SoftBonCuda(driver, context, stream, options);
    }

    /// <summary>Loads kernels, which the driver compiles: seconds at the first time on a machine. Not while a graph is captured.</summary>
    /// <param name="wanted">Which.</param>
    /// <exception cref="CudaFaultException">The driver reported an error.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed of.</exception>
    public void Load(CudaKernels wanted)
    {
        using Scope scope = Enter();
        foreach (string name in KernelNames.For(wanted))
        {
            kernels.Of(name);
        }
    }

    /// <summary>Allocates workspace, in place of what there was: not while earlier calls run, nor while a graph is captured.</summary>
    /// <param name="bytes">As many as the largest call says; 0 for none.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bytes"/> is negative.</exception>
    /// <exception cref="CudaFaultException">The driver reported an error, such as too little memory.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed of.</exception>
    public void Reserve(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        using Scope scope = Enter();
        GiveBackWorkspace();
        if (bytes > 0)
        {
            workspace = driver.Allocate(bytes);
            (workspaceBytes, ownsWorkspace) = (bytes, true);
        }
    }

    /// <summary>Takes memory of the host for workspace, in place of what there was.</summary>
    /// <param name="address">A device pointer of this context, a multiple of 256.</param>
    /// <param name="bytes">As many as the largest call says.</param>
    /// <exception cref="ArgumentException">The address is 0 or no multiple of 256, or the bytes are negative.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed of.</exception>
    public void UseWorkspace(nuint address, long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        if (address == 0 || address % AlignmentOfWorkspace != 0)
        {
            throw new ArgumentException(
                $"The workspace is at {address:x}; pass a device pointer that is a multiple of {AlignmentOfWorkspace}.",
                nameof(address));
        }

        using Scope scope = Enter();
        GiveBackWorkspace();
        (workspace, workspaceBytes) = (address, bytes);
    }

    /// <summary>
    /// Copies values to device memory that stays until this is disposed of, such as a head's weights: on the stream, where
    /// later calls come after it. Not while a graph is captured.
    /// </summary>
    /// <typeparam name="T">The values' type.</typeparam>
    /// <param name="values">The values, which, unless they are page-locked, may be changed as soon as this returns.</param>
    /// <returns>A device pointer, a multiple of 256; 0 where there are no values.</returns>
    /// <exception cref="InvalidOperationException">A graph is being captured, or there was an earlier fault.</exception>
    /// <exception cref="CudaFaultException">The driver reported an error, such as too little memory.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed of.</exception>
    public nuint Upload<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        using Scope scope = Enter();
        if (values.IsEmpty)
        {
            return 0;
        }

        if (driver.IsCapturing(Stream))
        {
            throw new InvalidOperationException(
                "A graph is being captured on the stream, and its replays would copy what is gone by then; prepare before that.");
        }

        ReadOnlySpan<byte> bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes(values);
        nuint address = driver.Allocate(bytes.Length);
        uploads.Add(address);
        driver.Copy(bytes, address, Stream);
        return address;
    }

    /// <summary>Copies steps to device memory, for any number of calls. Not while a graph is captured.</summary>
    /// <param name="members">Rewards per candidate before the first step, 1 to 2^20.</param>
    /// <param name="steps">Calibrations, ensembles and penalties, in their order.</param>
    /// <returns>The steps, for calls of this.</returns>
    /// <exception cref="ArgumentException">The steps do not fit each other; the message says which.</exception>
    /// <exception cref="InvalidOperationException">A graph is being captured, or there was an earlier fault.</exception>
    /// <exception cref="CudaFaultException">The driver reported an error, such as too little memory.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed of.</exception>
    public CudaRewardSteps Prepare(int members, params ReadOnlySpan<CudaRewardStep> steps) => new(this, members, steps);

    /// <summary>Copies the discounts of a discounted sum to device memory; other poolings need nothing.</summary>
    /// <param name="pooling">How rows are pooled.</param>
    /// <param name="longest">The rewards of the longest row, 0 to 2^24.</param>
    /// <returns>The pooling, for calls of this.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="longest"/> is out of range.</exception>
    /// <exception cref="InvalidOperationException">A graph is being captured, or there was an earlier fault.</exception>
    /// <exception cref="CudaFaultException">The driver reported an error, such as too little memory.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed of.</exception>
    public CudaPooling Prepare(CudaPooling pooling, int longest)
    {
        if (longest is < 0 or > RewardPoolingOp.LongestRow)
        {
            Throw.OutOfRange(nameof(longest), longest, $"Must be 0 to {RewardPoolingOp.LongestRow}.");
        }

        float[] discounts = RewardDiscounts.Of(pooling.Kind, pooling.Parameter, longest);
        return new CudaPooling(pooling, this, Upload<float>(discounts), discounts.Length, longest);
    }

    /// <summary>Unloads kernels and frees memory of its own; no error of a context that is gone is reported.</summary>
    public void Dispose()
    {
        if (isDisposed)
        {
            return;
        }

        isDisposed = true;
        bool isReached = TryPush();
        kernels.Unload();
        GiveBackWorkspace();
        uploads.ForEach(driver.Free);
        if (isReached)
        {
            driver.Pop();
        }
    }

    /// <summary>The workspace of a call.</summary>
    private ArrayView<byte> Memory(long needed) => needed <= workspaceBytes
        ? new ArrayView<byte>(workspace, needed)
        : throw new InvalidOperationException(
            $"The call needs {needed} bytes of workspace and there are {workspaceBytes}; call Reserve(WorkspaceBytes(call)) "
            + "once, for the largest call, or UseWorkspace.");

    private void GiveBackWorkspace()
    {
        if (ownsWorkspace)
        {
            driver.Free(workspace);
        }

        (workspace, workspaceBytes, ownsWorkspace) = (0, 0, false);
    }

    private bool TryPush()
    {
        try
        {
            driver.Push(context);
            return true;
        }
        catch (CudaFaultException)
        {
            return false;
        }
    }

    /// <summary>Makes the context current for a call, unless it is.</summary>
    private Scope Enter()
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (driver.IsContextLost)
        {
            throw new InvalidOperationException(
                "An earlier call found the context unusable; dispose of this and attach to a context that is alive.");
        }

        if (driver.Current() == context)
        {
            return default;
        }

        driver.Push(context);
        return new Scope(driver);
    }

    private readonly ref struct Scope(DriverApi? pushed)
    {
        public void Dispose() => pushed?.Pop();
    }
}
