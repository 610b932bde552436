namespace SoftBoN.Kernels.Hosting;

/// <summary>Places for requests that run alone: so many run at a time, and so many more may wait for it.</summary>
internal sealed class LonePlaces(BatcherOptions options) : IDisposable
{
    private readonly SemaphoreSlim free = new(options.MaxConcurrency);
    private readonly int limit = options.QueueLimit;
    private readonly QueueFullMode whenFull = options.WhenFull;
    private int waiting;

    /// <summary>Waits for a place where there is none; whether the request has one, which it has to give back.</summary>
    public ValueTask<bool> Enter<TInput, TResult>(BatchItem<TInput, TResult> item) =>
        free.Wait(0) ? new(true) : new(Wait(item));

    /// <summary>Gives a place back.</summary>
    public void Leave() => free.Release();

    public void Dispose() => free.Dispose();

    private async Task<bool> Wait<TInput, TResult>(BatchItem<TInput, TResult> item)
    {
        try
        {
            if (Interlocked.Increment(ref waiting) > limit && whenFull == QueueFullMode.Reject)
            {
                item.Reject(new QueueFullException(limit));
                return false;
            }

            await free.WaitAsync(item.WhenOver()).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }
}
