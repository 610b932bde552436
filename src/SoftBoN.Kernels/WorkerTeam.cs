using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

/// <summary>Runs rows first to end - 1 of an operation.</summary>
internal unsafe delegate void RowRange(void* args, long first, long end, RowScratch scratch);

/// <summary>
/// Spreads a call's rows over the caller's thread and workers. Whoever is free takes the next chunk, so results do not
/// depend on who took what; nothing is allocated once a team has as many jobs as it ever had calls at once. Calls at the
/// same time share the workers there are.
/// </summary>
/// <param name="degree">How many threads a call may use, the caller's included.</param>
/// <param name="sharesAll">Shares every call of two rows or more, row by row; for tests.</param>
internal sealed class WorkerTeam(int degree, bool sharesAll = false) : IDisposable
{
    /// <summary>Below this many candidates a second thread costs more than it brings.</summary>
    public const long WorthSharing = 128 * 1024;

    /// <summary>
    /// Candidates in a chunk: small enough for even ends and prompt cancellation, large enough to be free.
    /// </summary>
    private const long ChunkSize = 16 * 1024;

    /// <summary>More threads than processors only take turns; a few times as many do no harm.</summary>
    private readonly WorkerRoster roster = new((int)Math.Min(degree - 1L, 4L * Environment.ProcessorCount));

    private readonly Lock gate = new();
    private readonly Stack<TeamJob> idle = new();
    private bool disposed;

    ~WorkerTeam() => roster.Close();

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
            long chunk = sharesAll ? 1 : Math.Max(1, ChunkSize / perRow);
            job.Open(range, args, rows, chunk, cancellationToken);
            try
            {
                long helpers = candidates < WorthSharing && !sharesAll ? 0 : (rows - 1) / chunk;
                for (; helpers > 0 && roster.Take() is { } worker; helpers--)
                {
                    worker.Start(job);
                }

                job.Work();
            }
            finally
            {
                // Whatever happened: nobody may be at the caller's memory after this.
                job.Close();
            }

            job.ThrowIfFailed();
        }
        finally
        {
            Return(job);
        }

        cancellationToken.ThrowIfCancellationRequested();
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
        lock (gate)
        {
            disposed = true;
            while (idle.TryPop(out TeamJob? job))
            {
                job.Dispose();
            }
        }

        roster.Close();
        GC.SuppressFinalize(this);
    }

    private TeamJob Rent()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, typeof(SoftBonEngine));
            return idle.TryPop(out TeamJob? job) ? job : new TeamJob();
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
                idle.Push(job);
            }
        }
    }
}
