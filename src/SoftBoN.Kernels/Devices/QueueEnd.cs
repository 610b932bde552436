namespace SoftBoN.Kernels.Devices;

/// <summary>The end of what was queued so far: tells a waiting thread, or whoever awaits it.</summary>
internal sealed class QueueEnd(DeviceQueue queue) : DeviceCommand, IStreamWaiter
{
    private readonly TaskCompletionSource completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Task => completion.Task;

    public void Wait()
    {
        Task.GetAwaiter().GetResult();
    }

    public override void Execute(DeviceThread owner, DeviceState device)
    {
        if (queue.Memory.Stream is { } stream)
        {
            owner.WhenDone(stream, this);
        }
        else
        {
            Completed(null);
        }
    }

    public override void Fail(Exception fault) => Completed(fault);

    public void Completed(Exception? fault)
    {
        if (queue.TakeFailure(fault) is { } failure)
        {
            completion.SetException(failure);
        }
        else
        {
            completion.SetResult();
        }
    }
}
