using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;

namespace SoftBoN.Kernels.Devices;

/// <summary>
/// Room for one chunk at a time: page-locked memory that the caller's thread packs and unpacks, device memory of the
/// same
/// layout, and a stream on which the chunk goes in, runs, and comes out. Belongs to one caller while it is rented.
/// </summary>
internal sealed unsafe class DeviceSlot(DeviceThread owner) : DeviceCommand, IStreamWaiter, IDisposable
{
    private readonly ManualResetEventSlim done = new(true);
    private AcceleratorStream? stream;
    private CPUMemoryBuffer? staging;
    private MemoryBuffer? memory;
    private MemoryBuffer? workspace;
    private Job job;
    private long wanted;
    private KernelLaunch? launch;
    private long inputBytes;
    private long outputStart;
    private long outputBytes;
    private Exception? fault;

    /// <summary>The chunk that is in it.</summary>
    public RowChunk Chunk;

    /// <summary>Whether a chunk was sent whose results nobody fetched yet.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>Where the chunk's results begin.</summary>
    public long OutputStart => outputStart;

    public SlotLaunches Launches { get; } = new();

    /// <summary>Page-locked memory; the device reads and writes it while a chunk is under way.</summary>
    public byte* Staging => (byte*)staging!.NativePtr;

    /// <summary>The same bytes on the device.</summary>
    public ArrayView<byte> Memory => memory!.AsRawArrayView();

    private long Capacity => memory?.LengthInBytes ?? 0;

    /// <summary>Makes room; what was in the slot is lost. Returns what went wrong, or null.</summary>
    public Exception? Reserve(long bytes)
    {
        wanted = Math.Max(1, bytes);
        if (wanted <= Capacity)
        {
            return null;
        }

        Post(Job.Reserve);
        return Wait();
    }

    /// <summary>Sends the chunk on its way.</summary>
    public void Submit(KernelLaunch kernel, long inputs, long firstOutput, long outputs)
    {
        (launch, inputBytes, outputStart, outputBytes) = (kernel, inputs, firstOutput, outputs);
        IsBusy = true;
        Post(Job.Run);
    }

    /// <summary>Waits for what was asked for last; returns what went wrong with it, or null.</summary>
    public Exception? Wait()
    {
        done.Wait(CancellationToken.None);
        IsBusy = false;
        return fault;
    }

    /// <summary>Gives the slot's memory back. On the owner's thread only.</summary>
    public void Free(DeviceState device)
    {
        device.Free(memory);
        device.Free(workspace);
        staging?.Dispose();
        (memory, workspace, staging) = (null, null, null);
    }

    /// <summary>Gives everything back, on the owner's thread; the slot is not used again.</summary>
    public void Dispose()
    {
        Post(Job.Free);
        Wait();
        done.Dispose();
    }

    public override void Execute(DeviceThread owner, DeviceState device)
    {
        switch (job)
        {
            case Job.Run:
                Run(device);
                owner.WhenDone(stream!, this);
                return;
            case Job.Reserve:
                Grow(device);
                break;
            default:
                DeviceState.Quietly(() => Free(device));
                DeviceState.Quietly(() => stream?.Dispose());
                break;
        }

        Completed(null);
    }

    public override void Fail(Exception fault)
    {
        if (job == Job.Run && stream != null)
        {
            // A part of the chunk may be under way, and the memory must not be touched before it has come to its end.
            DeviceState.Quietly(stream.Synchronize);
        }

        Completed(fault);
    }

    public void Completed(Exception? fault)
    {
        this.fault = fault;
        launch?.Clear();
        launch = null;
        done.Set();
    }

    private void Post(Job next)
    {
        job = next;
        fault = null;
        done.Reset();
        owner.Post(this);
    }

    private void Grow(DeviceState device)
    {
        device.Free(memory);
        staging?.Dispose();
        (memory, staging) = (null, null);
        stream ??= device.Accelerator.CreateStream();
        MemoryBuffer grown = owner.Allocate(RoundUp(wanted, device.MemoryLimit));
        try
        {
            staging = device.AllocatePinned(grown.LengthInBytes);
            memory = grown;
        }
        catch
        {
            device.Free(grown);
            throw;
        }
    }

    private void Run(DeviceState device)
    {
        long needed = launch!.WorkspaceBytes(device.Programs);
        if (needed > (workspace?.LengthInBytes ?? 0))
        {
            device.Free(workspace);
            workspace = null;
            workspace = owner.Allocate(RoundUp(needed, device.MemoryLimit));
        }

        if (inputBytes > 0)
        {
            device.Before(DeviceStep.CopyIn);
            DeviceCopy.In(stream!, Staging, memory!, 0, inputBytes);
        }

        device.Queue(launch, stream!, workspace == null ? default : workspace.AsRawArrayView());
        if (outputBytes > 0)
        {
            device.Before(DeviceStep.CopyOut);
            DeviceCopy.Out(stream!, memory!, outputStart, Staging + outputStart, outputBytes);
        }
    }

    private enum Job
    {
        Reserve,
        Run,
        Free,
    }

    /// <summary>Grows in powers of two, so that calls of slowly growing size do not allocate each time.</summary>
    private static long RoundUp(long bytes, long limit)
    {
        const long Least = 4096;
        long rounded = (long)ulong.Min(1UL << 62, System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)bytes));
        return Math.Max(bytes, Math.Min(Math.Max(rounded, Least), limit / 8));
    }
}
