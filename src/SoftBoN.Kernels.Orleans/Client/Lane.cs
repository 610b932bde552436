using System.Diagnostics;

namespace SoftBoN.Kernels.Orleans;

/// <summary>
/// A way to one silo: a key whose calls enter the cluster there. Orleans sends all calls of a key to one gateway until that
/// gateway is gone.
/// </summary>
internal sealed class Lane(long key, SiloState silo)
{
    private readonly TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long Key => key;

    /// <summary>The silo, as it was when it last answered.</summary>
    public SiloState Silo { get; private set; } = silo;

    /// <summary>This client's parts at the silo.</summary>
    public int Flying { get; set; }

    /// <summary>The parts of others there.</summary>
    public int Others { get; private set; } = silo.Parts;

    /// <summary>Parts of this client that are there at most: those that are worked on, and as many that wait.</summary>
    public int MostFlying => 2 * Silo.PartsAtOnce;

    /// <summary>When the silo last answered, or was given its first part.</summary>
    public long Heard { get; set; } = Stopwatch.GetTimestamp();

    /// <summary>Done when the silo is given up.</summary>
    public Task Gone => gone.Task;

    /// <summary>Whether it is a GPU with nothing that waits for it.</summary>
    public bool IsFreeGpu => Silo.IsGpu && Flying + Others < Silo.PartsAtOnce;

    /// <summary>Parts per place: the lower, the sooner a part gets its turn.</summary>
    public double Load => (double)(Flying + Others) / Silo.PartsAtOnce;

    /// <summary>Takes in what the silo said of itself.</summary>
    public void Hear(SiloState state)
    {
        Silo = state;
        Others = Math.Max(0, state.Parts - Flying);
        Heard = Stopwatch.GetTimestamp();
    }

    /// <summary>Gives the silo up: who waits for it is told.</summary>
    public void End() => gone.TrySetResult();
}
