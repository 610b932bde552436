using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

/// <summary>What a call comes to, for deciding how to run it.</summary>
/// <param name="Packed">The number of candidates of all rows.</param>
/// <param name="Work">The same times the passes that each candidate costs.</param>
internal readonly record struct CallSize(long Packed, long Work);

/// <summary>
/// What runs an engine's operations. Arguments are checked and pinned before they get here; a call returns when it is
/// done.
/// </summary>
internal abstract class EngineCore : IDisposable
{
    /// <summary>What may go wrong between calls shows here, before any argument is looked at.</summary>
    public abstract void ThrowIfUnusable();

    /// <summary>Whether a device failed for good.</summary>
    public virtual bool IsFaulted => false;

    /// <summary>The device memory that is allocated, in bytes; 0 on the processor.</summary>
    public virtual long DeviceBytes => 0;

    /// <summary>The kernels that a device was given so far; 0 on the processor. Exact once queues are synchronized.</summary>
    public virtual long KernelLaunches => 0;

    public abstract void Run(in SoftWeightsArgs args, CallSize size, CancellationToken cancellationToken);

    public abstract void Run(in SelectionArgs args, CallSize size, CancellationToken cancellationToken);

    public abstract void Run(in WeightedMajorityArgs args, CallSize size, CancellationToken cancellationToken);

    public abstract void Run(in TokenTiltArgs args, long rows, CallSize size, CancellationToken cancellationToken);

    /// <summary>A step of a tilt in shards, on the processor only.</summary>
    public virtual void Run(
        in TokenShardArgs args, TokenShardStep step, long rows, CallSize size, CancellationToken cancellationToken) =>
        throw new NotSupportedException(
            "Token tilt in shards has no device kernels; make an engine with Backend = Simd for it.");

    public abstract void Run(in RewardScoringArgs args, long rows, CallSize size, CancellationToken cancellationToken);

    public abstract void Run(in RewardPoolingArgs args, CallSize size, CancellationToken cancellationToken);

    public abstract void Run(in RewardCalibrationArgs args, CallSize size, CancellationToken cancellationToken);

    public abstract void Run(in RewardPenaltyArgs args, long rewards, CancellationToken cancellationToken);

    public abstract void Run(in RewardPlanArgs args, CallSize size, CancellationToken cancellationToken);

    /// <summary>Allocates memory where the engine's operations run.</summary>
    public abstract EngineMemory Allocate(long bytes);

    /// <summary>Allocates memory of the processor that the engine's device reaches directly.</summary>
    public abstract EngineMemory AllocatePinned(long bytes);

    public abstract QueueCore CreateQueue();

    public abstract void Dispose();
}
