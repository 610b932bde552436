using System.Numerics;
using System.Runtime.CompilerServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>A row in vector form at a temperature: x of every candidate, in nats and in powers of two.</summary>
/// <remarks>
/// Rows at lambda 0 and infinity become rows of 0 and -infinity, tilted like any other.
/// </remarks>
/// <param name="row">The row that is loaded anew for each row of the batch.</param>
internal sealed unsafe class TiltedRow(VectorRow row)
{
    private TiltScale scale;
    private float* values;
    private bool flush;
    private float maxTerm;
    private float inverse;
    private float inverse2;

    public TiltMode Mode { get; private set; } = (TiltMode)byte.MaxValue;

    /// <summary>|lambda|.</summary>
    public float Lambda { get; private set; }

    public ref readonly TiltScale Scale => ref scale;

    public VectorRow Row => row;

    /// <summary>The largest reward, as it counts at this lambda.</summary>
    public float Max { get; private set; }

    /// <summary>Aims at a lambda.</summary>
    public void AimAt(TiltMode mode, float lambda)
    {
        if (mode != Mode || lambda != Lambda)
        {
            (scale, Mode, Lambda) = (TiltScale.For(mode, lambda), mode, lambda);
        }

        Max = Bits.ZeroBelowKeepNaN(row.Max, scale.ZeroBelow);
        if (mode == TiltMode.Tilted)
        {
            values = row.Values;
            flush = VectorRow.HasToFlush(row.Max, in scale);
            maxTerm = -scale.Unit * Max;
            inverse = scale.Inverse;
            inverse2 = scale.Inverse2;
        }
        else
        {
            values = row.Plateau(mode == TiltMode.Hard ? Max : float.NaN, in scale);
            flush = false;
            maxTerm = 0f;
            inverse = 1f;
            inverse2 = 1f;
        }
    }

    /// <summary>x of whole vectors of candidates, an offset added; -infinity where a candidate is not in play.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<float> XAt(int candidate, Vector<float> offset) =>
        Vector.FusedMultiplyAdd(DeviationAt(candidate), Vector.Create(inverse), offset);

    /// <summary>The same in powers of two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<float> ExponentAt(int candidate, Vector<float> offset2) =>
        Vector.FusedMultiplyAdd(DeviationAt(candidate), Vector.Create(inverse2), offset2);

    /// <summary>x before the division by lambda.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<float> DeviationAt(int candidate)
    {
        Vector<float> v = Vector.Load(values + candidate);
        Vector<float> reward = flush ? Bits.ZeroBelowKeepNaN(v, Vector.Create(scale.ZeroBelow)) : v;
        return Vector.FusedMultiplyAdd(reward, Vector.Create(scale.Unit), Vector.Create(maxTerm));
    }

    /// <summary>x of one candidate.</summary>
    public float XAt(int candidate)
    {
        float reward = Bits.ZeroBelowKeepNaN(values[candidate], scale.ZeroBelow);
        return Arith.Mul(Arith.Fma(reward, scale.Unit, maxTerm), inverse);
    }

    /// <summary>Which of whole vectors of candidates are not in play.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<int> IsExcluded(int candidate) =>
        Vector.Equals(Vector.Load(values + candidate), Vector.Create(float.NegativeInfinity));

    /// <summary>The largest x of a stretch of whole vectors.</summary>
    [MethodImpl(HotLoop)]
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

    /// <summary>exp(x) of a stretch of whole folds.</summary>
    [MethodImpl(HotLoop)]
    public void MakeExps(float* exps, int start, int length)
    {
        if (flush)
        {
            MakeExps<On>(in scale, values + start, exps + start, length, maxTerm, inverse2);
        }
        else
        {
            MakeExps<Off>(in scale, values + start, exps + start, length, maxTerm, inverse2);
        }
    }

    /// <summary>exp(x) of rewards.</summary>
    /// <param name="scale">The row's scale.</param>
    /// <param name="values">The rewards.</param>
    /// <param name="exps">The results.</param>
    /// <param name="length">How many, a whole number of folds.</param>
    /// <param name="maxTerm">-max * unit.</param>
    /// <param name="inverse2">From d to powers of two.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MakeExps<TFlush>(
        in TiltScale scale, float* values, float* exps, int length, float maxTerm, float inverse2)
        where TFlush : IFlag
    {
        if (WideExponential.IsWider && !TFlush.Value)
        {
            WideExponential.Make(values, exps, length, scale.Unit, maxTerm, inverse2);
            return;
        }

        int width = Vector<float>.Count;
        Vector<float> threshold = Vector.Create(scale.ZeroBelow);
        Vector<float> unit = Vector.Create(scale.Unit);
        Vector<float> max = Vector.Create(maxTerm);
        Vector<float> factor = Vector.Create(inverse2);
        for (int i = 0; i < length; i += 4 * width)
        {
            Vector<float> e0 = Load<TFlush>(values + i, threshold);
            Vector<float> e1 = Load<TFlush>(values + i + width, threshold);
            Vector<float> e2 = Load<TFlush>(values + i + (2 * width), threshold);
            Vector<float> e3 = Load<TFlush>(values + i + (3 * width), threshold);
            e0 = Vector.FusedMultiplyAdd(e0, unit, max) * factor;
            e1 = Vector.FusedMultiplyAdd(e1, unit, max) * factor;
            e2 = Vector.FusedMultiplyAdd(e2, unit, max) * factor;
            e3 = Vector.FusedMultiplyAdd(e3, unit, max) * factor;
            Exponential.Exp2(ref e0, ref e1, ref e2, ref e3);
            e0.Store(exps + i);
            e1.Store(exps + i + width);
            e2.Store(exps + i + (2 * width));
            e3.Store(exps + i + (3 * width));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Load<TFlush>(float* from, Vector<float> threshold)
        where TFlush : IFlag => TFlush.Value
            ? Bits.ZeroBelowKeepNaN(Vector.Load(from), threshold)
            : Vector.Load(from);
}
