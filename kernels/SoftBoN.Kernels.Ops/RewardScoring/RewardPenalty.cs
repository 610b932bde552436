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
            var candidate = new PenalizedReward(args.Rewards[i]);
            if (args.LogProbability != null)
            {
                candidate.TakeLogs(args.Beta, args.LogProbability[i], args.ReferenceLogProbability[i]);
            }

            if (args.Length != null)
            {
                candidate.TakeLength(args.Gamma, args.Length[i]);
            }

            candidate.Finish();
            if (args.Reward != null)
            {
                args.Reward[i] = candidate.Status == RowStatus.Ok ? candidate.Reward : Bits.ToFloat(Bits.NoResult);
            }

            if (args.Status != null)
            {
                args.Status[i] = candidate.Status;
            }
        }
    }
}

/// <summary>A candidate's reward while penalties are taken off it, and why there is none.</summary>
internal struct PenalizedReward
{
    private const uint Magnitude = 0x7fffffff;
    private const uint Infinity = 0x7f800000;

    public float Reward;
    public RowStatus Status;

    /// <summary>An excluded candidate, whose other numbers are not looked at.</summary>
    private readonly bool isExcluded;

    public PenalizedReward(float given)
    {
        uint bits = Bits.Of(given);
        Reward = RewardSums.Value(given);
        isExcluded = RewardKey.IsExcluded(given);
        Status = (bits & Magnitude) > Infinity ? RowStatus.RewardNaN
            : bits == Infinity ? RowStatus.RewardPositiveInfinity
            : RowStatus.Ok;
    }

    public void TakeLogs(float beta, float log, float reference)
    {
        bool areFinite = KernelHeadRow.IsFinite(log) && KernelHeadRow.IsFinite(reference);
        Take(beta, RewardSums.Value(log) - RewardSums.Value(reference), areFinite);
    }

    public void TakeLength(float gamma, int length) => Take(gamma, length, length >= 0);

    /// <summary>Looks at what came out.</summary>
    public void Finish()
    {
        bool isOutOfRange = Status == RowStatus.Ok && !isExcluded && !KernelHeadRow.IsFinite(Reward);
        Status = isOutOfRange ? RowStatus.RewardOutOfRange : Status;
    }

    private void Take(float weight, float amount, bool isValid)
    {
        if (Status != RowStatus.Ok || isExcluded)
        {
            return;
        }

        Status = isValid ? RowStatus.Ok : RowStatus.PenaltyInvalid;
        Reward -= RewardPoolingOp.Term(weight, amount);
    }
}
