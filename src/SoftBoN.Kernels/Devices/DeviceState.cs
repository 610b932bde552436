using System.Diagnostics;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using Microsoft.Extensions.Logging;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Devices;

/// <summary>
/// One accelerator with its context, its programs and an account of its memory. Belongs to the thread that opened it:
/// ILGPU's
/// accelerators are not thread-safe, and a CUDA context is bound to a thread.
/// </summary>
internal sealed class DeviceState : IDisposable
{
    private readonly Context context;
    private readonly IFaultInjector? faults;
    private readonly long memoryLimit;
    private readonly ILoggerFactory? log;
    private AcceleratorStream? transferStream;
    private long allocated;

    public DeviceState(Context context, Accelerator accelerator, DeviceRequest request)
    {
        long start = Stopwatch.GetTimestamp();
        this.context = context;
        Accelerator = accelerator;
        faults = request.Faults;
        memoryLimit = Math.Min(request.MaxMemory ?? long.MaxValue, MemorySizeOf(accelerator));
        Programs = new DevicePrograms(accelerator);
        Prepare(request.Compile);
        Backend = request.Backend;
        log = request.LoggerFactory;
        Note(Stopwatch.GetElapsedTime(start));
    }

    public SoftBonBackend Backend { get; }

    /// <summary>The device, for people.</summary>
    public string Description => Accelerator switch
    {
        CudaAccelerator cuda => $"{cuda.Name}, compute capability {cuda.Architecture.Major}.{cuda.Architecture.Minor}, "
            + $"driver for CUDA {cuda.DriverVersion.Major}.{cuda.DriverVersion.Minor}, {Memory(cuda.MemorySize)}",
        CLAccelerator cl => $"{cl.Name}, {cl.PlatformVersion}, {Memory(cl.MemorySize)}",
        _ => "ILGPU's CPU accelerator, for debugging: slow",
    };

    /// <summary>What calibrations of this device are filed under; another driver is another device.</summary>
    public string Key => Accelerator switch
    {
        CudaAccelerator cuda =>
            $"cuda|{cuda.Name}|{cuda.DriverVersion.Major}.{cuda.DriverVersion.Minor}",
        CLAccelerator cl => $"opencl|{cl.Name}|{cl.PlatformName}|{cl.PlatformVersion}",
        _ => "ilgpu-cpu",
    };

    public Accelerator Accelerator { get; }

    public DevicePrograms Programs { get; }

    /// <summary>For copies that a caller waits for.</summary>
    public AcceleratorStream TransferStream => transferStream ??= Accelerator.CreateStream();

    /// <summary>The bytes that are allocated, for whoever asks.</summary>
    public long Allocated => Volatile.Read(ref allocated);

    /// <summary>The most bytes that may be allocated.</summary>
    public long MemoryLimit => memoryLimit;

    public void Before(DeviceStep step) => faults?.Before(step);

    public MemoryBuffer Allocate(long bytes)
    {
        Before(DeviceStep.Allocate);
        if (bytes > memoryLimit - allocated)
        {
            throw new DeviceMemoryException(
                $"{bytes:N0} bytes were asked for, {allocated:N0} are in use, and the limit is {memoryLimit:N0}.");
        }

        MemoryBuffer buffer = Accelerator.AllocateRaw(bytes, 1);
        allocated += bytes;
        return buffer;
    }

    public void Free(MemoryBuffer? buffer)
    {
        if (buffer != null)
        {
            allocated -= buffer.LengthInBytes;
            buffer.Dispose();
        }
    }

    /// <summary>Queues a kernel, which is compiled where it is the first of its kind.</summary>
    public void Queue(KernelLaunch launch, AcceleratorStream stream, ArrayView<byte> workspace)
    {
        Before(DeviceStep.Launch);
        TimeSpan compiled = Programs.CompileTime;
        launch.Queue(Programs, stream, workspace);
        if (Programs.CompileTime > compiled)
        {
            Note(Programs.CompileTime - compiled);
        }
    }

    public CPUMemoryBuffer AllocatePinned(long bytes)
    {
        Before(DeviceStep.Allocate);
        return CPUMemoryBuffer.CreatePageLocked(Accelerator, bytes, 1);
    }

    /// <summary>Ends everything on the device; a device in trouble may complain, and nobody is left to tell.</summary>
    public void Dispose()
    {
        Quietly(Programs.Dispose);
        Quietly(Accelerator.Dispose);
        Quietly(context.Dispose);
    }

    /// <summary>Takes a step whose failure has no consequence any more.</summary>
    public static void Quietly(Action step)
    {
        try
        {
            step();
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // The device is going away, and with it whatever could not be given back.
        }
    }

    private void Prepare(SoftBonOperations operations)
    {
        AcceleratorStream stream = Accelerator.DefaultStream;
        if (operations.HasFlag(SoftBonOperations.SoftWeights))
        {
            Programs.PrepareSoftWeights(stream);
        }

        if (operations.HasFlag(SoftBonOperations.Selection))
        {
            Programs.PrepareSelection(stream);
        }

        if (operations.HasFlag(SoftBonOperations.Majority))
        {
            Programs.PrepareMajority(stream);
        }

        if (operations.HasFlag(SoftBonOperations.TiltTokens))
        {
            Programs.PrepareTokens(stream);
        }

        stream.Synchronize();
    }

    private void Note(TimeSpan compiled)
    {
        EngineLog.Compiled(log, Accelerator.Name, compiled);
        Telemetry.CompileDuration.Record(
            compiled.TotalSeconds,
            new KeyValuePair<string, object?>(Telemetry.BackendTag, BackendNames.Spell(Backend)));
    }

    private static string Memory(long bytes) => $"{bytes / (double)(1L << 30):F1} GiB";

    /// <summary>The CPU accelerator states no memory.</summary>
    private static long MemorySizeOf(Accelerator accelerator) =>
        accelerator.AcceleratorType == AcceleratorType.CPU || accelerator.MemorySize <= 0
            ? long.MaxValue
            : accelerator.MemorySize;
}
