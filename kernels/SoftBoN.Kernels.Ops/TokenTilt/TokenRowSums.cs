using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// A row's sums, merged from its segments. However a row was cut into pieces of whole segments, they are these.
/// </summary>
internal unsafe struct TokenRowSums
{
    /// <summary>-2^100: what a reward's term is at least where it is averaged, so that no sum overflows.</summary>
    public const float LeastDeviation = -1.2676506e30f;

    /// <summary>The largest kept logit.</summary>
    public float MaxLogit;

    /// <summary>The largest reward of tokens in play; 0 without rewards.</summary>
    public float MaxReward;

    /// <summary>The best score, as a power of two relative to the two above; at most 0.</summary>
    public float MaxScore;

    /// <summary>Sum of 2^(score - best score).</summary>
    public float Sum;

    /// <summary>Sum of 2^(base term).</summary>
    public float BaseSum;

    /// <summary>Sum of 2^(score - best score) times the reward's term.</summary>
    public float Deviations;

    /// <summary>Sum of the squares of 2^(score - best score).</summary>
    public float Squares;

    /// <summary>The number of tokens in play in segments that have weight.</summary>
    public int Count;

    /// <summary>Merges a row's segments, and places each of them relative to the row.</summary>
    /// <param name="segments">The segments; their offsets are written.</param>
    /// <param name="count">How many.</param>
    /// <param name="parameters">The row's parameters.</param>
    /// <param name="sums">The sums; what they hold is of use where the row has a result.</param>
    /// <returns>Ok, or why the row has no result.</returns>
    public static RowStatus Merge(
        TokenSegments segments, int count, in TokenParameters parameters, out TokenRowSums sums)
    {
        sums = new TokenRowSums { MaxLogit = float.NegativeInfinity };
        for (int s = 0; s < count; s++)
        {
            sums.MaxLogit = segments.Logit[s] > sums.MaxLogit ? segments.Logit[s] : sums.MaxLogit;
        }

        if (sums.MaxLogit == float.NegativeInfinity || !sums.FindMaxReward(segments, count, in parameters))
        {
            return RowStatus.AllExcluded;
        }

        sums.Place(segments, count, in parameters);
        if (sums.MaxScore == float.NegativeInfinity)
        {
            return RowStatus.ScoresOutOfRange;
        }

        sums.Add(segments, count, in parameters);
        return RowStatus.Ok;
    }

    /// <summary>log of the sum of exp(logit / T); the logits count 0 where T is 0 or infinite.</summary>
    public readonly float BaseLogSumExp(in TokenParameters parameters) =>
        Finite(Arith.Fma(MaxLogit, parameters.Base.Inverse, Logarithm.Log(BaseSum)));

    /// <summary>log of the sum of exp(logit / T + reward / lambda), temperatures of 0 and infinity left out.</summary>
    public readonly float LogSumExp(in TokenParameters parameters) => LogOf(Logarithm.Log(Sum), in parameters);

    /// <summary>The best token's logit / T + reward / lambda, temperatures of 0 and infinity left out.</summary>
    public readonly float BestLogit(in TokenParameters parameters) => LogOf(0f, in parameters);

    /// <summary>KL(tilt || base) in nats, at least 0; exactly 0 without rewards.</summary>
    public readonly float Kl(in TokenParameters parameters)
    {
        if (!parameters.HasRewards)
        {
            return 0f;
        }

        float mean = Division.Div(Deviations, Sum) - MaxScore;
        float kl = Arith.Fma(mean, TokenScale.Ln2, Logarithm.Log(BaseSum) - Logarithm.Log(Sum));
        return kl >= Bits.TinyResult ? kl : 0f;
    }

    /// <summary>
    /// 1 / (sum of squared probabilities under the tilt), between 1 and the number of tokens in play.
    /// </summary>
    public readonly float EffectiveSampleSize()
    {
        float size = Division.Div(Arith.Mul(Sum, Sum), Squares);
        float most = Count;
        return size < 1f ? 1f : size < most ? size : most;
    }

    private static float Clamp(float x) =>
        x > float.MaxValue ? float.MaxValue : x < -float.MaxValue ? -float.MaxValue : x;

    /// <summary>Kept within the finite floats; +0 where it is too small for a result.</summary>
    public static float Finite(float x) => Bits.ZeroBelowKeepNaN(Clamp(x), Bits.TinyResult);

    /// <summary>log of a sum of powers of two relative to the best score, in the units of the logits.</summary>
    private readonly float LogOf(float logSum, in TokenParameters parameters)
    {
        float log = Arith.Fma(MaxScore, TokenScale.Ln2, logSum);
        log = parameters.HasRewards ? Finite(Arith.Fma(MaxReward, parameters.Tilt.Inverse, log)) : log;
        return Finite(Arith.Fma(MaxLogit, parameters.Base.Inverse, log));
    }

    /// <summary>False where every token in play has a reward of -infinity.</summary>
    private bool FindMaxReward(TokenSegments segments, int count, in TokenParameters parameters)
    {
        float max = float.NegativeInfinity;
        for (int s = 0; s < count; s++)
        {
            segments.BaseOffset[s] = parameters.Base.Term(segments.Logit[s], MaxLogit);
            bool counts = segments.BaseOffset[s] > float.NegativeInfinity && segments.Reward[s] > max;
            max = counts ? segments.Reward[s] : max;
        }

        MaxReward = parameters.HasRewards ? max : 0f;
        return MaxReward > float.NegativeInfinity;
    }

    private void Place(TokenSegments segments, int count, in TokenParameters parameters)
    {
        MaxScore = float.NegativeInfinity;
        for (int s = 0; s < count; s++)
        {
            float offset = segments.BaseOffset[s];
            if (offset > float.NegativeInfinity && segments.Score[s] > float.NegativeInfinity)
            {
                float reward = parameters.HasRewards ? parameters.Tilt.Term(segments.Reward[s], MaxReward) : 0f;
                offset = (offset + reward) + segments.Score[s];
            }
            else
            {
                offset = float.NegativeInfinity;
            }

            segments.Offset[s] = offset;
            MaxScore = offset > MaxScore ? offset : MaxScore;
        }
    }

    private void Add(TokenSegments segments, int count, in TokenParameters parameters)
    {
        CanonicalSum sum = default;
        CanonicalSum baseSum = default;
        CanonicalSum deviations = default;
        CanonicalSum squares = default;
        for (int s = 0; s < count; s++)
        {
            float factor = Exponential.Exp2(segments.Offset[s] - MaxScore);
            float term = Arith.Mul(segments.Sum[s], factor);
            sum.AddSegment(term);
            baseSum.AddSegment(Arith.Mul(segments.BaseSum[s], Exponential.Exp2(segments.BaseOffset[s])));
            squares.AddSegment(SquareTerm(segments.Squares[s], factor));
            if (parameters.HasRewards)
            {
                float reward = parameters.Tilt.Term(segments.Reward[s], MaxReward);
                deviations.AddSegment(DeviationTerm(segments.Deviation[s], factor, term, reward));
            }

            Count += segments.Offset[s] > float.NegativeInfinity ? segments.Count[s] : 0;
        }

        Sum = sum.Total();
        BaseSum = baseSum.Total();
        Deviations = deviations.Total();
        Squares = squares.Total();
    }

    /// <summary>A segment's part of the sum of squares.</summary>
    public static float SquareTerm(float squares, float factor) => Bits.ZeroBelow(
        Arith.Mul(Bits.ZeroBelow(Arith.Mul(squares, factor), Bits.TinyProduct), factor), Bits.TinyProduct);

    /// <summary>
    /// A segment's part of the sum of weight times term, its terms moved to the row's largest reward.
    /// </summary>
    public static float DeviationTerm(float deviation, float factor, float term, float reward)
    {
        float own = Bits.ZeroBelow(Arith.Mul(deviation, factor), Bits.TinyProduct);
        float moved = reward > LeastDeviation ? reward : LeastDeviation;
        return Bits.ZeroBelow(Arith.Fma(term, moved, own), Bits.TinyProduct);
    }
}
