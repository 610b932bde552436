using System.Runtime.InteropServices;

namespace SoftBoN.AttachCheck;

/// <summary>A program that uses CUDA: the device's primary context, a stream of its own, and memory.</summary>
internal sealed unsafe partial class CudaHost : IDisposable
{
    private const string Driver = "libcuda.so.1";
    private const int NonBlocking = 1;
    private const int CaptureRelaxed = 2;

    private readonly List<nuint> memory = [];
    private readonly nint stream;

    public CudaHost()
    {
        Check(cuInit(0));
        Check(cuDeviceGet(out int device, 0));
        Check(cuDevicePrimaryCtxRetain(out nint context, device));
        Check(cuCtxSetCurrent(context));
        Check(cuStreamCreate(out stream, NonBlocking));
        Context = context;
    }

    public nint Context { get; }

    public nint Stream => stream;

    public nuint Take(long bytes)
    {
        Check(cuMemAlloc_v2(out nuint address, (nuint)Math.Max(1, bytes)));
        memory.Add(address);
        return address;
    }

    public nuint Put<T>(T[] values)
        where T : unmanaged
    {
        nuint address = Take(values.Length * (long)sizeof(T));
        Write(address, values);
        return address;
    }

    public void Write<T>(nuint address, T[] values)
        where T : unmanaged
    {
        fixed (T* start = values)
        {
            Check(cuMemcpyHtoDAsync_v2(address, start, (nuint)(values.Length * (long)sizeof(T)), stream));
        }
    }

    /// <summary>Waits for the stream and reads.</summary>
    public T[] Get<T>(nuint address, int count)
        where T : unmanaged
    {
        var values = new T[count];
        fixed (T* start = values)
        {
            Check(cuMemcpyDtoHAsync_v2(start, address, (nuint)(count * (long)sizeof(T)), stream));
        }

        Wait();
        return values;
    }

    public void Wait() => Check(cuStreamSynchronize(stream));

    /// <summary>What is queued in the meantime becomes a graph.</summary>
    public nint Capture(Action queue)
    {
        Check(cuStreamBeginCapture_v2(stream, CaptureRelaxed));
        queue();
        Check(cuStreamEndCapture(stream, out nint graph));
        Check(cuGraphInstantiateWithFlags(out nint instance, graph, 0));
        return instance;
    }

    public void Replay(nint graph) => Check(cuGraphLaunch(graph, stream));

    public void Dispose()
    {
        memory.ForEach(address => _ = cuMemFree_v2(address));
        _ = cuStreamDestroy_v2(stream);
    }

    private static void Check(int result)
    {
        if (result != 0)
        {
            throw new InvalidOperationException($"The driver returned {result}.");
        }
    }

    [LibraryImport(Driver)]
    private static partial int cuInit(uint flags);

    [LibraryImport(Driver)]
    private static partial int cuDeviceGet(out int device, int number);

    [LibraryImport(Driver)]
    private static partial int cuDevicePrimaryCtxRetain(out nint context, int device);

    [LibraryImport(Driver)]
    private static partial int cuCtxSetCurrent(nint context);

    [LibraryImport(Driver)]
    private static partial int cuStreamCreate(out nint stream, uint flags);

    [LibraryImport(Driver)]
    private static partial int cuStreamDestroy_v2(nint stream);

    [LibraryImport(Driver)]
    private static partial int cuStreamSynchronize(nint stream);

    [LibraryImport(Driver)]
    private static partial int cuStreamBeginCapture_v2(nint stream, int mode);

    [LibraryImport(Driver)]
    private static partial int cuStreamEndCapture(nint stream, out nint graph);

    [LibraryImport(Driver)]
    private static partial int cuGraphInstantiateWithFlags(out nint instance, nint graph, ulong flags);

    [LibraryImport(Driver)]
    private static partial int cuGraphLaunch(nint instance, nint stream);

    [LibraryImport(Driver)]
    private static partial int cuMemAlloc_v2(out nuint address, nuint bytes);

    [LibraryImport(Driver)]
    private static partial int cuMemFree_v2(nuint address);

    [LibraryImport(Driver)]
    private static partial int cuMemcpyHtoDAsync_v2(nuint to, void* from, nuint bytes, nint stream);

    [LibraryImport(Driver)]
    private static partial int cuMemcpyDtoHAsync_v2(void* to, nuint from, nuint bytes, nint stream);
}
