using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Orleans;

/// <summary>
/// An engine's core that has its calls worked on by silos. What is little work for its memory is done here, on the
/// processor: the bits are the same.
/// </summary>
internal sealed unsafe class ClusterCore(PartPump pump, HostCore host, int partBytes) : EngineCore
{
    private volatile bool isDisposed;

    public override void ThrowIfUnusable() => ObjectDisposedException.ThrowIf(isDisposed, typeof(SoftBonEngine));

    public override void Run(in SoftWeightsArgs args, CallSize size, CancellationToken cancellationToken)
    {
        fixed (SoftWeightsArgs* pointer = &args)
        {
            pump.Run(new SoftWeightsPart(pointer), cancellationToken);
        }
    }

    public override void Run(in SelectionArgs args, CallSize size, CancellationToken cancellationToken)
    {
        fixed (SelectionArgs* pointer = &args)
        {
            pump.Run(new SelectionPart(pointer), cancellationToken);
        }
    }

    public override void Run(in WeightedMajorityArgs args, CallSize size, CancellationToken cancellationToken)
    {
        fixed (WeightedMajorityArgs* pointer = &args)
        {
            pump.Run(new MajorityPart(pointer), cancellationToken);
        }
    }

    public override void Run(in TokenTiltArgs args, long rows, CallSize size, CancellationToken cancellationToken)
    {
        if (ShardedTilt.Takes(in args, rows, partBytes))
        {
            ShardedTilt.Run(in args, rows, partBytes, pump, host, size, cancellationToken);
            return;
        }

        fixed (TokenTiltArgs* pointer = &args)
        {
            pump.Run(new TokenTiltPart(pointer, rows), cancellationToken);
        }
    }

    public override void Run(
        in TokenShardArgs args, TokenShardStep step, long rows, CallSize size, CancellationToken cancellationToken) =>
        host.Run(in args, step, rows, size, cancellationToken);

    public override void Run(in RewardScoringArgs args, long rows, CallSize size, CancellationToken cancellationToken)
    {
        fixed (RewardScoringArgs* pointer = &args)
        {
            pump.Run(new RewardScoringPart(pointer, rows), cancellationToken);
        }
    }

    public override void Run(in RewardPoolingArgs args, CallSize size, CancellationToken cancellationToken) =>
        host.Run(in args, size, cancellationToken);

    public override void Run(in RewardCalibrationArgs args, CallSize size, CancellationToken cancellationToken) =>
        host.Run(in args, size, cancellationToken);

    public override void Run(in RewardPenaltyArgs args, long rewards, CancellationToken cancellationToken) =>
        host.Run(in args, rewards, cancellationToken);

    public override void Run(in RewardPlanArgs args, CallSize size, CancellationToken cancellationToken)
    {
        fixed (RewardPlanArgs* pointer = &args)
        {
            pump.Run(new RewardPlanPart(pointer), cancellationToken);
        }
    }

    public override EngineMemory Allocate(long bytes) => throw NoMemory();

    public override EngineMemory AllocatePinned(long bytes) => throw NoMemory();

    public override QueueCore CreateQueue() => throw NoMemory();

    public override void Dispose()
    {
        isDisposed = true;
        host.Dispose();
    }

    private static NotSupportedException NoMemory() => new(
        "Buffers and queues are of one machine's memory and a cluster has none; make an engine with SoftBonEngine.Create for "
        + "them.");
}
