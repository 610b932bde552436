using System.Numerics;
using System.Runtime.CompilerServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// The logits, or the rewards, of a segment in vector form: 0 and -infinity in place of values at temperatures 0 and
/// infinity, so that one expression serves all.
/// </summary>
internal unsafe struct TokenTerms
{
    /// <summary>Pivots this small have values beside them that count as 0 and must be made so.</summary>
    private const float FlushBelow = 2.6469779601696886e-23f;

    /// <summary>2^-26: half of the distance of neighbouring floats is at least this part of them.</summary>
    private const float LeastStep = 1.4901161e-8f;

    public float* Values;

    /// <summary>-pivot / 2.</summary>
    public float PivotTerm;

    /// <summary>From halved differences to powers of two.</summary>
    public float Inverse2;

    /// <summary>Whether a term may be so small that it counts as 0.</summary>
    public bool Flush;

    /// <summary>Brings values that were looked at into this form.</summary>
    /// <param name="scale">The temperature's scale.</param>
    /// <param name="values">The values.</param>
    /// <param name="padded">How many, whole folds.</param>
    /// <param name="pivot">The largest; finite; +0 where it counts as 0.</param>
    /// <param name="buffer">Room for them where they cannot stay as they are.</param>
    public static TokenTerms Of(in TokenScale scale, float* values, int padded, float pivot, float* buffer)
    {
        if (MathF.Abs(pivot) < FlushBelow)
        {
            TokenLoad.Flush(values, padded, buffer);
            values = buffer;
        }

        if (scale.Mode == TiltMode.Tilted)
        {
            return new TokenTerms
            {
                Values = values,
                PivotTerm = -0.5f * pivot,
                Inverse2 = scale.Inverse2,
                Flush = !(MathF.Abs(pivot) * LeastStep * scale.Inverse2 >= Bits.TinyProduct),
            };
        }

        TokenLoad.Plateau(values, padded, scale.Mode == TiltMode.Hard ? pivot : float.NaN, buffer);
        return new TokenTerms { Values = buffer, PivotTerm = 0f, Inverse2 = 2f };
    }

    /// <summary>Sum of 2^term.</summary>
    public readonly float Sum(int padded) => Flush ? Sum<On>(padded) : Sum<Off>(padded);

    /// <summary>The terms themselves.</summary>
    public readonly void Store(int padded, float* scores)
    {
        if (Flush)
        {
            Store<On>(padded, scores);
        }
        else
        {
            Store<Off>(padded, scores);
        }
    }

    /// <summary>Terms of whole vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Vector<float> At<TFlush>(int place)
        where TFlush : IFlag
    {
        Vector<float> difference = Vector.FusedMultiplyAdd(
            Vector.Load(Values + place), Vector.Create(0.5f), Vector.Create(PivotTerm));
        Vector<float> term = difference * Vector.Create(Inverse2);
        return TFlush.Value ? Bits.ZeroBelowKeepNaN(term, Vector.Create(Bits.TinyProduct)) : term;
    }

    /// <summary>The term of one value.</summary>
    public readonly float At(int place)
    {
        float term = Arith.Mul(Arith.Fma(Values[place], 0.5f, PivotTerm), Inverse2);
        return Flush ? Bits.ZeroBelowKeepNaN(term, Bits.TinyProduct) : term;
    }

    [MethodImpl(HotLoop)]
    private readonly float Sum<TFlush>(int padded)
        where TFlush : IFlag
    {
        Vector<float>* folds = stackalloc Vector<float>[SegmentFolds.Capacity];
        if (WideExponential.IsWider && !TFlush.Value)
        {
            float* exps = stackalloc float[CanonicalSum.SegmentLength];
            WideExponential.Make(Values, exps, padded, 0.5f, PivotTerm, Inverse2);
            return VectorSums.SegmentSum(exps, padded, folds);
        }

        int width = Vector<float>.Count;
        TokenTerms terms = this;
        int columns = 0;
        for (int lane = 0; lane < CanonicalSum.Lanes && lane < padded; lane += 4 * width)
        {
            Vector<float> s0 = Vector<float>.Zero;
            Vector<float> s1 = s0;
            Vector<float> s2 = s0;
            Vector<float> s3 = s0;
            for (int i = lane; i < padded; i += CanonicalSum.Lanes)
            {
                Vector<float> e0 = terms.At<TFlush>(i);
                Vector<float> e1 = terms.At<TFlush>(i + width);
                Vector<float> e2 = terms.At<TFlush>(i + (2 * width));
                Vector<float> e3 = terms.At<TFlush>(i + (3 * width));
                Exponential.Exp2(ref e0, ref e1, ref e2, ref e3);
                s0 += e0;
                s1 += e1;
                s2 += e2;
                s3 += e3;
            }

            folds[columns++] = LaneFold.Groups(s0, s1, s2, s3);
        }

        return SegmentFolds.Combine(folds, columns);
    }

    [MethodImpl(HotLoop)]
    private readonly void Store<TFlush>(int padded, float* scores)
        where TFlush : IFlag
    {
        TokenTerms terms = this;
        for (int i = 0; i < padded; i += Vector<float>.Count)
        {
            terms.At<TFlush>(i).Store(scores + i);
        }
    }
}
