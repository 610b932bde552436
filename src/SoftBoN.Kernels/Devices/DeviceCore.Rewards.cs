using System.Buffers;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Devices;

/// <summary>The steps between a score and a pick, and plans of them.</summary>
internal sealed unsafe partial class DeviceCore
{
    public override void Run(in RewardPoolingArgs args, CallSize size, CancellationToken cancellationToken)
    {
        if (size.Packed < hostBelow)
        {
            host.Run(in args, size, cancellationToken);
        }
        else if (args.Reward != null || args.Status != null)
        {
            Run<RewardPoolingCall, RewardPoolingArgs>(in args, size, cancellationToken);
        }
    }

    public override void Run(in RewardCalibrationArgs args, CallSize size, CancellationToken cancellationToken)
    {
        if (size.Packed < hostBelow)
        {
            host.Run(in args, size, cancellationToken);
            return;
        }

        if (args.Reward == null && args.Status == null)
        {
            return;
        }

        var step = new RewardStep { Kind = RewardStepKind.Calibrate, Calibration = args };
        var steps = new ReadOnlySpan<RewardStep>(in step);
        int count = (int)RewardProgram.WordsOf(steps);
        uint[] words = ArrayPool<uint>.Shared.Rent(count);
        try
        {
            RewardProgram.Write(steps, words);
            fixed (uint* first = words)
            {
                var call = new PlannedCalibration { Args = args, Words = first, WordCount = count };
                Run<RewardCalibrationCall, PlannedCalibration>(in call, size, cancellationToken);
            }
        }
        finally
        {
            ArrayPool<uint>.Shared.Return(words);
        }
    }

    public override void Run(in RewardPenaltyArgs args, long rewards, CancellationToken cancellationToken)
    {
        if (rewards < hostBelow)
        {
            host.Run(in args, rewards, cancellationToken);
            return;
        }

        var run = new RewardPenaltyRun(in args, rewards, chunkBytes);
        Run(ref run, nameof(SoftBonEngine.PenalizeRewards), new CallSize(rewards, rewards), cancellationToken);
    }

    public override void Run(in RewardPlanArgs args, CallSize size, CancellationToken cancellationToken)
    {
        if (size.Packed < hostBelow)
        {
            host.Run(in args, size, cancellationToken);
            return;
        }

        var steps = new ReadOnlySpan<RewardStep>(args.Steps, args.StepCount);
        int count = (int)RewardProgram.WordsOf(steps);
        uint[] words = ArrayPool<uint>.Shared.Rent(count);
        try
        {
            RewardProgram.Write(steps, words);
            fixed (uint* first = words)
            {
                var run = new RewardPlanRun(in args, count == 0 ? null : first, count, chunkBytes);
                Run(ref run, nameof(RewardPlan), size, cancellationToken);
            }
        }
        finally
        {
            ArrayPool<uint>.Shared.Return(words);
        }
    }
}
