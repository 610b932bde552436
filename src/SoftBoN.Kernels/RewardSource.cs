using SoftBoN.Kernels.Ops;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels;

/// <summary>Where a plan's rewards come from.</summary>
internal enum RewardSourceKind : byte
{
    Head,
    Tokens,
    Given,
}

/// <summary>Where a plan's rewards come from, and what is prepared for it once.</summary>
internal sealed unsafe class RewardSource
{
    /// <summary>Floats in a line of the nearest cache, at which prepared weights start.</summary>
    private const int Line = 16;

    private readonly RewardScoringArgs head;
    private readonly RewardPooling pooling;

    /// <summary>What the head's arguments point into.</summary>
    private readonly float[] weights = [];
    private readonly float[] bias = [];
    private readonly float[] mixture = [];

    /// <summary>The discounts of rows as long as any that was pooled so far.</summary>
    private volatile float[] powers = [];

    private RewardSource(RewardSourceKind kind, int members) => (Kind, Members) = (kind, members);

    private RewardSource(RewardPooling pooling)
        : this(RewardSourceKind.Tokens, 1) => this.pooling = pooling;

    private RewardSource(RewardHead given, ReadOnlySpan<float> shares, bool isGated)
        : this(RewardSourceKind.Head, shares.IsEmpty && !isGated ? given.Weights.Rows : 1)
    {
        IsGated = isGated;
        int stride = RewardScoringOp.PreparedStride(given.Weights.Columns);
        weights = GC.AllocateArray<float>(checked((given.Weights.Rows * stride) + Line), pinned: true);
        bias = PinnedCopy.Of(given.Bias);
        mixture = PinnedCopy.Of(shares);
        float* prepared = (float*)(((nuint)PinnedCopy.Address(weights) + ((Line * sizeof(float)) - 1))
            / (Line * sizeof(float)) * (Line * sizeof(float)));
        fixed (byte* memory = &given.Weights.Start)
        {
            head = new RewardScoringArgs
            {
                Dimension = given.Weights.Columns,
                Weights = new TokenSource
                {
                    Values = memory,
                    Element = given.Weights.Element,
                    RowStride = given.Weights.RowStride,
                },
                Heads = given.Weights.Rows,
                Bias = PinnedCopy.Address(bias),
                Mixture = PinnedCopy.Address(mixture),
                GatingStride = given.Weights.Rows,
            };
            RewardScoringCheck.IfNotFinite(in head);
            RewardScoringOp.PrepareWeights(in head, prepared);
        }

        // Prepared weights are what every path makes of weights, so they serve as weights too.
        head.Prepared = prepared;
        head.Weights = new TokenSource { Values = prepared, Element = TokenElement.Float32, RowStride = stride };
    }

    public RewardSourceKind Kind { get; }

    /// <summary>Rewards per candidate.</summary>
    public int Members { get; }

    /// <summary>Whether each candidate has shares of its own.</summary>
    public bool IsGated { get; }

    public int Heads => head.Heads;

    public int Dimension => head.Dimension;

    /// <summary>The head's weights as every path reads them, float32, rows as far apart as <see cref="PreparedStride"/>.</summary>
    public ReadOnlySpan<float> PreparedWeights => new(head.Prepared, head.Heads * PreparedStride);

    public int PreparedStride => RewardScoringOp.PreparedStride(head.Dimension);

    public ReadOnlySpan<float> Bias => bias;

    public ReadOnlySpan<float> Mixture => mixture;

    public static RewardSource Given(int members) => new(RewardSourceKind.Given, members);

    public static RewardSource OfTokens(RewardPooling pooling) => new(pooling);

    public static RewardSource OfHead(RewardHead head, ReadOnlySpan<float> mixture, bool isGated)
    {
        if (!head.Weights.IsGiven || head.Weights.Columns == 0)
        {
            Throw.Argument(
                "The head has no weights; pass TokenMatrix.Of(values, heads, dimension), dimension at least 1.",
                nameof(head));
        }

        RewardScoringCheck.CheckHead(head);
        RewardScoringCheck.CheckMixture(head.Weights.Rows, mixture);
        return new RewardSource(head, mixture, isGated);
    }

    /// <summary>The head's arguments, without hidden values and outputs; valid while this is kept alive.</summary>
    public RewardScoringArgs HeadArgs() => head;

    /// <summary>The pooling's arguments, without rows and outputs.</summary>
    /// <param name="longest">The longest row.</param>
    /// <param name="discounts">What the arguments point into; keep it alive.</param>
    public RewardPoolingArgs TokenArgs(int longest, out float[] discounts)
    {
        discounts = powers;
        if (pooling.Kind == RewardPoolingKind.DiscountedSum && (discounts.Length == 0 || IsTooShort(discounts, longest)))
        {
            // Twice as many as are needed: rows that grow a little each call are no reason to allocate each time.
            discounts = PinnedCopy.Of<float>(pooling.Discounts((int)Math.Min(2L * longest, RewardPoolingOp.LongestRow)));
            powers = discounts;
        }

        return new RewardPoolingArgs
        {
            Kind = pooling.Kind,
            VarianceWeight = pooling.Parameter,
            Powers = PinnedCopy.Address(discounts),
            PowerCount = discounts.Length,
        };
    }

    /// <summary>Powers that ended before they were asked to have nothing left but zeros.</summary>
    private bool IsTooShort(float[] discounts, int longest) =>
        discounts.Length < longest && Arith.Mul(discounts[^1], pooling.Parameter) >= Bits.TinyProduct;
}
