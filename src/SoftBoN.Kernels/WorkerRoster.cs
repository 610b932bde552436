namespace SoftBoN.Kernels;

/// <summary>
/// The workers of an engine. They know this and not the engine, so that one that nobody disposes can be collected, and
/// ends its workers then.
/// </summary>
/// <param name="most">The most workers there may be.</param>
/// <param name="hire">How a worker is made, where that is not as usual.</param>
internal sealed class WorkerRoster(int most, Func<WorkerRoster, Worker>? hire = null)
{
    private readonly Lock gate = new();
    private readonly List<Worker> idle = [];
    private int count;
    private bool closed;

    /// <summary>The worker that slept least, or a new one; null where all are busy or no thread is to be had.</summary>
    public Worker? Take()
    {
        lock (gate)
        {
            if (idle.Count > 0)
            {
                Worker worker = idle[^1];
                idle.RemoveAt(idle.Count - 1);
                return worker;
            }

            if (closed || count >= most)
            {
                return null;
            }

            count++;
        }

        try
        {
            return hire == null ? new Worker(this) : hire(this);
        }
        catch (Exception exception) when (exception is OutOfMemoryException or ThreadStartException)
        {
            // The system has no more threads; the call does without, and later ones may try again.
            Uninterrupted.Do(this, static roster => roster.Forget());
            return null;
        }
    }

    /// <summary>Takes back a worker that did its job; false where it is not wanted any more.</summary>
    public bool Return(Worker worker)
    {
        lock (gate)
        {
            if (!closed)
            {
                idle.Add(worker);
            }

            return !closed;
        }
    }

    /// <summary>Ends all workers, those at work when they are done.</summary>
    public void Close()
    {
        Worker[] sleeping;
        lock (gate)
        {
            closed = true;
            sleeping = [.. idle];
            idle.Clear();
        }

        foreach (Worker worker in sleeping)
        {
            worker.Start(null);
        }
    }

    private void Forget()
    {
        lock (gate)
        {
            count--;
        }
    }
}
