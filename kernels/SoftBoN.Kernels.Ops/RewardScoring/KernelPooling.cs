using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>What pooling learns of a row before there is a result.</summary>
internal struct PoolingSums
{
    /// <summary>The row's extremes, its last reward, and how many there are.</summary>
    public float Max;
    public float Min;
    public float Last;
    public int Length;

    public float Sum;

    /// <summary>Of the distances to the largest.</summary>
    public float Mean;
    public float Variance;
    public ScaledFloat Product;
}

/// <content>How it becomes one: a team has the row, or a thread.</content>
internal partial struct KernelPooling
{
    private const uint MinusZero = 0x80000000;

    public readonly bool IsProduct => PoolingKind is RewardPoolingKind.Product or RewardPoolingKind.LogProduct;

    /// <summary>The sums that are needed, one after the other.</summary>
    public readonly int Passes => PoolingKind switch
    {
        RewardPoolingKind.MeanLessVariance => 3,
        RewardPoolingKind.Sum or RewardPoolingKind.Mean or RewardPoolingKind.DiscountedSum => 1,
        _ => 0,
    };

    private readonly RewardPoolingKind PoolingKind => (RewardPoolingKind)Kind;

    /// <summary>What a reward adds to a sum.</summary>
    /// <param name="pass">Which sum.</param>
    /// <param name="at">The reward's number in the row.</param>
    /// <param name="reward">The reward.</param>
    /// <param name="sums">Of the row, so far; it has the row's length.</param>
    public readonly float Term(int pass, int at, float reward, in PoolingSums sums)
    {
        if (at >= sums.Length)
        {
            return 0f;
        }

        float value = RewardSums.Value(reward);
        if (pass == 0)
        {
            return PoolingKind != RewardPoolingKind.DiscountedSum ? value
                : at < PowerCount ? RewardPoolingOp.Term(Powers[FirstPower + at], value)
                : 0f;
        }

        float distance = value - sums.Max;
        float deviation = distance - sums.Mean;
        return pass == 1 ? distance : RewardPoolingOp.Term(deviation, deviation);
    }

    /// <summary>Four terms.</summary>
    public readonly Quad Terms(int pass, int at, in Quad rewards, in PoolingSums sums) => new(
        Term(pass, at, rewards.A, in sums),
        Term(pass, at + 1, rewards.B, in sums),
        Term(pass, at + 2, rewards.C, in sums),
        Term(pass, at + 3, rewards.D, in sums));

    /// <summary>Takes a pass's sum.</summary>
    public static void Take(int pass, float sum, ref PoolingSums sums)
    {
        if (pass == 0)
        {
            sums.Sum = sum;
        }
        else if (pass == 1)
        {
            sums.Mean = Bits.ZeroBelowKeepNaN(Quotient(sum, sums.Length), Bits.TinyProduct);
        }
        else
        {
            sums.Variance = Quotient(sum, sums.Length);
        }
    }

    /// <summary>Takes a row's extremes; returns its status as far as they tell, -infinity being none of theirs.</summary>
    public static RowStatus Look(in RowExtremes extremes, int length, ref PoolingSums sums)
    {
        sums.Length = length;
        sums.Max = RewardSums.Value(RewardKey.Value(extremes.Largest));
        sums.Min = RewardKey.Value(extremes.Smallest);
        return RowInspection.StatusOf(
            length,
            extremes.Largest == RewardKey.NaN,
            extremes.Largest == RewardKey.PositiveInfinity,
            extremes.Largest != RewardKey.NegativeInfinity);
    }

    /// <summary>A row's result.</summary>
    /// <param name="look">The row's status by its rewards.</param>
    /// <param name="included">How many of them are not -infinity.</param>
    /// <param name="sums">All that there is to know of the row.</param>
    public readonly (float Reward, RowStatus Status) Result(RowStatus look, int included, in PoolingSums sums)
    {
        if (included < sums.Length && (look == RowStatus.Ok || look == RowStatus.AllExcluded))
        {
            return (float.NegativeInfinity, RowStatus.Ok);
        }

        if (look != RowStatus.Ok)
        {
            return (0f, look);
        }

        if (PoolingKind == RewardPoolingKind.LogProduct)
        {
            // By bits: a device may take a subnormal number for 0.
            return Bits.Of(sums.Min) > MinusZero
                ? (0f, RowStatus.RewardNegative)
                : (sums.Product.Log(), RowStatus.Ok);
        }

        float reward = Reward(in sums);
        return (reward, KernelHeadRow.IsFinite(reward) ? RowStatus.Ok : RowStatus.RewardOutOfRange);
    }

    private readonly float Reward(in PoolingSums sums) => PoolingKind switch
    {
        RewardPoolingKind.Last => RewardSums.Value(sums.Last),
        RewardPoolingKind.Min => RewardSums.Value(sums.Min),
        RewardPoolingKind.Max => sums.Max,
        RewardPoolingKind.Product => sums.Product.ToFloat(),
        RewardPoolingKind.Mean => Quotient(sums.Sum, sums.Length),
        RewardPoolingKind.MeanLessVariance =>
            Quotient(sums.Sum, sums.Length) - RewardPoolingOp.Term(VarianceWeight, sums.Variance),
        _ => sums.Sum,
    };

    /// <summary>A quotient of what may have overflowed, which devices' division takes for a number.</summary>
    private static float Quotient(float sum, int count) => KernelHeadRow.IsFinite(sum) ? Division.Div(sum, count) : sum;
}
