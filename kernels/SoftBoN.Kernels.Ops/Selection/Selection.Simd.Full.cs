using System.Numerics;
using System.Runtime.CompilerServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>Every key of a row: for margins, distinct draws, offsets, elements and other noise.</summary>
internal static unsafe partial class SelectionOp
{
    private static void RunFullRow(in SelectionArgs args, long row, RowScratch place)
    {
        RowView view = place.View;
        bool isFine = view.Offsets != null && AreBelowInfinity(view.Offsets, view.Length);
        view = isFine ? new RowView(view.Values, view.Stride, view.Length, view.Packed, null) : view;
        RowStatus status = Check(in args, view, place.Status, place);
        if (status >= RowStatus.Empty)
        {
            WriteNoResult(in args, row, status);
            return;
        }

        if (args.Distinct)
        {
            place.Vectors.CountIncluded();
        }

        Aim(place, sum: false);
        WriteRow(in args, row, in place.Sums.Sums, FinalStatus(in args, in place.Sums.Sums, place.Status));
        if (args.Distinct)
        {
            DrawDistinct(in args, row, place);
        }
        else
        {
            DrawWithReplacement(in args, row, place);
        }
    }

    /// <summary>Whether no offset is NaN or +infinity, so that none needs a second look.</summary>
    [MethodImpl(HotLoop)]
    private static bool AreBelowInfinity(float* offsets, int length)
    {
        Vector<float> most = Vector.Create(float.MaxValue);
        Vector<int> below = Vector<int>.AllBitsSet;
        int i = 0;
        for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
        {
            below &= Vector.LessThanOrEqual(Vector.Load(offsets + i), most);
        }

        bool all = Vector.EqualsAll(below, Vector<int>.AllBitsSet);
        for (; i < length; i++)
        {
            all &= offsets[i] <= float.MaxValue;
        }

        return all;
    }

    private static void DrawWithReplacement(in SelectionArgs args, long row, RowScratch place)
    {
        int padded = place.Vectors.Padded;
        MakeX(in place.View, place, args.LogProbability != null);
        float maxX = MaxOf(place.X, padded);
        bool canPrune = args.Noise == SelectionNoise.Gumbel && padded >= ShortestPrunedKeys;
        float sum = args.LogProbability == null
            ? 0f
            : VectorSums.SumOfExp2(place.Exponents, padded, MaxOf(place.Exponents, padded), place.Sums.Segments);
        uint* elements = args.Elements == null ? null : args.Elements + place.View.Packed;
        for (int draw = 0; draw < args.Draws; draw++)
        {
            MakeRowWords(in args, row, draw, in place.View, place);
            Candidate pick = Candidate.None;
            if (!canPrune || !TryPickPruned(place, padded, elements, args.Margin != null, ref pick))
            {
                pick = PickOfAll(in args, place, padded, elements);
            }

            int best = pick.Index;
            float margin = args.Margin == null ? 0f : Margin(pick.Key, pick.Second);
            float logProbability = args.LogProbability == null ? 0f : LogProbability(place.X[best], maxX, sum);
            WriteDraw(in args, (row * args.Draws) + draw, best, place.View[best], logProbability, margin);
        }
    }

    /// <summary>
    /// Draw after draw under the same noise. x is made anew whenever the best reward that is left was drawn.
    /// </summary>
    private static void DrawDistinct(in SelectionArgs args, long row, RowScratch place)
    {
        VectorRow left = place.Vectors;
        left.MoveToScratch();
        MakeNoise(in args, row, 0, in place.View, place);
        uint* elements = args.Elements == null ? null : args.Elements + place.View.Packed;
        float level = float.NaN;
        for (int draw = 0; draw < args.Draws; draw++)
        {
            long at = (row * args.Draws) + draw;
            left.Max = MaxOf(left.Values, left.Padded);
            if (left.Max == float.NegativeInfinity)
            {
                WriteNoDraw(in args, at);
                continue;
            }

            if (left.Max != level)
            {
                level = left.Max;
                Aim(place, sum: false);
                MakeX(in place.View, place, args.LogProbability != null);
                AddNoise(place);
            }

            int best = ArgMax(place.Keys, left.Padded, elements);
            float logProbability = args.LogProbability == null ? 0f : LogProbabilityLeft(place, best);
            float key = place.Keys[best];
            place.Keys[best] = float.NegativeInfinity;
            float margin = args.Margin == null ? 0f : Margin(key, MaxOf(place.Keys, left.Padded));
            WriteDraw(in args, at, best, place.View[best], logProbability, margin);
            place.X[best] = float.NegativeInfinity;
            place.Exponents[best] = float.NegativeInfinity;
            left.Values[best] = float.NegativeInfinity;
        }
    }

    private static float LogProbabilityLeft(RowScratch place, int candidate)
    {
        int padded = place.Vectors.Padded;
        float maxExponent = MaxOf(place.Exponents, padded);
        float sum = VectorSums.SumOfExp2(place.Exponents, padded, maxExponent, place.Sums.Segments);
        return LogProbability(place.X[candidate], MaxOf(place.X, padded), sum);
    }

    /// <summary>The pick, and the largest key of another candidate, with every key made.</summary>
    private static Candidate PickOfAll(in SelectionArgs args, RowScratch place, int padded, uint* elements)
    {
        MakeNoiseOfWords(in args, place);
        AddNoise(place);
        int best = ArgMax(place.Keys, padded, elements);
        float key = place.Keys[best];
        place.Keys[best] = float.NegativeInfinity;
        float second = args.Margin == null ? float.NegativeInfinity : MaxOf(place.Keys, padded);
        return new Candidate { Key = key, Index = best, Second = second };
    }

    /// <summary>
    /// x of every candidate, and, where they are wanted, x in powers of two; -infinity where it is not in play.
    /// </summary>
    [MethodImpl(HotLoop)]
    private static void MakeX(in RowView view, RowScratch scratch, bool exponents)
    {
        TiltedRow tilted = scratch.Tilted;
        float* nudges = null;
        if (view.Offsets != null)
        {
            nudges = scratch.Exponents;
            new ReadOnlySpan<float>(view.Offsets, view.Length).CopyTo(new Span<float>(nudges, view.Length));
        }

        Vector<float> excluded = Vector.Create(float.NegativeInfinity);
        Vector<float> lowest = Vector.Create(-float.MaxValue);
        Vector<float> highest = Vector.Create(float.MaxValue);
        Vector<float> tiny = Vector.Create(Bits.TinyProduct);
        for (int i = 0; i < scratch.Vectors.Padded; i += Vector<float>.Count)
        {
            Vector<float> off = tilted.IsExcluded(i).As<int, float>();
            Vector<float> nudge = nudges == null
                ? Vector<float>.Zero
                : Vector.AndNot(Bits.ZeroBelowKeepNaN(Vector.Load(nudges + i), tiny), off);
            Vector<float> x = tilted.XAt(i, nudge);
            x = Vector.ConditionalSelect(Vector.GreaterThan(x, lowest), x, lowest);
            Vector.ConditionalSelect(off, excluded, x).Store(scratch.X + i);
            if (!exponents)
            {
                continue;
            }

            Vector<float> nudge2 = Vector.MinNative(nudge * Vector.Create(Exponential.Log2E), highest);
            Vector<float> exponent = tilted.ExponentAt(i, nudge2);
            exponent = Vector.ConditionalSelect(Vector.GreaterThan(exponent, lowest), exponent, lowest);
            Vector.ConditionalSelect(off, excluded, exponent).Store(scratch.Exponents + i);
        }
    }

    private static void MakeNoise(in SelectionArgs args, long row, int draw, in RowView view, RowScratch scratch)
    {
        MakeRowWords(in args, row, draw, in view, scratch);
        MakeNoiseOfWords(in args, scratch);
    }

    /// <summary>The row's random words.</summary>
    private static void MakeRowWords(in SelectionArgs args, long row, int draw, in RowView view, RowScratch scratch)
    {
        int padded = scratch.Vectors.Padded;
        if (args.Noise == SelectionNoise.None)
        {
            return;
        }

        scratch.Schedule.Set(args.KeyOf(row, draw));
        if (args.Elements == null)
        {
            Philox4x32.Fill(scratch.Words, in scratch.Schedule, 0, padded);
        }
        else
        {
            Philox4x32.FillAt(scratch.Words, in scratch.Schedule, args.Elements + view.Packed, view.Length);
            new Span<uint>(scratch.Words + view.Length, padded - view.Length).Clear();
        }
    }

    /// <summary>Turns the row's random words into its noise, in their place.</summary>
    private static void MakeNoiseOfWords(in SelectionArgs args, RowScratch scratch)
    {
        int padded = scratch.Vectors.Padded;
        switch (args.Noise)
        {
            case SelectionNoise.Gumbel:
                Noise.Gumbel(scratch.Words, scratch.Noise, padded);
                break;
            case SelectionNoise.UniformRace:
                Noise.Exponential(scratch.Words, scratch.Noise, padded);
                break;
            default:
                new Span<float>(scratch.Noise, padded).Clear();
                break;
        }
    }

    private static void AddNoise(RowScratch scratch)
    {
        for (int i = 0; i < scratch.Vectors.Padded; i += Vector<float>.Count)
        {
            (Vector.Load(scratch.X + i) + Vector.Load(scratch.Noise + i)).Store(scratch.Keys + i);
        }
    }

    /// <summary>The place of the largest key, the lowest element among equals; -1 where no candidate is in play.</summary>
    private static int ArgMax(float* keys, int padded, uint* elements)
    {
        float max = MaxOf(keys, padded);
        if (max == float.NegativeInfinity)
        {
            return -1;
        }

        var all = new ReadOnlySpan<float>(keys, padded);
        int best = all.IndexOf(max);
        for (int next = best; elements != null;)
        {
            int step = all[(next + 1)..].IndexOf(max);
            if (step < 0)
            {
                break;
            }

            next += step + 1;
            best = elements[next] < elements[best] ? next : best;
        }

        return best;
    }

    [MethodImpl(HotLoop)]
    private static float MaxOf(float* values, int padded)
    {
        Vector<float> max = Vector.Create(float.NegativeInfinity);
        for (int i = 0; i < padded; i += Vector<float>.Count)
        {
            max = Vector.MaxNative(max, Vector.Load(values + i));
        }

        return LaneOps.MaxLane(max);
    }
}
