using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>The arguments of a linear reward head: flat, checked, null where an output is not wanted.</summary>
internal unsafe struct RewardScoringArgs
{
    /// <summary>Rows of hidden values, and how many each has.</summary>
    public TokenSource Hidden;
    public int Dimension;

    /// <summary>Which row of hidden values a row reads; null where its own.</summary>
    public int* RowMap;

    /// <summary>One row per head, finite.</summary>
    public TokenSource Weights;
    public int Heads;

    /// <summary>The weights as vector loops want them; see <see cref="RewardScoringOp.PrepareWeights"/>.</summary>
    public float* Prepared;

    /// <summary>One per head, finite; null where 0.</summary>
    public float* Bias;

    /// <summary>
    /// The heads' shares of the reward, finite; or a row of shares for each row; or neither, with one head.
    /// </summary>
    public float* Mixture;
    public float* Gating;
    public long GatingStride;

    /// <summary>One per row and head.</summary>
    public float* Scores;

    /// <summary>One per row.</summary>
    public float* Reward;
    public RowStatus* Status;

    public readonly TokenValues HiddenOf(long row) => Hidden[RowMap == null ? row : RowMap[row]];

    /// <summary>The heads' shares of a row's reward; null where the one head's score is the reward.</summary>
    public readonly float* SharesOf(long row) => Gating != null ? Gating + (row * GatingStride) : Mixture;
}

/// <summary>
/// Scores of hidden states by linear heads, and their mixture. RewardScoring.md has the formulas. Paths differ only in
/// how they make the dot products.
/// </summary>
internal static unsafe partial class RewardScoringOp
{
    /// <summary>Hidden values and weights as they count in a product.</summary>
    public static float Factor(float value) => Bits.ZeroBelowKeepNaN(value, Bits.TinyFactor);

    /// <summary>The canonical sum of products of two rows of values.</summary>
    private static float DotProduct(TokenValues a, TokenValues b, int length)
    {
        CanonicalSum sum = default;
        for (int i = 0; i < length; i++)
        {
            sum.AddProduct(Factor(a[i]), Factor(b[i]));
        }

        return sum.Total();
    }

    /// <summary>A row's reward: the mixture of its scores, or its one score.</summary>
    private static float Mix(float* shares, float* scores, int heads) => shares == null
        ? scores[0]
        : DotProduct(
            new TokenValues(shares, TokenElement.Float32), new TokenValues(scores, TokenElement.Float32), heads);

    /// <summary>A head's score.</summary>
    /// <param name="args">The batch.</param>
    /// <param name="head">The head.</param>
    /// <param name="sum">The canonical sum of products.</param>
    private static float Score(in RewardScoringArgs args, int head, float sum) =>
        args.Bias == null ? sum : sum + Bits.ZeroBelow(args.Bias[head], Bits.TinyProduct);

    /// <summary>
    /// What a row's scores are worth. Weights and biases are finite, so a hidden value that is not makes every score
    /// infinite or NaN: the hidden values have to be looked at only where a score is.
    /// </summary>
    private static RowStatus StatusOf(in RewardScoringArgs args, long row, float* scores)
    {
        bool isFinite = true;
        for (int head = 0; head < args.Heads; head++)
        {
            isFinite &= float.IsFinite(scores[head]);
        }

        return isFinite ? RowStatus.Ok : WhyNotFinite(args.HiddenOf(row), args.Dimension);
    }

    private static RowStatus WhyNotFinite(TokenValues hidden, int dimension)
    {
        bool anyNaN = false;
        bool anyInfinity = false;
        for (int i = 0; i < dimension; i++)
        {
            anyNaN |= float.IsNaN(hidden[i]);
            anyInfinity |= float.IsInfinity(hidden[i]);
        }

        return anyNaN ? RowStatus.HiddenNaN
            : anyInfinity ? RowStatus.HiddenInfinity
            : RowStatus.RewardOutOfRange;
    }

    /// <summary>Whether the shares of a row can be used; shared ones were looked at before.</summary>
    private static RowStatus StatusOfShares(in RewardScoringArgs args, long row)
    {
        bool isFinite = true;
        for (int head = 0; args.Gating != null && head < args.Heads; head++)
        {
            isFinite &= float.IsFinite(args.SharesOf(row)[head]);
        }

        return isFinite ? RowStatus.Ok : RowStatus.GatingInvalid;
    }

    /// <summary>Writes a row's outputs, or that it has none.</summary>
    private static void Write(in RewardScoringArgs args, long row, float* scores, float reward, RowStatus status)
    {
        status = status == RowStatus.Ok && !float.IsFinite(reward) ? RowStatus.RewardOutOfRange : status;
        float none = Bits.ToFloat(Bits.NoResult);
        bool hasResult = status == RowStatus.Ok;
        for (int head = 0; args.Scores != null && head < args.Heads; head++)
        {
            args.Scores[(row * args.Heads) + head] = hasResult ? scores[head] : none;
        }

        if (args.Reward != null)
        {
            args.Reward[row] = hasResult ? reward : none;
        }

        if (args.Status != null)
        {
            args.Status[row] = status;
        }
    }
}
