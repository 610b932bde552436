using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>The arguments of penalties: flat, checked, null where an input is absent or an output not wanted.</summary>
internal unsafe struct RewardPenaltyArgs
{
    /// <summary>One per candidate, all of them.</summary>
    public float* Rewards;
    public float* LogProbability;
    public float* ReferenceLogProbability;
    public int* Length;
    public float* Reward;
    public RowStatus* Status;

    public float Beta;
    public float Gamma;
}

/// <summary>
/// Rewards less what a candidate's log-probability and length cost. RewardScoring.md has the formula; there is no sum
/// and so only one path.
/// </summary>
internal static unsafe class RewardPenaltyOp
{
    /// <summary>Penalties of candidates first to end - 1.</summary>
    public static void Run(in RewardPenaltyArgs args, long first, long end)
    {
        for (long i = first; i < end; i++)
        {
            (float reward, RowStatus status) = Of(in args, i);
            if (args.Reward != null)
            {
                args.Reward[i] = status == RowStatus.Ok ? reward : Bits.ToFloat(Bits.NoResult);
            }

            if (args.Status != null)
            {
                args.Status[i] = status;
            }
        }
    }

    private static (float Reward, RowStatus Status) Of(in RewardPenaltyArgs args, long i)
    {
        float reward = RewardSums.Value(args.Rewards[i]);
        if (!(reward <= float.MaxValue))
        {
            return (0f, float.IsNaN(reward) ? RowStatus.RewardNaN : RowStatus.RewardPositiveInfinity);
        }

        if (reward == float.NegativeInfinity)
        {
            return (reward, RowStatus.Ok);
        }

        if (args.LogProbability != null)
        {
            float log = RewardSums.Value(args.LogProbability[i]);
            float reference = RewardSums.Value(args.ReferenceLogProbability[i]);
            if (!float.IsFinite(log) || !float.IsFinite(reference))
            {
                return (0f, RowStatus.PenaltyInvalid);
            }

            reward -= Cost(args.Beta, log - reference);
        }

        if (args.Length != null)
        {
            if (args.Length[i] < 0)
            {
                return (0f, RowStatus.PenaltyInvalid);
            }

            reward -= Cost(args.Gamma, args.Length[i]);
        }

        return (reward, float.IsFinite(reward) ? RowStatus.Ok : RowStatus.RewardOutOfRange);
    }

    /// <summary>A product; what overflowed stays visible.</summary>
    private static float Cost(float weight, float amount) =>
        Bits.ZeroBelowKeepNaN(Arith.Mul(weight, amount), Bits.TinyProduct);
}
