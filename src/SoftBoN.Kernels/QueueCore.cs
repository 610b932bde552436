namespace SoftBoN.Kernels;

/// <summary>What runs a queue's work, in order. Requests are checked; whoever takes one lets its buffers go.</summary>
internal abstract class QueueCore : IDisposable
{
    public abstract void Run(in SoftWeightsRequest request, ref BufferHolds holds);

    public abstract void Run(in SelectionRequest request, ref BufferHolds holds);

    public abstract void Run(in MajorityRequest request, ref BufferHolds holds);

    public abstract void Run(in TokenTiltRequest request, ref BufferHolds holds);

    public abstract void Run(in RewardScoringRequest request, ref BufferHolds holds);

    public abstract void Run(in RewardPlanRequest request, ref BufferHolds holds);

    public abstract void Copy(
        EngineMemory source, long sourceStart, EngineMemory destination, long start, long bytes, ref BufferHolds holds);

    public abstract void Synchronize();

    public abstract ValueTask WhenDone();

    public abstract void Dispose();
}
