using System.Runtime.ExceptionServices;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

/// <summary>
/// One call's work. Helpers may come late, or after the end: whoever has nothing left to take leaves, and the caller waits
/// only for helpers that did come.
/// </summary>
internal sealed class TeamJob : IDisposable
{
    /// <summary>Set while there is no call; the other bits count the helpers inside.</summary>
    private const int Closed = int.MinValue;

    private readonly RowScratch callerScratch = new();
    private readonly ManualResetEventSlim allLeft = new();

    private RowRange? range;
    private unsafe void* args;
    private long rows;
    private long chunk;
    private long next;
    private int state = Closed;
    private CancellationToken cancellation;
    private ExceptionDispatchInfo? failure;

    /// <summary>Starts a call: from now on helpers may come, also late ones of a call before.</summary>
    public unsafe void Open(RowRange work, void* workArgs, long rowCount, long rowsPerChunk, CancellationToken token)
    {
        args = workArgs;
        (range, rows, chunk, next, cancellation, failure) = (work, rowCount, rowsPerChunk, 0, token, null);
        allLeft.Reset();
        Interlocked.Exchange(ref state, 0);
    }

    /// <summary>The caller's share of the work.</summary>
    public void Work() => TakeChunks(callerScratch);

    /// <summary>A helper's share of the work; nothing where the call has ended.</summary>
    public void Help(RowScratch scratch)
    {
        if (TryEnter())
        {
            TakeChunks(scratch);
            Leave();
        }
    }

    /// <summary>Ends the call: no helper comes any more, and those that are inside have left.</summary>
    public unsafe void Close()
    {
        if (Interlocked.Or(ref state, Closed) != 0)
        {
            Uninterrupted.Do(allLeft, static left => left.Wait(CancellationToken.None));
        }

        range = null;
        args = null;
        cancellation = default;
    }

    /// <summary>Throws what a row's work threw.</summary>
    public void ThrowIfFailed() => Interlocked.Exchange(ref failure, null)?.Throw();

    public void Dispose()
    {
        callerScratch.Dispose();
        allLeft.Dispose();
    }

    private unsafe void TakeChunks(RowScratch scratch)
    {
        try
        {
            while (!cancellation.IsCancellationRequested)
            {
                long first = Interlocked.Add(ref next, chunk) - chunk;
                if (first >= rows)
                {
                    return;
                }

                range!(args, first, Math.Min(first + chunk, rows), scratch);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Nobody else need start on rows whose call will throw anyway.
            failure ??= ExceptionDispatchInfo.Capture(exception);
            Volatile.Write(ref next, rows);
        }
    }

    private bool TryEnter()
    {
        int seen = Volatile.Read(ref state);
        while (seen >= 0)
        {
            int before = Interlocked.CompareExchange(ref state, seen + 1, seen);
            if (before == seen)
            {
                return true;
            }

            seen = before;
        }

        return false;
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref state) == Closed)
        {
            allLeft.Set();
        }
    }
}
