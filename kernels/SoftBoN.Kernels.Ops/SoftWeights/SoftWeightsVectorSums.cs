using System.Numerics;
using System.Runtime.CompilerServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// The canonical sums of a row in vectors. Lanes of a segment that lie in four vectors are one column: its elements, 128
/// apart, are added in index order, four vectors side by side to fill the latency of the exponential, and the column ends
/// in one fold.
/// </summary>
/// <param name="row">The row that is loaded anew for each row of the batch.</param>
internal sealed unsafe class SoftWeightsVectorSums(VectorRow row) : ISoftWeightsRow
{
    /// <summary>The sums at the lambda asked for last.</summary>
    public SoftWeightsSums Sums;

    /// <summary>Where exp(x) of each candidate goes; null where nobody wants it.</summary>
    public float* Exps;

    /// <summary>Only the sum of exp(x) is wanted.</summary>
    public bool SumOnly;

    private TiltScale scale;
    private TiltMode scaleMode = (TiltMode)byte.MaxValue;
    private float scaleLambda;
    private float* values;
    private bool flush;
    private float maxTerm;
    private float inverse;
    private float inverse2;

    /// <summary>Makes the sums at a lambda in <see cref="Sums"/>.</summary>
    public void SumsAt(TiltMode mode, float lambda) => SumsAt(mode, lambda, ref Sums);

    /// <summary>Aims at a lambda without summing: x can be asked for, and all of <see cref="Sums"/> but the sums.</summary>
    public void AimAt(TiltMode mode, float lambda) => AimAt(mode, lambda, ref Sums);

    /// <summary>x of whole vectors of candidates, an offset added; -infinity where a candidate is not in play.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<float> XAt(int candidate, Vector<float> offset) =>
        Vector.FusedMultiplyAdd(DeviationAt(candidate), Vector.Create(inverse), offset);

    /// <summary>The same in powers of two.</summary>
    public Vector<float> ExponentAt(int candidate, Vector<float> offset2) =>
        Vector.FusedMultiplyAdd(DeviationAt(candidate), Vector.Create(inverse2), offset2);

    /// <summary>x of one candidate.</summary>
    public float XAt(int candidate)
    {
        float reward = Bits.ZeroBelowKeepNaN(values[candidate], scale.ZeroBelow);
        return Arith.Mul(Arith.Fma(reward, scale.Unit, maxTerm), inverse);
    }

    /// <summary>Which of whole vectors of candidates are not in play.</summary>
    public Vector<int> IsExcluded(int candidate) =>
        Vector.Equals(Vector.Load(values + candidate), Vector.Create(float.NegativeInfinity));

    /// <summary>The largest x of a stretch of whole vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public float LargestX(int start, int length)
    {
        Vector<float> max = Vector.Create(float.NegativeInfinity);
        for (int i = 0; i < length; i += Vector<float>.Count)
        {
            max = Vector.MaxNative(max, Vector.Load(values + start + i));
        }

        float largest = Bits.ZeroBelowKeepNaN(LaneOps.MaxLane(max), scale.ZeroBelow);
        return Arith.Mul(Arith.Fma(largest, scale.Unit, maxTerm), inverse);
    }

    public void SumsAt(TiltMode mode, float lambda, ref SoftWeightsSums sums)
    {
        AimAt(mode, lambda, ref sums);
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
    }

    /// <summary>Adds what log-mean-exp needs besides the sum, which is nothing for most rows.</summary>
    public void CompleteForLogMeanExp()
    {
        float complements = Sums.NeedsComplements ? Complements() : 0f;
        Sums.Complements = complements;
        if (SumOnly && Sums.IsLinear)
        {
            SumOnly = false;
            SumsAt(Sums.Mode, Sums.Lambda);
            Sums.Complements = complements;
        }
    }

    /// <summary>The sum of 1 - exp(x) at the lambda of the last sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float Complements()
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
                    -Exponential.Expm1(Deviation<On>(v) * Vector.Create(inverse)), Vector.Create(Bits.TinyProduct));
                term = Vector.AndNot(term, Vector.Equals(v, excluded).As<int, float>());
                float* lane = lanes + (i % CanonicalSum.Lanes);
                (Vector.Load(lane) + term).Store(lane);
            }

            total.AddSegment(CanonicalSum.CombineLanes(lanes));
        }

        return total.Total();
    }

    /// <summary>Writes the log-weights at the lambda of the last sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void WriteLogWeights(float* logWeights)
    {
        float logSum = Logarithm.Log(Sums.Sum);
        Vector<float> excluded = Vector.Create(float.NegativeInfinity);
        Vector<float> lowest = Vector.Create(-float.MaxValue);
        float* tail = stackalloc float[Vector<float>.Count];
        for (int i = 0; i < row.Length; i += Vector<float>.Count)
        {
            Vector<float> v = Vector.Load(values + i);
            Vector<float> x = Deviation<On>(v) * Vector.Create(inverse);
            x = Vector.ConditionalSelect(Vector.GreaterThan(x, lowest), x, lowest) - Vector.Create(logSum);
            x = Vector.ConditionalSelect(Vector.Equals(v, excluded), excluded, x);
            if (i + Vector<float>.Count <= row.Length)
            {
                x.Store(logWeights + i);
            }
            else
            {
                x.Store(tail);
                new ReadOnlySpan<float>(tail, row.Length - i)
                    .CopyTo(new Span<float>(logWeights + i, row.Length - i));
            }
        }
    }

    /// <summary>Rows at lambda 0 and infinity become rows of 0 and -infinity, tilted like any other.</summary>
    private void AimAt(TiltMode mode, float lambda, ref SoftWeightsSums sums)
    {
        if (mode != scaleMode || lambda != scaleLambda)
        {
            (scale, scaleMode, scaleLambda) = (TiltScale.For(mode, lambda), mode, lambda);
        }

        sums.Mode = mode;
        sums.IsNegative = row.IsNegative;
        sums.Scale = scale;
        sums.Lambda = lambda;
        sums.Max = Bits.ZeroBelowKeepNaN(row.Max, scale.ZeroBelow);
        sums.Min = row.Min;
        sums.Included = row.Included;
        if (sums.Mode == TiltMode.Tilted)
        {
            values = row.Values;
            flush = row.HasToFlush(in scale);
            maxTerm = -scale.Unit * sums.Max;
            inverse = scale.Inverse;
            inverse2 = scale.Inverse2;
        }
        else
        {
            values = row.Plateau(sums.Mode == TiltMode.Hard ? sums.Max : float.NaN, in scale);
            flush = false;
            maxTerm = 0f;
            inverse = 1f;
            inverse2 = 1f;
        }
    }

    private void Sum<TFlush>(ref SoftWeightsSums sums)
        where TFlush : IFlag
    {
        if (row.Padded > CanonicalSum.SegmentLength)
        {
            SumLong<TFlush>(ref sums);
        }
        else
        {
            Segment<TFlush>(0, row.Padded, out sums.Sum, out sums.Squares, out sums.Deviations);
        }
    }

    private void SumLong<TFlush>(ref SoftWeightsSums sums)
        where TFlush : IFlag
    {
        CanonicalSum sum = default;
        CanonicalSum squares = default;
        CanonicalSum deviations = default;
        for (int segment = 0; segment < row.Padded; segment += CanonicalSum.SegmentLength)
        {
            int length = Math.Min(CanonicalSum.SegmentLength, row.Padded - segment);
            Segment<TFlush>(segment, length, out float s, out float q, out float d);
            sum.AddSegment(s);
            squares.AddSegment(q);
            deviations.AddSegment(d);
        }

        sums.Sum = sum.Total();
        sums.Squares = squares.Total();
        sums.Deviations = deviations.Total();
    }

    private void Segment<TFlush>(int start, int length, out float sum, out float squares, out float deviations)
        where TFlush : IFlag
    {
        if (SumOnly)
        {
            squares = 0f;
            deviations = 0f;
            sum = Exps == null ? ColumnSums<TFlush, Off>(start, length) : ColumnSums<TFlush, On>(start, length);
        }
        else if (Exps == null)
        {
            AllColumnSums<TFlush, Off>(start, length, out sum, out squares, out deviations);
        }
        else
        {
            AllColumnSums<TFlush, On>(start, length, out sum, out squares, out deviations);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float ColumnSums<TFlush, TStore>(int start, int length)
        where TFlush : IFlag
        where TStore : IFlag
    {
        Vector<float>* sums = stackalloc Vector<float>[SegmentFolds.Capacity];
        int columns = Math.Min(length, CanonicalSum.Lanes) / LaneFold.LanesPerFold;
        for (int column = 0; column < columns; column++)
        {
            int lane = column * LaneFold.LanesPerFold;
            Column<TFlush, Off, TStore>(start + lane, start + length, out sums[column], out _, out _);
        }

        return SegmentFolds.Combine(sums, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AllColumnSums<TFlush, TStore>(
        int start, int length, out float sum, out float squares, out float deviations)
        where TFlush : IFlag
        where TStore : IFlag
    {
        Vector<float>* sums = stackalloc Vector<float>[SegmentFolds.Capacity];
        Vector<float>* squareSums = stackalloc Vector<float>[SegmentFolds.Capacity];
        Vector<float>* deviationSums = stackalloc Vector<float>[SegmentFolds.Capacity];
        int columns = Math.Min(length, CanonicalSum.Lanes) / LaneFold.LanesPerFold;
        for (int column = 0; column < columns; column++)
        {
            int lane = column * LaneFold.LanesPerFold;
            Column<TFlush, On, TStore>(
                start + lane, start + length, out sums[column], out squareSums[column], out deviationSums[column]);
        }

        sum = SegmentFolds.Combine(sums, columns);
        squares = SegmentFolds.Combine(squareSums, columns);
        deviations = SegmentFolds.Combine(deviationSums, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Column<TFlush, TAll, TStore>(
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
            Vector<float> e0 = Exponent<TFlush>(Vector.Load(values + i), out Vector<float> d0);
            Vector<float> e1 = Exponent<TFlush>(Vector.Load(values + i + width), out Vector<float> d1);
            Vector<float> e2 = Exponent<TFlush>(Vector.Load(values + i + (2 * width)), out Vector<float> d2);
            Vector<float> e3 = Exponent<TFlush>(Vector.Load(values + i + (3 * width)), out Vector<float> d3);
            Exponential.Exp2(ref e0, ref e1, ref e2, ref e3);
            s0 += e0;
            s1 += e1;
            s2 += e2;
            s3 += e3;
            if (TStore.Value)
            {
                e0.Store(Exps + i);
                e1.Store(Exps + i + width);
                e2.Store(Exps + i + (2 * width));
                e3.Store(Exps + i + (3 * width));
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

    /// <summary>x in powers of two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector<float> Exponent<TFlush>(Vector<float> v, out Vector<float> d)
        where TFlush : IFlag
    {
        d = Deviation<TFlush>(v);
        return d * Vector.Create(inverse2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector<float> Deviation<TFlush>(Vector<float> v)
        where TFlush : IFlag
    {
        Vector<float> reward = TFlush.Value ? Bits.ZeroBelowKeepNaN(v, Vector.Create(scale.ZeroBelow)) : v;
        return Vector.FusedMultiplyAdd(reward, Vector.Create(scale.Unit), Vector.Create(maxTerm));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector<float> DeviationAt(int candidate)
    {
        Vector<float> v = Vector.Load(values + candidate);
        return flush ? Deviation<On>(v) : Deviation<Off>(v);
    }

    /// <summary>At lambda = infinity every included candidate has weight 1 and x = 0; its d still counts.</summary>
    private float FlatDeviations(in SoftWeightsSums sums)
    {
        CanonicalSum total = default;
        for (int i = 0; i < row.Length; i++)
        {
            float reward = row.Values[i];
            float d = SoftWeightsOp.Deviation(in sums, Bits.ZeroBelowKeepNaN(reward, scale.ZeroBelow));
            total.Add(reward == float.NegativeInfinity ? 0f : SoftWeightsOp.DeviationTerm(1f, d));
        }

        return total.Total();
    }
}
