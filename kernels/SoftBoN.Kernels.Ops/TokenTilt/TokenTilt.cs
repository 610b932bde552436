using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>The arguments of the token tilt: flat, checked, null where something is absent or not wanted.</summary>
internal unsafe struct TokenTiltArgs
{
    public TokenSource Logits;

    /// <summary>The number of tokens of every row.</summary>
    public int Columns;

    /// <summary>The number of the first token; 0, but for a shard of a vocabulary, where it is a multiple of 1024.</summary>
    public int FirstToken;

    /// <summary>The number of tokens of the whole vocabulary.</summary>
    public int Vocabulary;

    /// <summary>Whether all sums of segments are wanted, whatever the outputs.</summary>
    public bool SumsAll;

    /// <summary>Which row of logits, mask and sparse rewards a row reads; null where its own.</summary>
    public int* RowMap;

    /// <summary>Words of a mask, one bit per token, and words from a row's mask to the next row's.</summary>
    public uint* Mask;
    public long MaskStride;

    /// <summary>Dense rewards.</summary>
    public TokenSource Rewards;

    /// <summary>Which row of dense rewards a row reads; null where its own.</summary>
    public int* RewardMap;

    /// <summary>Sparse rewards: where rows start, the tokens, their rewards.</summary>
    public long* SparseStarts;
    public int* SparseTokens;
    public float* SparseValues;

    /// <summary>
    /// Whether maps and sparse rewards' offsets were not looked at before: then rows of which they name nothing are refused.
    /// </summary>
    public bool ChecksNumbers;

    /// <summary>How many rows there are of logits and of dense rewards, and how many sparse rewards, where that is checked.</summary>
    public int LogitRows;
    public int RewardRows;
    public long SparseCount;

    public LambdaArg Lambda;
    public PerRowArg<float> Temperature;
    public PerRowArg<TokenTiltMode> Mode;
    public PerRowArg<int> TopK;
    public PerRowArg<float> TopP;
    public PerRowArg<float> MinP;
    public PerRowArg<float> TopNSigma;

    /// <summary>The least logit that is kept, found elsewhere; -infinity keeps all.</summary>
    public PerRowArg<float> LeastLogit;
    public PerRowArg<ulong> Seed;
    public PerRowArg<ulong> Position;

    /// <summary>No positions were given: row i has position i.</summary>
    public bool PositionIsRow;

    public TokenNoise Noise;
    public int Draws;

    /// <summary>Proposals per draw of symbolwise soft best-of-n.</summary>
    public int Proposals;

    /// <summary>How many of the likeliest tokens are wanted.</summary>
    public int Top;

    /// <summary>One per draw.</summary>
    public int* Token;
    public int* Rank;
    public float* LogProbability;
    public float* BaseLogProbability;
    public float* ModelLogProbability;

    /// <summary>Top per row.</summary>
    public int* TopToken;
    public float* TopLogProbability;

    /// <summary>All tokens' logits after the tilt; no values where not wanted. May be the logits' own place.</summary>
    public TokenSource TiltedLogits;

    /// <summary>All tokens' probabilities under the tilt.</summary>
    public TokenSource Probabilities;

    /// <summary>One per row.</summary>
    public float* LeastKept;
    public float* LogSumExp;
    public float* BaseLogSumExp;
    public float* Kl;
    public float* EffectiveSampleSize;
    public RowStatus* Status;

    public readonly bool HasRewards => Rewards.Values != null || SparseStarts != null;

    public readonly bool WantsDraws =>
        Token != null || Rank != null || LogProbability != null || BaseLogProbability != null || WantsModel;

    /// <summary>Whether an output is made of the sum of a row's weights.</summary>
    public readonly bool WantsSum =>
        LogSumExp != null || Kl != null || EffectiveSampleSize != null || LogProbability != null
        || TopLogProbability != null || WantsTokens;

    public readonly bool WantsModel => ModelLogProbability != null;

    /// <summary>Whether something is wanted of every token.</summary>
    public readonly bool WantsTokens => TiltedLogits.Values != null || Probabilities.Values != null;

    public readonly bool WantsTop => TopToken != null || TopLogProbability != null;

    /// <summary>Whether what a row reads is there.</summary>
    public readonly bool IsFound(long row) => !ChecksNumbers
        || ((RowMap == null || (uint)RowMap[row] < (uint)LogitRows)
            && (RewardMap == null || (uint)RewardMap[row] < (uint)RewardRows));

    /// <summary>The row of logits that a row reads.</summary>
    public readonly long SourceRow(long row) => RowMap == null ? row : RowMap[row];

    public readonly TokenLogits LogitsOf(long row)
    {
        long source = SourceRow(row);
        return new(Logits[source], Mask == null ? null : Mask + (source * MaskStride), Columns);
    }

    /// <summary>The dense rewards of a row.</summary>
    public readonly TokenValues DenseRewardsOf(long row) => Rewards[RewardMap == null ? row : RewardMap[row]];

    /// <summary>The key of a row's noise.</summary>
    public readonly NoiseKey KeyOf(uint purpose, long row, int number) =>
        NoiseKey.For(purpose, Seed[row], PositionIsRow ? (ulong)row : Position[row], number);
}

/// <summary>
/// Tokens of a vocabulary under p(v) exp(reward_v / lambda) / Z. TokenTilt.md has the formulas. What is here is the one
/// expression of each result that every path shares.
/// </summary>
internal static unsafe partial class TokenTiltOp
{
    /// <summary>The most proposals of a draw.</summary>
    public const int MostProposals = 1024;

    /// <summary>The most of the likeliest tokens that are named.</summary>
    public const int MostTop = 20;

    /// <summary>
    /// 2^30: the mass of the likeliest token in truncation, so that masses are exact in a signed integer.
    /// </summary>
    public const float UnitMass = 1073741824f;
    private const int UnitMassBits = 30;

    /// <summary>A reward as it counts, in the direction that lambda prefers.</summary>
    public static float Reward(float reward, bool isNegative) =>
        Bits.ZeroBelowKeepNaN(RowInspection.Directed(reward, isNegative), Bits.TinyProduct);

    /// <summary>
    /// A token's reward term; -infinity where its logit is not in play, or no reward of the segment is.
    /// </summary>
    /// <param name="parameters">The row's parameters.</param>
    /// <param name="logit">The token's logit.</param>
    /// <param name="reward">The token's reward in lambda's direction.</param>
    /// <param name="pivot">The largest logit of its segment.</param>
    /// <param name="largest">The largest reward in play of its segment.</param>
    public static float RewardTerm(
        in TokenParameters parameters, float logit, float reward, float pivot, float largest)
    {
        if (!parameters.Base.IsInPlay(logit, pivot))
        {
            return float.NegativeInfinity;
        }

        return !parameters.HasRewards ? 0f
            : largest == float.NegativeInfinity ? float.NegativeInfinity
            : parameters.Tilt.Term(reward, largest);
    }

    /// <summary>
    /// A term of the sum of weight times reward term; +0 where the weight is 0, whatever the term is.
    /// </summary>
    public static float DeviationTerm(float e, float term)
    {
        float raised = term > TokenRowSums.LeastDeviation ? term : TokenRowSums.LeastDeviation;
        return Bits.ZeroBelow(Arith.Mul(e, raised), Bits.TinyProduct);
    }

    /// <summary>A token's mass in truncation by probability.</summary>
    /// <param name="term">Its base term relative to the row's largest logit.</param>
    public static uint Mass(float term) => (uint)(int)Arith.Mul(Exponential.Exp2(term), UnitMass);

    /// <summary>The least mass that the kept tokens have together.</summary>
    /// <param name="total">The mass of all of them.</param>
    /// <param name="probability">Top-p, below 1.</param>
    public static ulong TargetMass(ulong total, float probability)
    {
        const ulong Rest = (1ul << UnitMassBits) - 1;
        ulong p = (uint)(int)Arith.Mul(probability, UnitMass);
        ulong target = ((total >> UnitMassBits) * p) + ((((total & Rest) * p) + Rest) >> UnitMassBits);
        return target > 0 ? target : 1;
    }

    /// <summary>The key of a segment: the log of its share of the row's sum, and noise.</summary>
    public static float SegmentKey(float offset, float maxScore, float sum, float noise) =>
        Arith.Fma(offset - maxScore, TokenScale.Ln2, Logarithm.Log(sum)) + noise;

    /// <summary>The key of a token in its segment.</summary>
    public static float TokenKey(float score, float segmentScore, float noise) =>
        Arith.Fma(score - segmentScore, TokenScale.Ln2, noise);

    /// <summary>The key of a segment's best token in the row.</summary>
    public static float RowKey(float key, float offset, float maxScore) =>
        key + Arith.Mul(offset - maxScore, TokenScale.Ln2);

    /// <summary>A token's score as a power of two relative to the row's best.</summary>
    public static float X(float score, float segmentScore, float offset, float maxScore) =>
        (score - segmentScore) + (offset - maxScore);

    /// <summary>The same; -infinity where the token is not in play.</summary>
    public static float XInPlay(float score, float segmentScore, float offset, float maxScore) =>
        score > float.NegativeInfinity && offset > float.NegativeInfinity
            ? X(score, segmentScore, offset, maxScore)
            : float.NegativeInfinity;

    /// <summary>Log-probability in nats.</summary>
    /// <param name="x">Powers of two below the largest.</param>
    /// <param name="sum">The sum of all powers of two relative to the largest.</param>
    public static float LogProbability(float x, float sum) => Bits.ZeroBelowKeepNaN(
        Arith.Fma(x, TokenScale.Ln2, -Logarithm.Log(sum)), Bits.TinyResult);

    /// <summary>The scale of the model's own law.</summary>
    private static readonly TokenScale ModelScale = TokenScale.For(1f);

    /// <summary>The sum of the model's powers of two; NaN where a logit is NaN or +infinity.</summary>
    public static float MergeModel(TokenSegments segments, int count)
    {
        float max = segments.ModelMax(count);
        if (!(max <= float.MaxValue))
        {
            return float.NaN;
        }

        CanonicalSum sum = default;
        for (int s = 0; s < count; s++)
        {
            float offset = ModelScale.Term(segments.ModelLogit[s], max);
            sum.AddSegment(Arith.Mul(segments.ModelSum[s], Exponential.Exp2(offset)));
        }

        return sum.Total();
    }

    /// <summary>The model's log-probability of a token; NaN where a logit of the row is NaN or +infinity.</summary>
    /// <param name="logit">The token's logit.</param>
    /// <param name="segmentLogit">The largest logit of its segment.</param>
    /// <param name="max">The largest of all.</param>
    /// <param name="sum">The sum of <see cref="MergeModel"/>.</param>
    public static float ModelLogProbabilityOf(float logit, float segmentLogit, float max, float sum) =>
        float.IsNaN(sum)
            ? Bits.ToFloat(Bits.NoResult)
            : ModelLogProbabilityOf(in ModelScale, logit, segmentLogit, max, sum);

    /// <inheritdoc cref="ModelLogProbabilityOf(float, float, float, float)"/>
    /// <param name="scale">That of temperature 1.</param>
    /// <param name="logit">The token's logit.</param>
    /// <param name="segmentLogit">The largest logit of its segment.</param>
    /// <param name="max">The largest of all.</param>
    /// <param name="sum">The sum; not NaN.</param>
    public static float ModelLogProbabilityOf(
        in TokenScale scale, float logit, float segmentLogit, float max, float sum) =>
        LogProbability(scale.Term(logit, segmentLogit) + scale.Term(segmentLogit, max), sum);

    /// <summary>The best of a draw's proposals: reward terms and Gumbel noise; -1 where all are excluded.</summary>
    /// <param name="rewards">The proposals' rewards in lambda's direction.</param>
    /// <param name="count">How many.</param>
    /// <param name="parameters">The row's parameters.</param>
    /// <param name="key">The noise of the choice.</param>
    public static int ChooseProposal(float* rewards, int count, in TokenParameters parameters, in NoiseKey key)
    {
        float max = float.NegativeInfinity;
        for (int j = 0; j < count; j++)
        {
            max = rewards[j] > max ? rewards[j] : max;
        }

        int best = -1;
        float bestKey = float.NegativeInfinity;
        for (int j = 0; j < count && max > float.NegativeInfinity; j++)
        {
            float noise = Noise.Gumbel(Philox4x32.Word(in key, (uint)j));
            float proposalKey = TokenKey(parameters.Tilt.Term(rewards[j], max), 0f, noise);
            if (proposalKey > bestKey)
            {
                (best, bestKey) = (j, proposalKey);
            }
        }

        return best;
    }

    /// <summary>Spreads a row's sparse rewards over its vocabulary; tokens that are not named have 0.</summary>
    public static RowStatus Scatter(in TokenTiltArgs args, long row, float* rewards)
    {
        long source = args.SourceRow(row);
        new Span<float>(rewards, args.Columns).Clear();
        int last = -1;
        long end = args.SparseStarts[source + 1];
        if (args.ChecksNumbers && (args.SparseStarts[source] < 0 || end < args.SparseStarts[source] || end > args.SparseCount))
        {
            return RowStatus.SparseRewardsInvalid;
        }

        for (long i = args.SparseStarts[source]; i < end; i++)
        {
            int token = args.SparseTokens[i];
            if (token <= last || token >= args.Columns)
            {
                return RowStatus.SparseRewardsInvalid;
            }

            rewards[token] = args.SparseValues[i];
            last = token;
        }

        return RowStatus.Ok;
    }
}
