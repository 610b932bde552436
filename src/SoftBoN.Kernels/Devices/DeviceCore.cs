using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Devices;

/// <summary>Operations on a device: calls with memory of the caller go there and back in chunks of rows.</summary>
internal sealed partial class DeviceCore : EngineCore
{
    private readonly DeviceThread owner;
    private readonly SlotPool slots;
    private readonly HostCore host;
    private readonly SoftBonDevice description;
    private readonly long chunkBytes;
    private readonly long hostBelow;
    private readonly object gate = new();
    private int active;
    private bool disposed;

    /// <param name="owner">The device, open.</param>
    /// <param name="description">What it is, for errors.</param>
    /// <param name="chunkBytes">What a chunk may have at most.</param>
    /// <param name="hostBelow">Calls of fewer candidates run on the processor.</param>
    /// <param name="host">The processor.</param>
    public DeviceCore(DeviceThread owner, SoftBonDevice description, long chunkBytes, long hostBelow, HostCore host)
    {
        (this.owner, this.description, this.chunkBytes) = (owner, description, chunkBytes);
        (this.hostBelow, this.host) = (hostBelow, host);
        slots = new SlotPool(owner);
        owner.Trim = slots.FreeIdle;
    }

    /// <summary>
    /// Large enough to hide what starting a chunk costs, small enough that packing one overlaps with running another.
    /// </summary>
    public static long DefaultChunkBytes(SoftBonBackend backend, long memoryLimit)
    {
        // The slowest backend shall notice a cancellation within a second or so too.
        long wanted = backend == SoftBonBackend.IlgpuCpu ? 256 << 10 : (16 << 20) - (64 << 10);
        return Math.Min(wanted, memoryLimit / 16);
    }

    public override bool IsFaulted => owner.Fault != null;

    public override long DeviceBytes => owner.Device.Allocated;

    public override void ThrowIfUnusable()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, typeof(SoftBonEngine));
        }

        if (owner.Fault is { } fault)
        {
            throw DeviceExecutionException.Faulted(description, fault);
        }
    }

    public override void Run(in SoftWeightsArgs args, CallSize size, CancellationToken cancellationToken)
    {
        if (size.Packed < hostBelow)
        {
            host.Run(in args, size, cancellationToken);
        }
        else
        {
            Run<SoftWeightsCall, SoftWeightsArgs>(in args, size, cancellationToken);
        }
    }

    public override void Run(in SelectionArgs args, CallSize size, CancellationToken cancellationToken)
    {
        if (size.Packed < hostBelow)
        {
            host.Run(in args, size, cancellationToken);
        }
        else
        {
            Run<SelectionCall, SelectionArgs>(in args, size, cancellationToken);
        }
    }

    public override void Run(in WeightedMajorityArgs args, CallSize size, CancellationToken cancellationToken)
    {
        if (size.Packed < hostBelow)
        {
            host.Run(in args, size, cancellationToken);
        }
        else
        {
            Run<MajorityCall, WeightedMajorityArgs>(in args, size, cancellationToken);
        }
    }

    public override void Run(in TokenTiltArgs args, long rows, CallSize size, CancellationToken cancellationToken)
    {
        if (size.Packed < hostBelow)
        {
            host.Run(in args, rows, size, cancellationToken);
            return;
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (rows == 0)
        {
            return;
        }

        Enter();
        try
        {
            var run = new TokenTiltRun(in args, rows, slots, chunkBytes);
            if (run.All(cancellationToken) is { } fault)
            {
                throw DeviceExecutionException.Of(
                    nameof(SoftBonEngine.TiltTokens), rows, size.Packed, description, fault, IsFaulted);
            }
        }
        finally
        {
            Exit();
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Lets calls that are under way finish, then ends the device and waits for its end.</summary>
    public override void Dispose()
    {
        lock (gate)
        {
            if (disposed)
            {
                return;
            }

            disposed = true;
            while (active > 0)
            {
                Monitor.Wait(gate);
            }
        }

        slots.Dispose();
        owner.Dispose();
        host.Dispose();
    }

    private void Enter()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, typeof(SoftBonEngine));
            active++;
        }
    }

    private void Exit()
    {
        lock (gate)
        {
            active--;
            Monitor.PulseAll(gate);
        }
    }

    private void Run<TCall, TArgs>(in TArgs args, CallSize size, CancellationToken cancellationToken)
        where TCall : IHostCall<TArgs>
        where TArgs : unmanaged
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (TCall.RowsOf(in args).Count == 0)
        {
            return;
        }

        Enter();
        try
        {
            var run = new ChunkedRun<TCall, TArgs>(in args, slots, chunkBytes);
            if (run.All(cancellationToken) is { } fault)
            {
                throw DeviceExecutionException.Of(
                    TCall.Operation, TCall.RowsOf(in args).Count, size.Packed, description, fault, IsFaulted);
            }
        }
        finally
        {
            Exit();
        }

        cancellationToken.ThrowIfCancellationRequested();
    }
}
