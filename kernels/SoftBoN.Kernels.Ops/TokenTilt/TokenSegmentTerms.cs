using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>What a segment adds to each of its row's sums.</summary>
internal struct TokenSegmentTerms
{
    public float Sum;
    public float Base;
    public float Deviation;
    public float Square;
    public float Model;
    public uint Count;

    /// <summary>Makes them of a segment whose place in the row is known.</summary>
    public void Make(in KernelTokenRow row, in TokenSegmentState segment, in TokenRowSums sums, float modelMax)
    {
        if (segment.BaseOffset > float.NegativeInfinity)
        {
            Base = Arith.Mul(segment.BaseSum, Exponential.Exp2(segment.BaseOffset));
        }

        if (segment.Offset > float.NegativeInfinity)
        {
            float factor = Exponential.Exp2(segment.Offset - sums.MaxScore);
            Sum = Arith.Mul(segment.Sum, factor);
            Square = TokenRowSums.SquareTerm(segment.Squares, factor);
            Count = (uint)(int)segment.Count;
            if (row.Parameters.HasRewards)
            {
                float reward = row.Parameters.Tilt.Term(segment.Reward, sums.MaxReward);
                Deviation = TokenRowSums.DeviationTerm(segment.Deviation, factor, Sum, reward);
            }
        }

        if (segment.ModelLogit > float.NegativeInfinity)
        {
            float offset = TokenScale.For(1f).Term(segment.ModelLogit, modelMax);
            Model = Arith.Mul(segment.ModelSum, Exponential.Exp2(offset));
        }
    }
}
