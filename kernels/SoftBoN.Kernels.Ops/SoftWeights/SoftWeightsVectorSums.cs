using System.Numerics;
using System.Runtime.CompilerServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// The canonical sums of a row in vectors. Lanes of a segment that lie in four vectors are one column: its elements, 128
/// apart, are added in index order, four vectors side by side to fill the latency of the exponential, and the column ends
/// in one fold.
/// </summary>
/// <param name="row">The row.</param>
/// <param name="exps">Where exp(x) of each candidate goes; null where nobody wants it.</param>
internal unsafe ref struct SoftWeightsVectorSums(VectorRow row, float* exps) : ISoftWeightsRow
{
    private readonly VectorRow row = row;
    private readonly float* exps = exps;

    /// <summary>Only the sum of exp(x) is wanted.</summary>
    public bool SumOnly;

    private float* values;
    private bool flush;
    private float unit;
    private float maxTerm;
    private float inverse;
    private float zeroBelow;

    public SoftWeightsSums SumsAt(TiltMode mode, float lambda)
    {
        TiltScale scale = TiltScale.For(mode, lambda);
        RowInspection inspection = row.Inspection;
        inspection.Max = Bits.ZeroBelowKeepNaN(inspection.Max, scale.ZeroBelow);
        var sums = new SoftWeightsSums
        {
            Mode = mode,
            Scale = scale,
            Lambda = lambda,
            IsNegative = row.IsNegative,
            Row = inspection,
        };
        Aim(in sums);
        if (flush)
        {
            Sum<On>(ref sums);
        }
        else
        {
            Sum<Off>(ref sums);
        }

        if (mode == TiltMode.Flat && !SumOnly)
        {
            sums.Deviations = FlatDeviations(in sums);
        }

        return sums;
    }

    /// <summary>Adds what log-mean-exp needs besides the sum, which is nothing for most rows.</summary>
    public void CompleteForLogMeanExp(ref SoftWeightsSums sums)
    {
        float complements = sums.NeedsComplements ? Complements() : 0f;
        sums.Complements = complements;
        if (SumOnly && sums.IsLinear)
        {
            SumOnly = false;
            sums = SumsAt(sums.Mode, sums.Lambda);
            sums.Complements = complements;
        }
    }

    /// <summary>The sum of 1 - exp(x) at the lambda of the last sums.</summary>
    private readonly float Complements()
    {
        CanonicalSum total = default;
        float* lanes = stackalloc float[CanonicalSum.Lanes];
        Vector<float> excluded = Vector.Create(float.NegativeInfinity);
        for (int segment = 0; segment < row.Padded; segment += CanonicalSum.SegmentLength)
        {
            int length = Math.Min(CanonicalSum.SegmentLength, row.Padded - segment);
            new Span<float>(lanes, CanonicalSum.Lanes).Clear();
            for (int i = 0; i < length; i += Vector<float>.Count)
            {
                Vector<float> v = Vector.Load(values + segment + i);
                Vector<float> term = Bits.ZeroBelow(
                    -Exponential.Expm1(X<On>(v, out _)), Vector.Create(Bits.TinyProduct));
                term = Vector.AndNot(term, Vector.Equals(v, excluded).As<int, float>());
                float* lane = lanes + (i % CanonicalSum.Lanes);
                (Vector.Load(lane) + term).Store(lane);
            }

            total.AddSegment(CanonicalSum.CombineLanes(lanes));
        }

        return total.Total();
    }

    /// <summary>Writes the log-weights at the lambda of the last sums.</summary>
    public readonly void WriteLogWeights(in SoftWeightsSums sums, float* logWeights)
    {
        float logSum = Logarithm.Log(sums.Sum);
        Vector<float> excluded = Vector.Create(float.NegativeInfinity);
        Vector<float> lowest = Vector.Create(-float.MaxValue);
        float* tail = stackalloc float[Vector<float>.Count];
        for (int i = 0; i < row.View.Length; i += Vector<float>.Count)
        {
            Vector<float> v = Vector.Load(values + i);
            Vector<float> x = X<On>(v, out _);
            x = Vector.ConditionalSelect(Vector.GreaterThan(x, lowest), x, lowest) - Vector.Create(logSum);
            x = Vector.ConditionalSelect(Vector.Equals(v, excluded), excluded, x);
            if (i + Vector<float>.Count <= row.View.Length)
            {
                x.Store(logWeights + i);
            }
            else
            {
                x.Store(tail);
                new ReadOnlySpan<float>(tail, row.View.Length - i)
                    .CopyTo(new Span<float>(logWeights + i, row.View.Length - i));
            }
        }
    }

    /// <summary>Rows at lambda 0 and infinity become rows of 0 and -infinity, tilted like any other.</summary>
    private void Aim(in SoftWeightsSums sums)
    {
        unit = sums.Scale.Unit;
        zeroBelow = sums.Scale.ZeroBelow;
        if (sums.Mode == TiltMode.Tilted)
        {
            values = row.Values;
            flush = row.HasToFlush(in sums.Scale);
            maxTerm = -unit * sums.Row.Max;
            inverse = sums.Scale.Inverse;
        }
        else
        {
            values = row.Plateau(sums.Mode == TiltMode.Hard ? sums.Row.Max : float.NaN, in sums.Scale);
            flush = false;
            maxTerm = 0f;
            inverse = 1f;
        }
    }

    private readonly void Sum<TFlush>(ref SoftWeightsSums sums)
        where TFlush : IFlag
    {
        if (row.Padded > CanonicalSum.SegmentLength)
        {
            SumLong<TFlush>(ref sums);
        }
        else
        {
            (sums.Sum, sums.Squares, sums.Deviations) = Segment<TFlush>(0, row.Padded);
        }
    }

    private readonly void SumLong<TFlush>(ref SoftWeightsSums sums)
        where TFlush : IFlag
    {
        CanonicalSum sum = default;
        CanonicalSum squares = default;
        CanonicalSum deviations = default;
        for (int segment = 0; segment < row.Padded; segment += CanonicalSum.SegmentLength)
        {
            int length = Math.Min(CanonicalSum.SegmentLength, row.Padded - segment);
            (float s, float q, float d) = Segment<TFlush>(segment, length);
            sum.AddSegment(s);
            squares.AddSegment(q);
            deviations.AddSegment(d);
        }

        sums.Sum = sum.Total();
        sums.Squares = squares.Total();
        sums.Deviations = deviations.Total();
    }

    private readonly (float Sum, float Squares, float Deviations) Segment<TFlush>(int start, int length)
        where TFlush : IFlag
    {
        if (!SumOnly)
        {
            return exps == null ? Columns<TFlush, On, Off>(start, length) : Columns<TFlush, On, On>(start, length);
        }

        return exps == null ? Columns<TFlush, Off, Off>(start, length) : Columns<TFlush, Off, On>(start, length);
    }

    private readonly (float Sum, float Squares, float Deviations) Columns<TFlush, TAll, TStore>(int start, int length)
        where TFlush : IFlag
        where TAll : IFlag
        where TStore : IFlag
    {
        Vector<float>* sums = stackalloc Vector<float>[SegmentFolds.Capacity];
        Vector<float>* squares = stackalloc Vector<float>[SegmentFolds.Capacity];
        Vector<float>* deviations = stackalloc Vector<float>[SegmentFolds.Capacity];
        int columns = Math.Min(length, CanonicalSum.Lanes) / LaneFold.LanesPerFold;
        for (int column = 0; column < columns; column++)
        {
            int lane = column * LaneFold.LanesPerFold;
            Column<TFlush, TAll, TStore>(
                start + lane, start + length, out sums[column], out squares[column], out deviations[column]);
        }

        return TAll.Value
            ? (SegmentFolds.Combine(sums, columns),
                SegmentFolds.Combine(squares, columns),
                SegmentFolds.Combine(deviations, columns))
            : (SegmentFolds.Combine(sums, columns), 0f, 0f);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Column<TFlush, TAll, TStore>(
        int start, int end, out Vector<float> sum, out Vector<float> square, out Vector<float> deviation)
        where TFlush : IFlag
        where TAll : IFlag
        where TStore : IFlag
    {
        int width = Vector<float>.Count;
        Vector<float> s0 = Vector<float>.Zero, s1 = s0, s2 = s0, s3 = s0;
        Vector<float> q0 = s0, q1 = s0, q2 = s0, q3 = s0;
        Vector<float> t0 = s0, t1 = s0, t2 = s0, t3 = s0;
        for (int i = start; i < end; i += CanonicalSum.Lanes)
        {
            Vector<float> e0 = X<TFlush>(Vector.Load(values + i), out Vector<float> d0);
            Vector<float> e1 = X<TFlush>(Vector.Load(values + i + width), out Vector<float> d1);
            Vector<float> e2 = X<TFlush>(Vector.Load(values + i + (2 * width)), out Vector<float> d2);
            Vector<float> e3 = X<TFlush>(Vector.Load(values + i + (3 * width)), out Vector<float> d3);
            Exponential.Exp4(ref e0, ref e1, ref e2, ref e3);
            s0 += e0;
            s1 += e1;
            s2 += e2;
            s3 += e3;
            if (TStore.Value)
            {
                e0.Store(exps + i);
                e1.Store(exps + i + width);
                e2.Store(exps + i + (2 * width));
                e3.Store(exps + i + (3 * width));
            }

            if (TAll.Value)
            {
                Vector<float> tiny = Vector.Create(Bits.TinyProduct);
                q0 += Bits.ZeroBelow(e0 * e0, tiny);
                q1 += Bits.ZeroBelow(e1 * e1, tiny);
                q2 += Bits.ZeroBelow(e2 * e2, tiny);
                q3 += Bits.ZeroBelow(e3 * e3, tiny);
                t0 += Bits.ZeroBelow(e0 * d0, tiny);
                t1 += Bits.ZeroBelow(e1 * d1, tiny);
                t2 += Bits.ZeroBelow(e2 * d2, tiny);
                t3 += Bits.ZeroBelow(e3 * d3, tiny);
            }
        }

        sum = LaneFold.Groups(s0, s1, s2, s3);
        square = TAll.Value ? LaneFold.Groups(q0, q1, q2, q3) : s0;
        deviation = TAll.Value ? LaneFold.Groups(t0, t1, t2, t3) : s0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly Vector<float> X<TFlush>(Vector<float> v, out Vector<float> d)
        where TFlush : IFlag
    {
        Vector<float> reward = TFlush.Value ? Bits.ZeroBelowKeepNaN(v, Vector.Create(zeroBelow)) : v;
        d = Vector.FusedMultiplyAdd(reward, Vector.Create(unit), Vector.Create(maxTerm));
        return d * Vector.Create(inverse);
    }

    /// <summary>At lambda = infinity every included candidate has weight 1 and x = 0; its d still counts.</summary>
    private readonly float FlatDeviations(in SoftWeightsSums sums)
    {
        CanonicalSum total = default;
        for (int i = 0; i < row.View.Length; i++)
        {
            float reward = row.Values[i];
            float d = SoftWeightsOp.Deviation(in sums, Bits.ZeroBelowKeepNaN(reward, zeroBelow));
            total.Add(reward == float.NegativeInfinity ? 0f : SoftWeightsOp.DeviationTerm(1f, d));
        }

        return total.Total();
    }
}
