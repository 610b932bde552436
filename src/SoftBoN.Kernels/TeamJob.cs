using System.Diagnostics;
using System.Runtime.ExceptionServices;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

/// <summary>
/// One call's work. Helpers are queued to the thread pool and may come late or never: whoever has nothing left to take
/// leaves, and the caller waits only for helpers that did come.
/// </summary>
internal sealed class TeamJob : IDisposable
{
    /// <summary>
    /// After 5 ms a helper goes to the end of the pool's queue: timers and other work wait there for a thread too.
    /// </summary>
    private static readonly long TurnTicks = Stopwatch.Frequency / 200;

    private readonly List<Helper> helpers = [];
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

    public unsafe void Run(
        RowRange work, void* workArgs, long rowCount, long rowsPerChunk, int helperCount, CancellationToken token)
    {
        args = workArgs;
        (range, rows, chunk, cancellation, failure) = (work, rowCount, rowsPerChunk, token, null);
        Volatile.Write(ref next, 0);
        lock (gate)
        {
            open = helperCount > 0;
        }

        while (helpers.Count < helperCount)
        {
            helpers.Add(new Helper(this));
        }

        for (int i = 0; i < helperCount; i++)
        {
            helpers[i].Queue();
        }

        TakeChunks(callerScratch, long.MaxValue);
        if (helperCount > 0)
        {
            lock (gate)
            {
                open = false;
            }

            allLeft.Wait(CancellationToken.None);
        }

        range = null;
        args = null;
        failure?.Throw();
        token.ThrowIfCancellationRequested();
    }

    public void Dispose()
    {
        callerScratch.Dispose();
        allLeft.Dispose();
        foreach (Helper helper in helpers)
        {
            helper.Scratch.Dispose();
        }
    }

    /// <summary>Takes chunks until none is left or the time is over; true where there may be more.</summary>
    private unsafe bool TakeChunks(RowScratch scratch, long until)
    {
        try
        {
            while (!cancellation.IsCancellationRequested)
            {
                if (Stopwatch.GetTimestamp() > until)
                {
                    return true;
                }

                long first = Interlocked.Add(ref next, chunk) - chunk;
                if (first >= rows)
                {
                    return false;
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

        return false;
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

    /// <summary>A pool thread's place in the job; queued at most once at a time.</summary>
    private sealed class Helper(TeamJob job) : IThreadPoolWorkItem
    {
        private int queued;

        public RowScratch Scratch { get; } = new();

        public void Queue()
        {
            if (Interlocked.Exchange(ref queued, 1) == 0)
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            }
        }

        public void Execute()
        {
            bool more = false;
            if (job.TryEnter())
            {
                more = job.TakeChunks(Scratch, Stopwatch.GetTimestamp() + TurnTicks);
                job.Leave();
            }

            if (more)
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            }
            else
            {
                // Last of all: as long as this runs, it must not be queued again, or two threads would share its
                // scratch.
                Volatile.Write(ref queued, 0);
            }
        }
    }
}
