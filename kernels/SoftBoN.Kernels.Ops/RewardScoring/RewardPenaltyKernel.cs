using ILGPU;

namespace SoftBoN.Kernels.Ops;

/// <content>What a penalty comes to.</content>
internal partial struct KernelPenalty
{
    /// <summary>A candidate's reward less its penalties.</summary>
    /// <param name="given">The reward.</param>
    /// <param name="candidate">The candidate's number.</param>
    /// <param name="price">What is paid for, and how much.</param>
    public readonly PenalizedReward Of(float given, long candidate, in KernelPrice price)
    {
        var penalized = new PenalizedReward(given);
        if ((price.Paid & KernelPrice.ForLogs) != 0)
        {
            penalized.TakeLogs(price.Beta, LogProbability[candidate], ReferenceLogProbability[candidate]);
        }

        if ((price.Paid & KernelPrice.ForLength) != 0)
        {
            penalized.TakeLength(price.Gamma, Length[candidate]);
        }

        penalized.Finish();
        return penalized;
    }
}

/// <summary>Penalties on a device: a thread a candidate.</summary>
internal static class RewardPenaltyKernel
{
    /// <summary>The kernel.</summary>
    public static void Run(RewardPenaltyKernelArgs args)
    {
        for (long i = Grid.GlobalLinearIndex; i < args.Count; i += (long)Grid.DimX * Group.DimX)
        {
            PenalizedReward penalized = args.Penalty.Of(args.Rewards[i], i, in args.Price);
            if ((args.Wanted & RewardOutputFlag.Reward) != 0)
            {
                args.Reward[i] = penalized.Status == RowStatus.Ok ? penalized.Reward : args.NoResult;
            }

            if ((args.Wanted & RewardOutputFlag.Status) != 0)
            {
                args.Status[i] = (byte)penalized.Status;
            }
        }
    }
}
