using System.Runtime.ExceptionServices;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

/// <summary>
/// One call's work. Helpers may come late, or after the end: whoever has nothing left to take leaves, and the caller waits
/// only for helpers that did come.
/// </summary>
internal sealed class TeamJob : IDisposable
{
    private readonly RowScratch callerScratch = new();
    private readonly Lock gate = new();
    private readonly ManualResetEventSlim allLeft = new(true);

    private RowRange? range;
    private unsafe void* args;
    private long rows;
    private long chunk;
    private long next;
    private int inside;
    private bool open;
    private CancellationToken cancellation;
    private ExceptionDispatchInfo? failure;

    /// <summary>Starts a call: from now on helpers may come.</summary>
    public unsafe void Open(RowRange work, void* workArgs, long rowCount, long rowsPerChunk, CancellationToken token)
    {
        args = workArgs;
        (range, rows, chunk, cancellation, failure) = (work, rowCount, rowsPerChunk, token, null);
        Volatile.Write(ref next, 0);
        lock (gate)
        {
            open = true;
        }
    }

    /// <summary>The caller's share of the work, and the end of the call.</summary>
    public unsafe void Finish()
    {
        TakeChunks(callerScratch);
        lock (gate)
        {
            open = false;
        }

        allLeft.Wait(CancellationToken.None);
        range = null;
        args = null;
        failure?.Throw();
        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>A helper's share of the work; nothing where the call has ended.</summary>
    public void Help(RowScratch scratch)
    {
        if (TryEnter())
        {
            TakeChunks(scratch);
            Leave();
        }
    }

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
        lock (gate)
        {
            if (open)
            {
                inside++;
                allLeft.Reset();
            }

            return open;
        }
    }

    private void Leave()
    {
        lock (gate)
        {
            if (--inside == 0)
            {
                allLeft.Set();
            }
        }
    }
}
