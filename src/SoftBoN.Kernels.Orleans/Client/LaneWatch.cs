using System.Diagnostics;

namespace SoftBoN.Kernels.Orleans;

/// <summary>
/// Looks after silos while calls are under way: whether one that is silent is still there, and whether there are more. A
/// connection that breaks tells nobody who waits for an answer, so silence has to be asked about.
/// </summary>
internal sealed class LaneWatch(Lanes lanes, IKernelCluster cluster, ClusterKernelsOptions options) : IDisposable
{
    /// <summary>A silo that does not say how it is for so long is given up.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LongestPeriod = TimeSpan.FromMilliseconds(250);

    private readonly Lock gate = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly HashSet<Lane> asked = [];
    private int calls;
    private bool isRunning;

    /// <summary>A call begins.</summary>
    public void Enter()
    {
        lock (gate)
        {
            calls++;
            if (!isRunning)
            {
                isRunning = true;
                _ = Task.Run(Run);
            }
        }
    }

    /// <summary>A call ends.</summary>
    public void Leave()
    {
        lock (gate)
        {
            calls--;
        }
    }

    public void Dispose() => stopping.Cancel();

    private async Task Run()
    {
        using var timer = new PeriodicTimer(options.ProbeAfter < LongestPeriod ? options.ProbeAfter : LongestPeriod);
        while (!stopping.IsCancellationRequested)
        {
            lock (gate)
            {
                if (calls == 0)
                {
                    isRunning = false;
                    return;
                }
            }

            _ = Scout();
            foreach (Lane lane in lanes.Busy)
            {
                if (Stopwatch.GetElapsedTime(lane.Heard) > options.ProbeAfter)
                {
                    _ = Ask(lane);
                }
            }

            await timer.WaitForNextTickAsync().ConfigureAwait(false);
        }
    }

    private async Task Scout()
    {
        try
        {
            await lanes.Scout(stopping.Token).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The key leads nowhere yet; the next one may.
        }
    }

    private async Task Ask(Lane lane)
    {
        lock (asked)
        {
            if (!asked.Add(lane))
            {
                return;
            }
        }

        try
        {
            lanes.Hear(lane, await cluster.Report(lane.Key).WaitAsync(Silence, stopping.Token).ConfigureAwait(false));
        }
        catch (Exception)
        {
            lanes.Drop(lane);
        }
        finally
        {
            lock (asked)
            {
                asked.Remove(lane);
            }
        }
    }
}
