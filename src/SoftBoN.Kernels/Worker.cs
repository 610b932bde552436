using System.Diagnostics;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

/// <summary>
/// A thread that helps with one call after another and sleeps in between. The thread pool would be the place for this,
/// but it takes milliseconds to wake a thread while the caller is busy, and most calls do not last that long.
/// </summary>
internal sealed class Worker
{
    /// <summary>A worker that nobody needs for so long ends; the next call that wants one makes another.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>
    /// A sleeper takes 50 microseconds to wake. That long a worker looks out for the next job before it sleeps: calls in
    /// close order are then shared from their first row.
    /// </summary>
    private static readonly long DozeTicks = Stopwatch.Frequency / 20_000;

    private readonly WorkerTeam team;
    private readonly object mail = new();
    private TeamJob? job;
    private bool hasMail;

    public Worker(WorkerTeam team)
    {
        this.team = team;
        new Thread(Live) { IsBackground = true, Name = "SoftBoN worker" }.UnsafeStart();
    }

    /// <summary>Has a job done; or, for want of one, the thread ended.</summary>
    public void Start(TeamJob? work)
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
            if (!team.Return(this))
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
                if (!Monitor.Wait(mail, Patience) && !hasMail && team.Retire(this))
                {
                    return null;
                }
            }

            hasMail = false;
            return job;
        }
    }
}
