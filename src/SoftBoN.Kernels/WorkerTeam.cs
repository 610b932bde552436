using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

/// <summary>Runs rows first to end - 1 of an operation.</summary>
internal unsafe delegate void RowRange(void* args, long first, long end, RowScratch scratch);

/// <summary>
/// Spreads a call's rows over the caller's thread and workers. Whoever is free takes the next chunk, so results do not
/// depend on who took what; nothing is allocated once a team has as many jobs as it ever had calls at once. Calls at the
/// same time share the workers there are: together they never use more threads than processors and callers.
/// </summary>
internal sealed class WorkerTeam(int degree) : IDisposable
{
    /// <summary>Below this many candidates a second thread costs more than it brings.</summary>
    private const long WorthSharing = 128 * 1024;

    /// <summary>Candidates in a chunk: small enough for even ends and prompt cancellation, large enough to be free.</summary>
    private const long ChunkSize = 16 * 1024;

    /// <summary>More threads than processors only take turns; a few times as many do no harm.</summary>
    private readonly int most = (int)Math.Min(degree - 1L, 4L * Environment.ProcessorCount);

    private readonly Lock gate = new();
    private readonly Stack<TeamJob> idleJobs = new();
    private readonly List<Worker> idleWorkers = [];
    private int workers;
    private bool disposed;

    /// <summary>Runs an operation over all rows and returns when every row is done.</summary>
    /// <param name="range">The operation.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="candidates">The number of candidates in all rows, times the work per candidate.</param>
    /// <param name="cancellationToken">Looked at between chunks.</param>
    public unsafe void Run(RowRange range, void* args, long rows, long candidates, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TeamJob job = Rent();
        try
        {
            long perRow = Math.Max(1, candidates / Math.Max(1, rows));
            long chunk = Math.Max(1, ChunkSize / perRow);
            job.Open(range, args, rows, chunk, cancellationToken);
            long helpers = candidates < WorthSharing ? 0 : Math.Min(most, (rows - 1) / chunk);
            for (; helpers > 0 && TakeWorker() is { } worker; helpers--)
            {
                worker.Start(job);
            }

            job.Finish();
        }
        finally
        {
            Return(job);
        }
    }

    public void ThrowIfDisposed()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, typeof(SoftBonEngine));
        }
    }

    public void Dispose()
    {
        Worker[] sleeping;
        lock (gate)
        {
            disposed = true;
            sleeping = [.. idleWorkers];
            idleWorkers.Clear();
            while (idleJobs.TryPop(out TeamJob? job))
            {
                job.Dispose();
            }
        }

        // Not under the gate: workers that retire take it while they hold their own.
        foreach (Worker worker in sleeping)
        {
            worker.Start(null);
        }
    }

    /// <summary>Takes back a worker that did its job; false where it is not wanted any more.</summary>
    public bool Return(Worker worker)
    {
        lock (gate)
        {
            if (!disposed)
            {
                idleWorkers.Add(worker);
            }

            return !disposed;
        }
    }

    /// <summary>Lets a worker go, unless it was just taken.</summary>
    public bool Retire(Worker worker)
    {
        lock (gate)
        {
            bool isIdle = idleWorkers.Remove(worker);
            workers -= isIdle ? 1 : 0;
            return isIdle;
        }
    }

    /// <summary>The worker that slept least, or a new one; null where all are busy.</summary>
    private Worker? TakeWorker()
    {
        lock (gate)
        {
            if (idleWorkers.Count > 0)
            {
                Worker worker = idleWorkers[^1];
                idleWorkers.RemoveAt(idleWorkers.Count - 1);
                return worker;
            }

            if (workers == most)
            {
                return null;
            }

            workers++;
        }

        return new Worker(this);
    }

    private TeamJob Rent()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, typeof(SoftBonEngine));
            return idleJobs.TryPop(out TeamJob? job) ? job : new TeamJob();
        }
    }

    private void Return(TeamJob job)
    {
        lock (gate)
        {
            if (disposed)
            {
                job.Dispose();
            }
            else
            {
                idleJobs.Push(job);
            }
        }
    }
}
