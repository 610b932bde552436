namespace SoftBoN.Kernels.Devices;

/// <summary>A stream of a device, and the pieces of work that are used over and over to fill it.</summary>
internal sealed class DeviceQueue(DeviceCore core) : QueueCore
{
    private delegate void Setter<TRequest>(QueueCommand command, in TRequest request);

    private readonly Stack<QueueCommand> idle = new();
    private readonly QueueMemory memory = new();
    private readonly Lock gate = new();
    private Exception? failure;
    private string failedOperation = "";

    /// <summary>The stream and what belongs to it; for the owner's thread only.</summary>
    public QueueMemory Memory => memory;

    /// <summary>Whether something failed that nobody has heard of yet; what comes behind it is not done.</summary>
    public bool HasFailed
    {
        get
        {
            lock (gate)
            {
                return failure != null;
            }
        }
    }

    public override void Run(in SoftWeightsRequest request, ref BufferHolds holds) => Queue(
        in request,
        static (QueueCommand command, in SoftWeightsRequest given) => command.Set(in given),
        request.Rewards.Length,
        request.Rows,
        ref holds);

    public override void Run(in SelectionRequest request, ref BufferHolds holds) => Queue(
        in request,
        static (QueueCommand command, in SelectionRequest given) => command.Set(in given),
        request.Rewards.Length,
        request.Rows,
        ref holds);

    public override void Run(in MajorityRequest request, ref BufferHolds holds) => Queue(
        in request,
        static (QueueCommand command, in MajorityRequest given) => command.Set(in given),
        request.Rewards.Length,
        request.Rows,
        ref holds);

    public override void Run(in TokenTiltRequest request, ref BufferHolds holds) => Queue(
        in request,
        static (QueueCommand command, in TokenTiltRequest given) => command.Set(in given),
        rewards: 0,
        default,
        ref holds);

    public override void Run(in RewardScoringRequest request, ref BufferHolds holds) => Queue(
        in request,
        static (QueueCommand command, in RewardScoringRequest given) => command.Set(in given),
        rewards: 0,
        default,
        ref holds);

    public override void Run(in RewardPlanRequest request, ref BufferHolds holds) => Queue(
        in request,
        static (QueueCommand command, in RewardPlanRequest given) => command.Set(in given),
        request.Prompts.Candidates,
        request.Prompts,
        ref holds);

    public override void Copy(
        EngineMemory source, long sourceStart, EngineMemory destination, long start, long bytes, ref BufferHolds holds)
    {
        QueueCommand command = Rent();
        command.SetCopy(source, sourceStart, destination, start, bytes);
        Post(command, ref holds);
    }

    public override void Synchronize()
    {
        core.BeginUse();
        try
        {
            var end = new QueueEnd(this);
            core.Owner.Post(end);
            end.Wait();
        }
        finally
        {
            core.EndUse();
        }
    }

    public override ValueTask WhenDone()
    {
        var end = new QueueEnd(this);
        core.Post(end);
        return new ValueTask(end.Task);
    }

    public override void Dispose() => core.Later(device =>
    {
        device.Accelerator.Synchronize();
        memory.Free(device);
    });

    /// <summary>Takes what failed, so that the queue may go on; null where nothing did.</summary>
    /// <param name="onStream">What went wrong at the stream's end, or null.</param>
    public Exception? TakeFailure(Exception? onStream)
    {
        lock (gate)
        {
            Exception? taken = failure ?? onStream;
            string operation = failure == null ? "Queue" : failedOperation;
            failure = null;
            return taken == null
                ? null
                : DeviceExecutionException.Of(operation, operation, core.Description, taken, core.IsFaulted);
        }
    }

    public void SetFailure(string operation, Exception fault)
    {
        lock (gate)
        {
            if (failure == null)
            {
                (failure, failedOperation) = (fault, operation);
            }
        }
    }

    public void Return(QueueCommand command)
    {
        command.Clear();
        lock (gate)
        {
            idle.Push(command);
        }
    }

    private QueueCommand Rent()
    {
        lock (gate)
        {
            return idle.TryPop(out QueueCommand? command) ? command : new QueueCommand(this);
        }
    }

    /// <summary>Queues an operation; where its arguments cannot be set, the buffers stay the caller's.</summary>
    private void Queue<TRequest>(
        in TRequest request, Setter<TRequest> set, long rewards, DeviceRows rows, ref BufferHolds holds)
    {
        QueueCommand command = Rent();
        try
        {
            set(command, in request);
            command.SetRows(rewards, rows);
        }
        catch
        {
            Return(command);
            throw;
        }

        Post(command, ref holds);
    }

    /// <summary>From here on the command lets the buffers go.</summary>
    private void Post(QueueCommand command, ref BufferHolds holds)
    {
        command.Holds = holds;
        holds = default;
        try
        {
            core.Post(command);
        }
        catch
        {
            command.Holds.Release();
            Return(command);
            throw;
        }
    }
}
