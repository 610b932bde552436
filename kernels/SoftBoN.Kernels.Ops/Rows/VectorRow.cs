using System.Numerics;
using System.Runtime.CompilerServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// A row as vector loops want it: contiguous, in the direction that lambda prefers, and a whole number of folds long,
/// filled up with -infinity, which counts as nothing everywhere.
/// </summary>
/// <remarks>
/// A class that is filled again for every row: a short row takes no longer than the copying of a structure that was just
/// written, piece by piece, would.
/// </remarks>
internal sealed unsafe class VectorRow(RowScratch scratch)
{
    /// <summary>Rewards this much larger than the threshold below which rewards count as 0 round those away anyway.</summary>
    private const float FlushMatters = 33554432f;

    public float* Values;

    /// <summary>The number of candidates.</summary>
    public int Length;

    /// <summary>The length, rounded up to whole folds.</summary>
    public int Padded;

    public bool IsNegative;

    /// <summary>The largest reward, in the direction that lambda prefers.</summary>
    public float Max;

    /// <summary>The smallest included reward, once it was looked for.</summary>
    public float Min;

    /// <summary>The number of included candidates, once they were counted; 0 before.</summary>
    public int Included;

    /// <summary>Brings a row into this form and looks at it once.</summary>
    /// <param name="view">The row; not empty.</param>
    /// <param name="isNegative">Whether low rewards are preferred.</param>
    /// <returns>Ok, or why the row has no result.</returns>
    public RowStatus Load(in RowView view, bool isNegative)
    {
        scratch.Reserve(view.Length);
        bool isPlain = view.Stride == 1 && !isNegative && view.Offsets == null;
        Length = view.Length;
        Padded = RoundUp(view.Length);
        IsNegative = isNegative;
        Included = 0;
        Values = isPlain && Padded == view.Length ? view.Values : CopyRow(in view, isNegative, scratch.Row, Padded);
        return Inspect(in view);
    }

    /// <summary>The length of whole folds that holds a row.</summary>
    public static int RoundUp(int length)
    {
        int fold = LaneFold.LanesPerFold;
        return (int)(((long)length + fold - 1) / fold * fold);
    }

    /// <summary>Whether rewards below the scale's threshold have to be replaced by 0 one by one.</summary>
    public static bool HasToFlush(float max, in TiltScale scale) =>
        MathF.Abs(max) < scale.ZeroBelow * FlushMatters;

    /// <summary>Moves the row out of the caller's memory, so that candidates can be crossed out.</summary>
    public void MoveToScratch()
    {
        if (Values != scratch.Row)
        {
            new ReadOnlySpan<float>(Values, Padded).CopyTo(new Span<float>(scratch.Row, Padded));
            Values = scratch.Row;
        }
    }

    /// <summary>Counts included candidates, where the first look has not already.</summary>
    public void CountIncluded()
    {
        if (Included == 0)
        {
            Included = Length - CountExcluded();
        }
    }

    /// <summary>Finds the smallest included reward.</summary>
    [MethodImpl(HotLoop)]
    public void FindMin()
    {
        Vector<float> least = Vector.Create(float.PositiveInfinity);
        Vector<float> excluded = Vector.Create(float.NegativeInfinity);
        for (int i = 0; i < Padded; i += Vector<float>.Count)
        {
            Vector<float> v = Vector.Load(Values + i);
            Vector<float> included = Vector.ConditionalSelect(Vector.Equals(v, excluded), least, v);
            least = Vector.MinNative(least, included);
        }

        Min = -LaneOps.MaxLane(-least);
    }

    /// <summary>A row of 0 for each candidate at the level and -infinity for all others, in another buffer.</summary>
    /// <param name="level">The reward at which candidates count; NaN for all that are included.</param>
    /// <param name="scale">The scale whose threshold applies.</param>
    [MethodImpl(HotLoop)]
    public float* Plateau(float level, in TiltScale scale)
    {
        Vector<float> threshold = Vector.Create(scale.ZeroBelow);
        Vector<float> excluded = Vector.Create(float.NegativeInfinity);
        for (int i = 0; i < Padded; i += Vector<float>.Count)
        {
            Vector<float> v = Bits.ZeroBelowKeepNaN(Vector.Load(Values + i), threshold);
            Vector<int> off = float.IsNaN(level)
                ? Vector.Equals(v, excluded)
                : ~Vector.Equals(v, Vector.Create(level));
            Vector.BitwiseAnd(excluded, off.As<int, float>()).Store(scratch.Keys + i);
        }

        return scratch.Keys;
    }

    private static float* CopyRow(in RowView view, bool isNegative, float* destination, int padded)
    {
        if (view.Stride == 1 && !isNegative && view.Offsets == null)
        {
            new ReadOnlySpan<float>(view.Values, view.Length).CopyTo(new Span<float>(destination, view.Length));
        }
        else
        {
            int done = view.Stride == 1 && !isNegative ? CopyWithOffsets(in view, destination) : 0;
            for (int i = done; i < view.Length; i++)
            {
                float reward = view[i];
                bool invalid = reward == float.PositiveInfinity;
                destination[i] = invalid ? float.NaN : RowInspection.Directed(reward, isNegative);
            }
        }

        new Span<float>(destination + view.Length, padded - view.Length).Fill(float.NegativeInfinity);
        return destination;
    }

    /// <summary>Copies whole vectors of a row that lies side by side and has offsets; returns how many candidates.</summary>
    [MethodImpl(HotLoop)]
    private static int CopyWithOffsets(in RowView view, float* destination)
    {
        Vector<float> excluded = Vector.Create(float.NegativeInfinity);
        Vector<float> invalid = Vector.Create(float.PositiveInfinity);
        int i = 0;
        for (; i <= view.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> v = Vector.Load(view.Values + i);
            v = Vector.ConditionalSelect(Vector.Equals(v, invalid), Vector.Create(float.NaN), v);
            Vector<int> off = Vector.Equals(Vector.Load(view.Offsets + i), excluded);
            Vector.ConditionalSelect(off, excluded, v).Store(destination + i);
        }

        return i;
    }

    /// <summary>The largest reward, and whether all is as it should be.</summary>
    /// <remarks>
    /// A sum is NaN if anything is, where vector maxima may lose a NaN. What looks wrong is to be looked at again by the
    /// reference, which also has the last word where the sum alone overflowed.
    /// </remarks>
    /// <param name="values">The row.</param>
    /// <param name="padded">Its length, a whole number of folds.</param>
    /// <param name="max">The largest reward.</param>
    /// <param name="allIncluded">No reward is -infinity; false may also mean that the sum fell below all floats.</param>
    /// <returns>False where a reward is NaN or +infinity, or all are -infinity, or the row has to be looked at again.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool LookAt(float* values, int padded, out float max, out bool allIncluded)
    {
        Vector<float> max0 = Vector.Create(float.NegativeInfinity);
        Vector<float> max1 = max0;
        Vector<float> max2 = max0;
        Vector<float> max3 = max0;
        Vector<float> sum0 = Vector<float>.Zero;
        Vector<float> sum1 = sum0;
        Vector<float> sum2 = sum0;
        Vector<float> sum3 = sum0;
        int width = Vector<float>.Count;
        for (int i = 0; i < padded; i += 4 * width)
        {
            Vector<float> v0 = Vector.Load(values + i);
            Vector<float> v1 = Vector.Load(values + i + width);
            Vector<float> v2 = Vector.Load(values + i + (2 * width));
            Vector<float> v3 = Vector.Load(values + i + (3 * width));
            max0 = Vector.MaxNative(max0, v0);
            max1 = Vector.MaxNative(max1, v1);
            max2 = Vector.MaxNative(max2, v2);
            max3 = Vector.MaxNative(max3, v3);
            sum0 += v0;
            sum1 += v1;
            sum2 += v2;
            sum3 += v3;
        }

        max = LaneOps.MaxLane(Vector.MaxNative(Vector.MaxNative(max0, max1), Vector.MaxNative(max2, max3)));
        Vector<float> sum = (sum0 + sum1) + (sum2 + sum3);
        allIncluded = Vector.GreaterThanAll(sum, Vector.Create(float.NegativeInfinity));
        return max > float.NegativeInfinity && max <= float.MaxValue && Vector.EqualsAll(sum, sum);
    }

    [MethodImpl(HotLoop)]
    private RowStatus Inspect(in RowView view)
    {
        bool plain = LookAt(Values, Padded, out Max, out bool allIncluded);
        Included = allIncluded ? Length : 0;
        return plain ? RowStatus.Ok : RowInspection.Of(view, IsNegative).Status;
    }

    [MethodImpl(HotLoop)]
    private int CountExcluded()
    {
        Vector<float> excluded = Vector.Create(float.NegativeInfinity);
        Vector<int> count = Vector<int>.Zero;
        for (int i = 0; i < Padded; i += Vector<float>.Count)
        {
            count -= Vector.Equals(Vector.Load(Values + i), excluded);
        }

        return Vector.Sum(count) - (Padded - Length);
    }
}
