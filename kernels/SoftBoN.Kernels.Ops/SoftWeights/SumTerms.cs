using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>What a candidate adds to each of its row's sums; +0 where it is excluded.</summary>
internal struct SumTerms
{
    /// <summary>Which sums are wanted besides that of exp(x).</summary>
    public const int WantSquares = 1;
    public const int WantDeviations = 2;

    /// <summary>The sums' numbers where those of segments are kept.</summary>
    public const int SumKind = 0;
    public const int SquareKind = 1;
    public const int DeviationKind = 2;
    public const int ComplementKind = 3;
    public const int Kinds = 4;

    public float Sum;
    public float Square;
    public float Deviation;

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
