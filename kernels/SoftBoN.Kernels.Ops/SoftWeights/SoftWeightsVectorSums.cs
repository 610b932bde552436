using System.Numerics;
using System.Runtime.CompilerServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// The canonical sums of a row in vectors: first all exponentials, a segment at a time into the nearest cache, then their
/// sums. Lanes of a segment that lie in four vectors are one column: its elements, 128 apart, are added in index order, and
/// the column ends in one fold.
/// </summary>
/// <param name="row">The row at a temperature.</param>
internal sealed unsafe class SoftWeightsVectorSums(TiltedRow row) : ISoftWeightsRow
{
    /// <summary>The sums at the lambda asked for last.</summary>
    public SoftWeightsSums Sums;

    /// <summary>Where exp(x) of each candidate goes.</summary>
    public float* Exps;

    /// <summary>Only the sum of exp(x) is wanted.</summary>
    public bool SumOnly;

    private readonly TiltedRow row = row;
    private readonly SegmentSums sum = new();
    private readonly SegmentSums squares = new();
    private readonly SegmentSums deviations = new();

    /// <summary>Room for the sums of a row's segments, free between calls.</summary>
    public SegmentSums Segments => sum;

    /// <summary>Makes all sums at a trial lambda.</summary>
    public void SumsAt(TiltMode mode, float lambda, ref SoftWeightsSums sums)
    {
        row.AimAt(mode, lambda);
        MakeExps();
        Describe(ref sums);
        SumExps(ref sums);
    }

    /// <summary>
    /// Makes the exponentials at the lambda that the row is aimed at; those of rows of several segments are made one
    /// segment at a time, just before they are summed.
    /// </summary>
    public void MakeExps()
    {
        if (row.Row.Padded <= CanonicalSum.SegmentLength)
        {
            row.MakeExps(Exps, 0, row.Row.Padded);
        }
    }

    /// <summary>Adds the exponentials up in <see cref="Sums"/>.</summary>
    public void SumExps()
    {
        Describe(ref Sums);
        SumExps(ref Sums);
    }

    /// <summary>Fills in all of <see cref="Sums"/> but the sums.</summary>
    public void Describe() => Describe(ref Sums);

    /// <summary>Adds what log-mean-exp needs besides the sum, which is nothing for most rows.</summary>
    public void CompleteForLogMeanExp()
    {
        Sums.Complements = Sums.NeedsComplements ? Complements() : 0f;
        if (SumOnly && Sums.IsLinear)
        {
            SumOnly = false;
            SumExps(ref Sums);
        }
    }

    /// <summary>Writes the log-weights.</summary>
    [MethodImpl(HotLoop)]
    public void WriteLogWeights(float* logWeights)
    {
        int length = row.Row.Length;
        Vector<float> logSum = Vector.Create(Logarithm.Log(Sums.Sum));
        Vector<float> excluded = Vector.Create(float.NegativeInfinity);
        Vector<float> lowest = Vector.Create(-float.MaxValue);
        float* tail = stackalloc float[Vector<float>.Count];
        for (int i = 0; i < length; i += Vector<float>.Count)
        {
            Vector<float> x = row.XAt(i, Vector<float>.Zero);
            x = Vector.ConditionalSelect(Vector.GreaterThan(x, lowest), x, lowest) - logSum;
            x = Vector.ConditionalSelect(row.IsExcluded(i), excluded, x);
            if (i + Vector<float>.Count <= length)
            {
                x.Store(logWeights + i);
            }
            else
            {
                x.Store(tail);
                new ReadOnlySpan<float>(tail, length - i).CopyTo(new Span<float>(logWeights + i, length - i));
            }
        }
    }

    private void Describe(ref SoftWeightsSums sums)
    {
        sums.Mode = row.Mode;
        sums.IsNegative = row.Row.IsNegative;
        sums.Scale = row.Scale;
        sums.Lambda = row.Lambda;
        sums.Max = row.Max;
        sums.Min = row.Row.Min;
        sums.Included = row.Row.Included;
    }

    private void SumExps(ref SoftWeightsSums sums)
    {
        if (row.Row.Padded <= CanonicalSum.SegmentLength)
        {
            Segment(0, row.Row.Padded, out sums.Sum, out sums.Squares, out sums.Deviations);
        }
        else
        {
            SumSegments(ref sums);
        }

        if (row.Mode == TiltMode.Flat && !SumOnly)
        {
            sums.Deviations = FlatDeviations(in sums);
        }
    }

    private void SumSegments(ref SoftWeightsSums sums)
    {
        sum.Clear();
        squares.Clear();
        deviations.Clear();
        for (int segment = 0; segment < row.Row.Padded; segment += CanonicalSum.SegmentLength)
        {
            int length = Math.Min(CanonicalSum.SegmentLength, row.Row.Padded - segment);
            row.MakeExps(Exps, segment, length);
            Segment(segment, length, out float s, out float q, out float d);
            sum.Add(s);
            squares.Add(q);
            deviations.Add(d);
        }

        sums.Sum = sum.Total();
        sums.Squares = squares.Total();
        sums.Deviations = deviations.Total();
    }

    private void Segment(int start, int length, out float sum, out float squares, out float deviations)
    {
        sum = VectorSums.SegmentSum(Exps + start, length);
        squares = SumOnly ? 0f : ColumnSums<SquareTerm>(start, length);
        deviations = SumOnly ? 0f : ColumnSums<DeviationTerm>(start, length);
    }

    private float ColumnSums<TTerm>(int start, int length)
        where TTerm : ITerm
    {
        Vector<float>* sums = stackalloc Vector<float>[SegmentFolds.Capacity];
        int columns = Math.Min(length, CanonicalSum.Lanes) / LaneFold.LanesPerFold;
        for (int column = 0; column < columns; column++)
        {
            int width = Vector<float>.Count;
            Vector<float> s0 = Vector<float>.Zero, s1 = s0, s2 = s0, s3 = s0;
            for (int i = start + (column * LaneFold.LanesPerFold); i < start + length; i += CanonicalSum.Lanes)
            {
                s0 += TTerm.Of(this, i);
                s1 += TTerm.Of(this, i + width);
                s2 += TTerm.Of(this, i + (2 * width));
                s3 += TTerm.Of(this, i + (3 * width));
            }

            sums[column] = LaneFold.Groups(s0, s1, s2, s3);
        }

        return SegmentFolds.Combine(sums, columns);
    }

    /// <summary>The sum of 1 - exp(x).</summary>
    private float Complements()
    {
        sum.Clear();
        for (int segment = 0; segment < row.Row.Padded; segment += CanonicalSum.SegmentLength)
        {
            int length = Math.Min(CanonicalSum.SegmentLength, row.Row.Padded - segment);
            sum.Add(ColumnSums<ComplementTerm>(segment, length));
        }

        return sum.Total();
    }

    /// <summary>At lambda = infinity every included candidate has weight 1 and x = 0; its d still counts.</summary>
    private float FlatDeviations(in SoftWeightsSums sums)
    {
        CanonicalSum total = default;
        for (int i = 0; i < row.Row.Length; i++)
        {
            float reward = row.Row.Values[i];
            float d = SoftWeightsOp.Deviation(in sums, Bits.ZeroBelowKeepNaN(reward, sums.Scale.ZeroBelow));
            total.Add(reward == float.NegativeInfinity ? 0f : SoftWeightsOp.DeviationTerm(1f, d));
        }

        return total.Total();
    }

    /// <summary>What is summed, of a vector of candidates.</summary>
    private interface ITerm
    {
        static abstract Vector<float> Of(SoftWeightsVectorSums sums, int candidate);
    }

    private readonly struct SquareTerm : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<float> Of(SoftWeightsVectorSums sums, int candidate)
        {
            Vector<float> e = Vector.Load(sums.Exps + candidate);
            return Bits.ZeroBelow(e * e, Vector.Create(Bits.TinyProduct));
        }
    }

    private readonly struct DeviationTerm : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<float> Of(SoftWeightsVectorSums sums, int candidate)
        {
            Vector<float> e = Vector.Load(sums.Exps + candidate);
            return Bits.ZeroBelow(e * sums.row.DeviationAt(candidate), Vector.Create(Bits.TinyProduct));
        }
    }

    private readonly struct ComplementTerm : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<float> Of(SoftWeightsVectorSums sums, int candidate)
        {
            Vector<float> term = -Exponential.Expm1(sums.row.XAt(candidate, Vector<float>.Zero));
            term = Bits.ZeroBelow(term, Vector.Create(Bits.TinyProduct));
            return Vector.AndNot(term, sums.row.IsExcluded(candidate).As<int, float>());
        }
    }
}
