using ILGPU;

namespace SoftBoN.Kernels.Ops;

/// <summary>What candidates are penalized for, in device memory.</summary>
internal struct KernelPenalty
{
    public ArrayView<float> LogProbability;
    public ArrayView<float> ReferenceLogProbability;
    public ArrayView<int> Length;

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

/// <summary>The prices of a penalty, and which of them are paid at all.</summary>
internal struct KernelPrice
{
    public const int ForLogs = 1;
    public const int ForLength = 2;

    public int Paid;
    public float Beta;
    public float Gamma;
}

/// <summary>The arguments of penalties as their kernel takes them.</summary>
internal struct RewardPenaltyKernelArgs
{
    public long Count;
    public ArrayView<float> Rewards;
    public KernelPenalty Penalty;
    public KernelPrice Price;
    public ArrayView<float> Reward;
    public ArrayView<byte> Status;

    /// <summary>Bits of <see cref="RewardOutputFlag"/>.</summary>
    public int Wanted;
    public float NoResult;
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
