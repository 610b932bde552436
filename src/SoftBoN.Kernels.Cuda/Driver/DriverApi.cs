using System.Runtime.InteropServices;
using ILGPU;

namespace SoftBoN.Kernels.Cuda.Driver;

/// <summary>The few functions of the CUDA driver that launching kernels takes. None of them waits for the device.</summary>
internal sealed unsafe class DriverApi
{
    private const string CureOfMissing = "Install NVIDIA's driver; in a container, pass the GPU to it.";

    private readonly delegate* unmanaged<int, byte**, int> getErrorName;
    private readonly delegate* unmanaged<nint*, int> getCurrent;
    private readonly delegate* unmanaged<nint, int> push;
    private readonly delegate* unmanaged<nint*, int> pop;
    private readonly delegate* unmanaged<nint*, void*, uint, int*, void**, int> loadModule;
    private readonly delegate* unmanaged<nint, int> unloadModule;
    private readonly delegate* unmanaged<nint*, nint, byte*, int> getFunction;
    private readonly delegate* unmanaged<
        nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, int> launch;

    private readonly delegate* unmanaged<nuint, byte, nuint, nint, int> setMemory;
    private readonly delegate* unmanaged<nuint, void*, nuint, nint, int> copy;
    private readonly delegate* unmanaged<nint, int*, int> isCapturing;
    private readonly delegate* unmanaged<int*, int> getDevice;
    private readonly delegate* unmanaged<int*, int, int, int> getAttribute;
    private readonly delegate* unmanaged<nuint*, nuint, int> allocate;
    private readonly delegate* unmanaged<nuint, int> free;

    /// <summary>Finds the driver.</summary>
    /// <param name="library">Its file.</param>
    /// <exception cref="CudaUnavailableException">It is not there, or lacks a function.</exception>
    public DriverApi(string library)
    {
        if (!NativeLibrary.TryLoad(library, out nint handle))
        {
            throw new CudaUnavailableException($"{library} was not found. {CureOfMissing}");
        }

        getErrorName = (delegate* unmanaged<int, byte**, int>)Find("cuGetErrorName");
        getCurrent = (delegate* unmanaged<nint*, int>)Find("cuCtxGetCurrent");
        push = (delegate* unmanaged<nint, int>)Find("cuCtxPushCurrent_v2");
        pop = (delegate* unmanaged<nint*, int>)Find("cuCtxPopCurrent_v2");
        loadModule = (delegate* unmanaged<nint*, void*, uint, int*, void**, int>)Find("cuModuleLoadDataEx");
        unloadModule = (delegate* unmanaged<nint, int>)Find("cuModuleUnload");
        getFunction = (delegate* unmanaged<nint*, nint, byte*, int>)Find("cuModuleGetFunction");
        launch = (delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, int>)
            Find("cuLaunchKernel");
        setMemory = (delegate* unmanaged<nuint, byte, nuint, nint, int>)Find("cuMemsetD8Async");
        copy = (delegate* unmanaged<nuint, void*, nuint, nint, int>)Find("cuMemcpyHtoDAsync_v2");
        isCapturing = (delegate* unmanaged<nint, int*, int>)Find("cuStreamIsCapturing");
        getDevice = (delegate* unmanaged<int*, int>)Find("cuCtxGetDevice");
        getAttribute = (delegate* unmanaged<int*, int, int, int>)Find("cuDeviceGetAttribute");
        allocate = (delegate* unmanaged<nuint*, nuint, int>)Find("cuMemAlloc_v2");
        free = (delegate* unmanaged<nuint, int>)Find("cuMemFree_v2");

        nint Find(string function) => NativeLibrary.TryGetExport(handle, function, out nint address)
            ? address
            : throw new CudaUnavailableException($"{library} has no {function}. Install a newer driver of NVIDIA's.");
    }

    /// <summary>The context that is current on this thread; 0 where there is none.</summary>
    public nint Current()
    {
        nint context = 0;
        Check(getCurrent(&context), "cuCtxGetCurrent", "when asked for the current context");
        return context;
    }

    public void Push(nint context) => Check(push(context), "cuCtxPushCurrent", "when its context was made current");

    public void Pop()
    {
        nint context = 0;
        Check(pop(&context), "cuCtxPopCurrent", "when the context was given back");
    }

    public nint LoadModule(ReadOnlySpan<byte> ptx, string kernel)
    {
        nint module = 0;
        fixed (byte* text = ptx)
        {
            Check(loadModule(&module, text, 0, null, null), "cuModuleLoadDataEx", $"when kernel {kernel} was loaded");
        }

        return module;
    }

    /// <summary>Unloads a module; one of a context that is gone is gone with it.</summary>
    public void UnloadModule(nint module) => _ = unloadModule(module);

    public nint Function(nint module, ReadOnlySpan<byte> name, string kernel)
    {
        nint function = 0;
        fixed (byte* text = name)
        {
            Check(getFunction(&function, module, text), "cuModuleGetFunction", $"when kernel {kernel} was loaded");
        }

        return function;
    }

    /// <summary>Queues a kernel of one argument.</summary>
    public void Launch(nint function, KernelConfig config, nint stream, void* args, string kernel)
    {
        void* arguments = args;
        (Index3D grid, Index3D group) = config;
        int result = launch(
            function,
            (uint)grid.X,
            (uint)grid.Y,
            (uint)grid.Z,
            (uint)group.X,
            (uint)group.Y,
            (uint)group.Z,
            0,
            stream,
            &arguments,
            null);
        if (result != 0)
        {
            throw Fault(result, "cuLaunchKernel", $"when kernel {kernel} was launched");
        }
    }

    /// <summary>Queues that memory becomes 0.</summary>
    public void SetZero(nuint memory, long bytes, nint stream)
    {
        int result = setMemory(memory, 0, (nuint)bytes, stream);
        if (result != 0)
        {
            throw Fault(result, "cuMemsetD8Async", $"when {bytes} bytes of workspace were set to 0");
        }
    }

    /// <summary>Queues a copy; the driver has the bytes when this returns, as they are in pageable memory.</summary>
    public void Copy(ReadOnlySpan<byte> from, nuint to, nint stream)
    {
        fixed (byte* start = from)
        {
            Check(
                copy(to, start, (nuint)from.Length, stream), "cuMemcpyHtoDAsync", $"when {from.Length} bytes were copied to the device");
        }
    }

    /// <summary>Whether what is queued on a stream becomes a graph.</summary>
    public bool IsCapturing(nint stream)
    {
        int state = 0;
        Check(isCapturing(stream, &state), "cuStreamIsCapturing", "when asked whether a graph is captured");
        return state != 0;
    }

    /// <summary>The multiprocessors of the current context's device.</summary>
    public int Multiprocessors()
    {
        const int MultiprocessorCount = 16;
        int device = 0;
        int count = 0;
        Check(getDevice(&device), "cuCtxGetDevice", "when asked for the context's device");
        Check(
            getAttribute(&count, MultiprocessorCount, device),
            "cuDeviceGetAttribute",
            "when asked for the device's multiprocessors");
        return count;
    }

    public nuint Allocate(long bytes)
    {
        nuint memory = 0;
        Check(allocate(&memory, (nuint)bytes), "cuMemAlloc", $"when {bytes} bytes of workspace were allocated");
        return memory;
    }

    /// <summary>Frees memory; that of a context that is gone is gone with it.</summary>
    public void Free(nuint memory) => _ = free(memory);

    /// <summary>Whether an error was seen that leaves the context of no use.</summary>
    public bool IsContextLost { get; private set; }

    private void Check(int result, string function, string doing)
    {
        if (result != 0)
        {
            throw Fault(result, function, doing);
        }
    }

    private CudaFaultException Fault(int result, string function, string doing)
    {
        byte* text = null;
        string name = getErrorName(result, &text) == 0 && text != null
            ? Marshal.PtrToStringUTF8((nint)text)!
            : "an unknown error";
        bool isContextUsable = DriverResult.LeavesContextUsable(result);
        IsContextLost |= !isContextUsable;
        return new CudaFaultException(result, function, name, doing, isContextUsable);
    }
}
