namespace SoftBoN.Kernels.Hosting;

/// <summary>How a request ended.</summary>
internal enum BatchOutcome
{
    Completed,
    Failed,
    Cancelled,
    Expired,
    Rejected,
}

/// <summary>One request on its way. It ends once, whoever comes first: its result, its caller or its deadline.</summary>
internal sealed class BatchItem<TInput, TResult> : IDisposable
{
    private readonly TaskCompletionSource<TResult> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly BatchTally tally;
    private readonly TimeSpan? deadline;
    private CancellationTokenRegistration registration;
    private Timer? timer;

    public BatchItem(TInput input, int rows, BatchTally tally, TimeSpan? deadline)
    {
        (Input, Rows, this.tally, this.deadline) = (input, rows, tally, deadline);
        Submitted = TimeProvider.System.GetTimestamp();
        tally.Submit();
    }

    public TInput Input { get; }

    public int Rows { get; }

    public long Submitted { get; }

    public Task<TResult> Task => completion.Task;

    public bool IsOver => completion.Task.IsCompleted;

    /// <summary>From now on cancellation and the deadline end the request.</summary>
    public void Watch(CancellationToken cancellationToken)
    {
        if (deadline is { } limit)
        {
            timer = new Timer(static item => ((BatchItem<TInput, TResult>)item!).Expire(), this, limit, Timeout.InfiniteTimeSpan);
        }

        registration = cancellationToken.UnsafeRegister(
            static (item, token) => ((BatchItem<TInput, TResult>)item!).Cancel(token), this);
    }

    public void Complete(TResult result) => End(completion.TrySetResult(result), BatchOutcome.Completed);

    public void Fail(Exception fault) => End(completion.TrySetException(fault), BatchOutcome.Failed);

    public void Reject(Exception fault) => End(completion.TrySetException(fault), BatchOutcome.Rejected);

    public void Cancel(CancellationToken token) => End(completion.TrySetCanceled(token), BatchOutcome.Cancelled);

    /// <summary>A token that is cancelled when the request is over: it gives up its place among those that wait.</summary>
    public CancellationToken WhenOver()
    {
        // The source has no timer and may outlive this.
        var over = new CancellationTokenSource();
        _ = Task.ContinueWith(
            static (_, source) => ((CancellationTokenSource)source!).Cancel(),
            over,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return over.Token;
    }

    public void Dispose()
    {
        registration.Dispose();
        timer?.Dispose();
    }

    private void Expire() => End(
        completion.TrySetException(new TimeoutException(
            $"The request's deadline of {deadline!.Value.TotalMilliseconds} ms passed before it had a result.")),
        BatchOutcome.Expired);

    private void End(bool isFirst, BatchOutcome outcome)
    {
        if (isFirst)
        {
            tally.End(outcome);
        }
    }
}
