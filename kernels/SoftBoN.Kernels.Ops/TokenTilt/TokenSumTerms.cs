using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>What a token adds to each of its segment's sums.</summary>
internal struct TokenSumTerms
{
    public float Sum;
    public float Base;
    public float Deviation;
    public float Square;
    public uint Count;

    /// <summary>The terms of a token that are wanted; nothing where it is not kept.</summary>
    public static TokenSumTerms Of(
        in TokenKernelArgs args, in KernelTokenRow row, float logit, float reward, in TokenSegmentState segment)
    {
        TokenSumTerms terms = default;
        if (logit == float.NegativeInfinity)
        {
            return terms;
        }

        float term = row.Parameters.Base.Term(logit, segment.Logit);
        float rewardTerm = TokenTiltOp.RewardTerm(in row.Parameters, logit, reward, segment.Logit, segment.Reward);
        float score = term + rewardTerm;
        if (args.WantsBase)
        {
            terms.Base = Exponential.Exp2(term);
        }

        if (score > float.NegativeInfinity)
        {
            terms.Sum = Exponential.Exp2(score - segment.Score);
            terms.Count = 1;
            if (args.Wants(TokenOutputFlag.EffectiveSampleSize))
            {
                terms.Square = SoftWeightsOp.SquareTerm(terms.Sum);
            }

            if (args.WantsDeviations)
            {
                terms.Deviation = TokenTiltOp.DeviationTerm(terms.Sum, rewardTerm);
            }
        }

        return terms;
    }
}
