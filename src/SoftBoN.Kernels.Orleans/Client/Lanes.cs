using System.Diagnostics;

namespace SoftBoN.Kernels.Orleans;

/// <summary>The silos that a client knows, and the choice of one for each part.</summary>
/// <remarks>
/// A part goes to a silo with a free GPU, else to the one with the fewest parts for its places. While parts are under way,
/// <see cref="LaneWatch"/> looks for silos that were added and for such as are gone.
/// </remarks>
internal sealed class Lanes(IKernelCluster cluster, ClusterKernelsOptions options)
{
    /// <summary>Keys that are tried at a time where no silo is known: Orleans deals them to gateways in turn.</summary>
    private const int KeysAtATime = 4;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private readonly List<Lane> lanes = [];
    private TaskCompletionSource changed = NewSignal();
    private string? otherVersion;

    /// <summary>Clients begin at different keys, so that they do not all come in at the same gateway.</summary>
    private long lastKey = Random.Shared.NextInt64() >> 1;

    public IReadOnlyList<SiloState> Silos
    {
        get
        {
            lock (gate)
            {
                return [.. lanes.Select(lane => lane.Silo)];
            }
        }
    }

    /// <summary>The lanes with parts on them.</summary>
    public Lane[] Busy
    {
        get
        {
            lock (gate)
            {
                return [.. lanes.Where(lane => lane.Flying > 0)];
            }
        }
    }

    /// <summary>Takes a place at a silo; waits for one where all are taken.</summary>
    /// <param name="tried">Silos that failed the part; they are taken again when there is no other.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SiloUnavailableException">No silo was found in the time that options allow.</exception>
    public async Task<Lane> Take(HashSet<Guid> tried, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task wait;
            lock (gate)
            {
                Lane? best = Best(tried);
                if (best == null && lanes.Count > 0)
                {
                    tried.Clear();
                    best = Best(tried);
                }

                if (best != null && best.Flying < best.MostFlying)
                {
                    best.Flying++;
                    best.Heard = best.Flying == 1 ? Stopwatch.GetTimestamp() : best.Heard;
                    return best;
                }

                wait = best == null ? Task.CompletedTask : changed.Task;
            }

            if (wait.IsCompleted)
            {
                await Find(cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await wait.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Gives a place back.</summary>
    /// <param name="lane">The silo's lane.</param>
    /// <param name="state">What the silo said; null where it said nothing.</param>
    public void Return(Lane lane, SiloState? state)
    {
        lock (gate)
        {
            lane.Flying--;
        }

        if (state != null)
        {
            Hear(lane, state);
        }
        else
        {
            Signal();
        }
    }

    /// <summary>Gives a silo up; its parts go elsewhere.</summary>
    public void Drop(Lane lane)
    {
        lock (gate)
        {
            lanes.Remove(lane);
        }

        lane.End();
        Signal();
    }

    /// <summary>Takes in an answer; the key of a silo that is gone has another one's.</summary>
    public void Hear(Lane lane, SiloState state)
    {
        if (state.Id != lane.Silo.Id)
        {
            Drop(lane);
            Add(lane.Key, state);
            return;
        }

        lock (gate)
        {
            lane.Hear(state);
        }

        Signal();
    }

    /// <summary>Sees where a new key leads.</summary>
    public async Task Scout(CancellationToken cancellationToken)
    {
        long key = Interlocked.Increment(ref lastKey);
        Add(key, await cluster.Report(key).WaitAsync(LaneWatch.Silence, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Looks for silos until there is one.</summary>
    public async Task Find(CancellationToken cancellationToken)
    {
        long begin = Stopwatch.GetTimestamp();
        while (true)
        {
            Exception? fault = await TryFind(cancellationToken).ConfigureAwait(false);
            lock (gate)
            {
                if (lanes.Count > 0)
                {
                    return;
                }
            }

            if (fault is VersionSkewException)
            {
                throw fault;
            }

            if (Stopwatch.GetElapsedTime(begin) > options.Patience)
            {
                throw new SiloUnavailableException(
                    $"No silo of the cluster answered for {options.Patience.TotalSeconds} s; start one with AddSoftBonKernels, or "
                    + "name other gateways.",
                    fault!);
            }

            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Exception?> TryFind(CancellationToken cancellationToken)
    {
        Task[] scouts = [.. Enumerable.Range(0, KeysAtATime).Select(_ => Scout(cancellationToken))];
        try
        {
            await Task.WhenAll(scouts).ConfigureAwait(false);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            return fault;
        }

        return otherVersion is { } name ? Skew(name) : null;
    }

    private static VersionSkewException Skew(string nameAndVersion)
    {
        string[] parts = nameAndVersion.Split('\n');
        return new VersionSkewException(parts[0], parts[1]);
    }

    private void Add(long key, SiloState state)
    {
        lock (gate)
        {
            if (state.Version != KernelVersion.Current)
            {
                otherVersion = $"{state.Name}\n{state.Version}";
                return;
            }

            if (lanes.Exists(lane => lane.Silo.Id == state.Id))
            {
                return;
            }

            lanes.Add(new Lane(key, state));
        }

        Signal();
    }

    private Lane? Best(HashSet<Guid> tried) => lanes
        .Where(lane => !tried.Contains(lane.Silo.Id))
        .OrderByDescending(lane => lane.IsFreeGpu)
        .ThenBy(lane => lane.Flying >= lane.MostFlying)
        .ThenBy(lane => lane.Load)
        .FirstOrDefault();

    /// <summary>Wakes who waits for a place.</summary>
    private void Signal()
    {
        TaskCompletionSource signal;
        lock (gate)
        {
            (signal, changed) = (changed, NewSignal());
        }

        signal.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
