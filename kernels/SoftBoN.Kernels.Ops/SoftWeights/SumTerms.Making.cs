using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <content>How terms are made.</content>
internal partial struct SumTerms
{
    /// <summary>The terms of a candidate.</summary>
    /// <param name="sums">The row's temperature and largest reward.</param>
    /// <param name="reward">The candidate's reward in the direction that lambda prefers; -infinity where excluded.</param>
    public static SumTerms Of(in SoftWeightsSums sums, float reward)
    {
        SumTerms terms = default;
        if (reward != float.NegativeInfinity)
        {
            float e = SoftWeightsOp.Exp(in sums, reward);
            float d = SoftWeightsOp.Deviation(in sums, Bits.ZeroBelowKeepNaN(reward, sums.Scale.ZeroBelow));
            terms.Sum = e;
            terms.Square = SoftWeightsOp.SquareTerm(e);
            terms.Deviation = SoftWeightsOp.DeviationTerm(e, d);
        }

        return terms;
    }
}
