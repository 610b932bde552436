using System.Runtime.InteropServices;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

/// <summary>Operations on the processor, spread over a team of threads.</summary>
internal sealed unsafe class HostCore(bool isReference, int degree, bool sharesAll = false) : EngineCore
{
    private const int PreparedAlignment = 64;

    private static readonly RowRange SoftWeightsReference =
        static (args, first, end, _) => SoftWeightsOp.RunReference(in *(SoftWeightsArgs*)args, first, end);

    private static readonly RowRange SoftWeightsSimd =
        static (args, first, end, scratch) => SoftWeightsOp.RunSimd(in *(SoftWeightsArgs*)args, first, end, scratch);

    private static readonly RowRange SelectionReference =
        static (args, first, end, scratch) => SelectionOp.RunReference(in *(SelectionArgs*)args, first, end, scratch);

    private static readonly RowRange SelectionSimd =
        static (args, first, end, scratch) => SelectionOp.RunSimd(in *(SelectionArgs*)args, first, end, scratch);

    private static readonly RowRange MajorityReference =
        static (args, first, end, scratch) =>
            WeightedMajorityOp.RunReference(in *(WeightedMajorityArgs*)args, first, end, scratch);

    private static readonly RowRange MajoritySimd =
        static (args, first, end, scratch) =>
            WeightedMajorityOp.RunSimd(in *(WeightedMajorityArgs*)args, first, end, scratch);

    private static readonly RowRange TokenTiltReference =
        static (args, first, end, scratch) => TokenTiltOp.RunReference(in *(TokenTiltArgs*)args, first, end, scratch);

    private static readonly RowRange TokenTiltSimd =
        static (args, first, end, scratch) => TokenTiltOp.RunSimd(in *(TokenTiltArgs*)args, first, end, scratch);

    private static readonly RowRange ShardSum =
        static (args, first, end, scratch) => TokenTiltOp.SumShard(in *(TokenShardArgs*)args, first, end, scratch);

    private static readonly RowRange ShardDraw =
        static (args, first, end, scratch) => TokenTiltOp.DrawShard(in *(TokenShardArgs*)args, first, end, scratch);

    private static readonly RowRange ShardScore =
        static (args, first, end, scratch) => TokenTiltOp.ScoreShard(in *(TokenShardArgs*)args, first, end, scratch);

    private static readonly RowRange ShardRank =
        static (args, first, end, scratch) => TokenTiltOp.RankShard(in *(TokenShardArgs*)args, first, end, scratch);

    private static readonly RowRange ShardTop =
        static (args, first, end, scratch) => TokenTiltOp.TopShard(in *(TokenShardArgs*)args, first, end, scratch);

    private static readonly RowRange ShardFinishTop =
        static (args, first, end, scratch) => TokenTiltOp.FinishTop(in *(TokenShardArgs*)args, first, end, scratch);

    private static readonly RowRange ShardFinish =
        static (args, first, end, scratch) => TokenTiltOp.FinishShards(in *(TokenShardArgs*)args, first, end, scratch);

    private static readonly RowRange RewardScoringReference =
        static (args, first, end, scratch) =>
            RewardScoringOp.RunReference(in *(RewardScoringArgs*)args, first, end, scratch);

    private static readonly RowRange RewardScoringSimd =
        static (args, first, end, scratch) =>
            RewardScoringOp.RunSimd(in *(RewardScoringArgs*)args, first, end, scratch);

    private static readonly RowRange RewardPoolingReference =
        static (args, first, end, scratch) =>
            RewardPoolingOp.RunReference(in *(RewardPoolingArgs*)args, first, end, scratch);

    private static readonly RowRange RewardPoolingSimd =
        static (args, first, end, scratch) =>
            RewardPoolingOp.RunSimd(in *(RewardPoolingArgs*)args, first, end, scratch);

    private static readonly RowRange RewardCalibrationReference =
        static (args, first, end, scratch) =>
            RewardCalibrationOp.RunReference(in *(RewardCalibrationArgs*)args, first, end, scratch);

    private static readonly RowRange RewardCalibrationSimd =
        static (args, first, end, scratch) =>
            RewardCalibrationOp.RunSimd(in *(RewardCalibrationArgs*)args, first, end, scratch);

    private static readonly RowRange RewardPenalty =
        static (args, first, end, _) => RewardPenaltyOp.Run(in *(RewardPenaltyArgs*)args, first, end);

    private static readonly RowRange RewardPlanReference =
        static (args, first, end, scratch) =>
            RewardPlanOp<ReferenceRewardPath>.Run(in *(RewardPlanArgs*)args, first, end, scratch);

    private static readonly RowRange RewardPlanSimd =
        static (args, first, end, scratch) =>
            RewardPlanOp<SimdRewardPath>.Run(in *(RewardPlanArgs*)args, first, end, scratch);

    private readonly WorkerTeam team = new(degree, sharesAll);

    public override void ThrowIfUnusable() => team.ThrowIfDisposed();

    public override void Run(in SoftWeightsArgs args, CallSize size, CancellationToken cancellationToken)
    {
        fixed (SoftWeightsArgs* pointer = &args)
        {
            RowRange range = isReference ? SoftWeightsReference : SoftWeightsSimd;
            team.Run(range, pointer, args.Rows.Count, size.Work, cancellationToken);
        }
    }

    public override void Run(in SelectionArgs args, CallSize size, CancellationToken cancellationToken)
    {
        fixed (SelectionArgs* pointer = &args)
        {
            RowRange range = isReference ? SelectionReference : SelectionSimd;
            team.Run(range, pointer, args.Rows.Count, size.Work, cancellationToken);
        }
    }

    public override void Run(in WeightedMajorityArgs args, CallSize size, CancellationToken cancellationToken)
    {
        fixed (WeightedMajorityArgs* pointer = &args)
        {
            RowRange range = isReference ? MajorityReference : MajoritySimd;
            team.Run(range, pointer, args.Rows.Count, size.Work, cancellationToken);
        }
    }

    public override void Run(in TokenTiltArgs args, long rows, CallSize size, CancellationToken cancellationToken)
    {
        fixed (TokenTiltArgs* pointer = &args)
        {
            team.Run(isReference ? TokenTiltReference : TokenTiltSimd, pointer, rows, size.Work, cancellationToken);
        }
    }

    /// <remarks>Shards have one path: what they are compared with is the reference of the whole row.</remarks>
    public override void Run(
        in TokenShardArgs args, TokenShardStep step, long rows, CallSize size, CancellationToken cancellationToken)
    {
        fixed (TokenShardArgs* pointer = &args)
        {
            RowRange range = step switch
            {
                TokenShardStep.Sum => ShardSum,
                TokenShardStep.Draw => ShardDraw,
                TokenShardStep.Score => ShardScore,
                TokenShardStep.Rank => ShardRank,
                TokenShardStep.Top => ShardTop,
                TokenShardStep.FinishTop => ShardFinishTop,
                _ => ShardFinish,
            };
            team.Run(range, pointer, rows, size.Work, cancellationToken);
        }
    }

    public override void Run(in RewardScoringArgs args, long rows, CallSize size, CancellationToken cancellationToken)
    {
        if (isReference)
        {
            fixed (RewardScoringArgs* pointer = &args)
            {
                team.Run(RewardScoringReference, pointer, rows, size.Work, cancellationToken);
            }

            return;
        }

        // All threads read one copy of the weights in the form of vector loops.
        RewardScoringArgs prepared = args;
        long floats = (long)args.Heads * RewardScoringOp.PreparedStride(args.Dimension);
        prepared.Prepared = (float*)NativeMemory.AlignedAlloc((nuint)(floats * sizeof(float)), PreparedAlignment);
        try
        {
            RewardScoringOp.PrepareWeights(in args, prepared.Prepared);
            team.Run(RewardScoringSimd, &prepared, rows, size.Work, cancellationToken);
        }
        finally
        {
            NativeMemory.AlignedFree(prepared.Prepared);
        }
    }

    public override void Run(in RewardPoolingArgs args, CallSize size, CancellationToken cancellationToken)
    {
        fixed (RewardPoolingArgs* pointer = &args)
        {
            RowRange range = isReference ? RewardPoolingReference : RewardPoolingSimd;
            team.Run(range, pointer, args.Rows.Count, size.Work, cancellationToken);
        }
    }

    public override void Run(in RewardCalibrationArgs args, CallSize size, CancellationToken cancellationToken)
    {
        fixed (RewardCalibrationArgs* pointer = &args)
        {
            RowRange range = isReference ? RewardCalibrationReference : RewardCalibrationSimd;
            team.Run(range, pointer, args.Rows.Count, size.Work, cancellationToken);
        }
    }

    public override void Run(in RewardPenaltyArgs args, long rewards, CancellationToken cancellationToken)
    {
        fixed (RewardPenaltyArgs* pointer = &args)
        {
            team.Run(RewardPenalty, pointer, rewards, rewards, cancellationToken);
        }
    }

    public override void Run(in RewardPlanArgs args, CallSize size, CancellationToken cancellationToken)
    {
        fixed (RewardPlanArgs* pointer = &args)
        {
            RowRange range = isReference ? RewardPlanReference : RewardPlanSimd;
            team.Run(range, pointer, args.Prompts.Count, size.Work, cancellationToken);
        }
    }

    public override EngineMemory Allocate(long bytes) => new HostMemory(this, bytes);

    public override EngineMemory AllocatePinned(long bytes) => new HostMemory(this, bytes);

    public override QueueCore CreateQueue() => new HostQueue(this);

    public override void Dispose() => team.Dispose();
}
