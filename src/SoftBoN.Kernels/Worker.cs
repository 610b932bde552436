using System.Diagnostics;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

/// <summary>
/// A thread that helps with one call after another and sleeps in between. The thread pool would be the place for this,
/// but it takes milliseconds to wake a thread while the caller is busy, and most calls do not last that long.
/// </summary>
internal sealed class Worker
{
    /// <summary>
    /// A sleeper takes 50 microseconds to wake. That long a worker looks out for the next job before it sleeps: calls in
    /// close order are then shared from their first row.
    /// </summary>
    private static readonly long DozeTicks = Stopwatch.Frequency / 20_000;

    private readonly WorkerRoster roster;
    private readonly object mail = new();
    private TeamJob? job;
    private bool hasMail;

    /// <summary>Starts the thread.</summary>
    /// <exception cref="OutOfMemoryException">The system gives no more threads.</exception>
    public Worker(WorkerRoster roster)
    {
        this.roster = roster;
        new Thread(Live) { IsBackground = true, Name = "SoftBoN worker" }.UnsafeStart();
    }

    /// <summary>Has a job done; or, for want of one, the thread ended.</summary>
    public void Start(TeamJob? work) =>
        Uninterrupted.Do((Worker: this, Work: work), static given => given.Worker.Deliver(given.Work));

    private void Deliver(TeamJob? work)
    {
        lock (mail)
        {
            job = work;
            hasMail = true;
            Monitor.Pulse(mail);
        }
    }

    private void Live()
    {
        using var scratch = new RowScratch();
        while (NextJob() is { } next)
        {
            next.Help(scratch);
            if (!roster.Return(this))
            {
                return;
            }
        }
    }

    /// <summary>Waits for a job; null where there will be none.</summary>
    private TeamJob? NextJob()
    {
        long dozing = Stopwatch.GetTimestamp() + DozeTicks;
        while (!Volatile.Read(ref hasMail) && Stopwatch.GetTimestamp() < dozing)
        {
            Thread.SpinWait(8);
        }

        lock (mail)
        {
            while (!hasMail)
            {
                Monitor.Wait(mail);
            }

            TeamJob? next = job;
            (job, hasMail) = (null, false);
            return next;
        }
    }
}
