using System.Threading.Channels;

namespace SoftBoN.Kernels.Hosting;

/// <summary>
/// Puts requests that come at the same time into one call. One loop takes what waits, up to a budget of rows and of time,
/// runs it, and hands each request its own result.
/// </summary>
internal sealed class MicroBatcher<TInput, TResult> : IAsyncDisposable
{
    private readonly IBatchOperation<TInput, TResult> operation;
    private readonly Channel<BatchItem<TInput, TResult>> queue;
    private readonly BatchTally tally;
    private readonly int maxRows;
    private readonly TimeSpan maxDelay;
    private readonly int limit;
    private readonly QueueFullMode whenFull;
    private readonly LonePlaces places;
    private readonly Task loop;
    private readonly Lazy<Task> end;
    private readonly TaskCompletionSource alone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int running = 1;
    private volatile bool isClosed;

    public MicroBatcher(IBatchOperation<TInput, TResult> operation, BatcherOptions options)
    {
        options.Check();
        this.operation = operation;
        (maxRows, maxDelay, limit, whenFull) = (
            options.MaxBatchRows, options.MaxDelay, options.QueueLimit, options.WhenFull);
        tally = new BatchTally(operation.Name);
        queue = Channel.CreateBounded<BatchItem<TInput, TResult>>(
            new BoundedChannelOptions(limit) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
        places = new LonePlaces(options);
        end = new Lazy<Task>(End);
        loop = Task.Run(Loop);
    }

    public BatcherCounts Counts => tally.Counts;

    /// <summary>One request, from sound arguments to its end.</summary>
    public async Task<TResult> Submit(TInput input, TimeSpan? deadline, CancellationToken cancellationToken)
    {
        using BatchItem<TInput, TResult> item = Admit(input, deadline, cancellationToken);
        if (!item.IsOver && !queue.Writer.TryWrite(item))
        {
            await Wait(item).ConfigureAwait(false);
        }

        return await item.Task.ConfigureAwait(false);
    }

    /// <summary>
    /// One request by itself, for what gains nothing from company: on the caller's thread, or on another where it had to wait.
    /// </summary>
    public async Task<TResult> RunAlone(TInput input, TimeSpan? deadline, CancellationToken cancellationToken)
    {
        using BatchItem<TInput, TResult> item = Admit(input, deadline, cancellationToken);
        Interlocked.Increment(ref running);
        try
        {
            if (isClosed)
            {
                item.Reject(HasEnded());
            }
            else if (await places.Enter(item).ConfigureAwait(false))
            {
                RunInPlace(item);
            }
        }
        finally
        {
            Leave();
        }

        return await item.Task.ConfigureAwait(false);
    }

    /// <summary>Takes no more requests, and returns when those that wait or run have ended.</summary>
    public ValueTask DisposeAsync() => new(end.Value);

    private async Task End()
    {
        isClosed = true;
        queue.Writer.TryComplete();
        Leave();
        await loop.ConfigureAwait(false);
        await alone.Task.ConfigureAwait(false);
        places.Dispose();
        (operation as IDisposable)?.Dispose();
    }

    private void RunInPlace(BatchItem<TInput, TResult> item)
    {
        try
        {
            tally.Waited(item.Submitted);
            RunAlone([item]);
        }
        finally
        {
            places.Leave();
        }
    }

    /// <summary>A request that ran alone is over, or the batcher takes no more: the last of them tells the end.</summary>
    private void Leave()
    {
        if (Interlocked.Decrement(ref running) == 0)
        {
            alone.TrySetResult();
        }
    }

    private ObjectDisposedException HasEnded() =>
        new($"batcher of {operation.Name}", "The batcher has ended; no more requests are taken.");

    /// <summary>A request with sound arguments, which cancellation and its deadline may end from now on.</summary>
    private BatchItem<TInput, TResult> Admit(TInput input, TimeSpan? deadline, CancellationToken cancellationToken)
    {
        int rows = operation.RowsOf(input);
        if (rows > maxRows)
        {
            Throw.OutOfRange(nameof(rows), rows, $"A request has at most MaxBatchRows rows, {maxRows}; send several.");
        }

        if (deadline is { } span && (span < TimeSpan.Zero || span.TotalMilliseconds > int.MaxValue))
        {
            Throw.OutOfRange(nameof(deadline), span, "Must be 0 to 24 days from now, or null for none.");
        }

        var item = new BatchItem<TInput, TResult>(input, rows, tally, deadline);
        item.Watch(cancellationToken);
        return item;
    }

    /// <summary>For a request that found no room.</summary>
    private async Task Wait(BatchItem<TInput, TResult> item)
    {
        if (whenFull == QueueFullMode.Wait)
        {
            try
            {
                await queue.Writer.WriteAsync(item, item.WhenOver()).ConfigureAwait(false);
                return;
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (ChannelClosedException)
            {
                // Falls through to the error that says so.
            }
        }

        item.Reject(isClosed ? HasEnded() : new QueueFullException(limit));
    }

    private async Task Loop()
    {
        var batch = new List<BatchItem<TInput, TResult>>();
        while (await queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            int rows = Take(batch, 0);
            if (maxDelay > TimeSpan.Zero && batch.Count > 0)
            {
                await TakeMore(batch, rows).ConfigureAwait(false);
            }

            Run(batch);
            batch.Clear();
        }
    }

    /// <summary>Takes what waits and fits; requests that are over are dropped.</summary>
    private int Take(List<BatchItem<TInput, TResult>> batch, int rows)
    {
        while (queue.Reader.TryPeek(out BatchItem<TInput, TResult>? next) && (next.IsOver || rows + next.Rows <= maxRows))
        {
            queue.Reader.TryRead(out _);
            if (!next.IsOver)
            {
                batch.Add(next);
                rows += next.Rows;
            }
        }

        return rows;
    }

    private async Task TakeMore(List<BatchItem<TInput, TResult>> batch, int rows)
    {
        using var late = new CancellationTokenSource(maxDelay);
        try
        {
            while (rows < maxRows && await queue.Reader.WaitToReadAsync(late.Token).ConfigureAwait(false))
            {
                int before = batch.Count;
                rows = Take(batch, rows);
                bool hasNoRoom = batch.Count == before && queue.Reader.TryPeek(out _);
                if (hasNoRoom)
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The time is up: whoever came is the batch.
        }
    }

    private void Run(List<BatchItem<TInput, TResult>> batch)
    {
        batch.RemoveAll(item => item.IsOver);
        if (batch.Count == 0)
        {
            return;
        }

        foreach (BatchItem<TInput, TResult> item in batch)
        {
            tally.Waited(item.Submitted);
        }

        if (batch.Count == 1 || !TryRun(batch))
        {
            RunAlone(batch);
        }
    }

    private bool TryRun(List<BatchItem<TInput, TResult>> batch)
    {
        TResult[] results;
        try
        {
            tally.Batch(batch.Sum(item => (long)item.Rows));
            results = operation.Run(batch.ConvertAll(item => item.Input));
        }
        catch (DeviceExecutionException fault) when (!fault.IsEngineUsable)
        {
            // The device is lost: no request is to blame, and alone each would fail likewise.
            batch.ForEach(item => item.Fail(fault));
            return true;
        }
        catch (Exception)
        {
            // Each is tried alone, so that whoever is to blame has the error and nobody else.
            return false;
        }

        for (int i = 0; i < results.Length; i++)
        {
            batch[i].Complete(results[i]);
        }

        return true;
    }

    private void RunAlone(List<BatchItem<TInput, TResult>> batch)
    {
        foreach (BatchItem<TInput, TResult> item in batch.Where(item => !item.IsOver))
        {
            try
            {
                tally.Batch(item.Rows);
                item.Complete(operation.Run([item.Input])[0]);
            }
            catch (Exception fault)
            {
                item.Fail(fault);
            }
        }
    }
}
