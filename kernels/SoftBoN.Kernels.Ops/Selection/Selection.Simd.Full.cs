using System.Numerics;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>Every key of a row: for margins, distinct draws, offsets, elements and other noise.</summary>
internal static unsafe partial class SelectionOp
{
    private static void RunFullRow(
        in SelectionArgs args, long row, in RowView view, in RowLambda lambda, RowStatus status, RowScratch scratch)
    {
        SoftWeightsVectorSums vectors = Aim(in args, in lambda, sum: false, scratch);
        ref SoftWeightsSums sums = ref vectors.Sums;
        WriteRow(in args, row, in sums, FinalStatus(in args, in sums, status));
        if (args.Distinct && sums.Mode == TiltMode.Hard)
        {
            // Level after level of equal rewards: rare, and the loop that defines it is as good as any.
            DrawAll(in args, row, view, in sums, scratch);
            return;
        }

        MakeX(vectors, in view, scratch);
        int padded = scratch.Vectors.Padded;
        float maxX = 0f;
        float sum = 0f;
        for (int draw = 0; draw < args.Draws; draw++)
        {
            if (draw == 0 || !args.Distinct)
            {
                MakeKeys(in args, row, draw, in view, scratch);
            }

            long at = (row * args.Draws) + draw;
            int best = ArgMax(scratch.Keys, padded, args.Elements == null ? null : args.Elements + view.Packed);
            if (best < 0)
            {
                WriteNoDraw(in args, at);
                continue;
            }

            if (args.LogProbability != null && (draw == 0 || args.Distinct))
            {
                maxX = MaxOf(scratch.X, padded);
                sum = VectorSums.SumOfExp2(scratch.Exponents, padded, MaxOf(scratch.Exponents, padded));
            }

            float key = scratch.Keys[best];
            scratch.Keys[best] = float.NegativeInfinity;
            float margin = args.Margin == null ? 0f : Margin(key, MaxOf(scratch.Keys, padded));
            WriteDraw(in args, at, best, view[best], LogProbability(scratch.X[best], maxX, sum), margin);
            if (args.Distinct)
            {
                scratch.X[best] = float.NegativeInfinity;
                scratch.Exponents[best] = float.NegativeInfinity;
            }
        }
    }

    /// <summary>x of every candidate, and x in powers of two; -infinity where it is not in play.</summary>
    private static void MakeX(SoftWeightsVectorSums vectors, in RowView view, RowScratch scratch)
    {
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
            Vector<float> off = vectors.IsExcluded(i).As<int, float>();
            Vector<float> nudge = nudges == null
                ? Vector<float>.Zero
                : Vector.AndNot(Bits.ZeroBelowKeepNaN(Vector.Load(nudges + i), tiny), off);
            Vector<float> x = vectors.XAt(i, nudge);
            x = Vector.ConditionalSelect(Vector.GreaterThan(x, lowest), x, lowest);
            Vector.ConditionalSelect(off, excluded, x).Store(scratch.X + i);
            Vector<float> nudge2 = Vector.MinNative(nudge * Vector.Create(Exponential.Log2E), highest);
            Vector<float> exponent = vectors.ExponentAt(i, nudge2);
            exponent = Vector.ConditionalSelect(Vector.GreaterThan(exponent, lowest), exponent, lowest);
            Vector.ConditionalSelect(off, excluded, exponent).Store(scratch.Exponents + i);
        }
    }

    private static void MakeKeys(in SelectionArgs args, long row, int draw, in RowView view, RowScratch scratch)
    {
        int padded = scratch.Vectors.Padded;
        if (args.Noise == SelectionNoise.None)
        {
            new ReadOnlySpan<float>(scratch.X, padded).CopyTo(new Span<float>(scratch.Keys, padded));
            return;
        }

        NoiseKey key = args.KeyOf(row, draw);
        if (args.Elements == null)
        {
            scratch.Schedule.Set(in key);
            Philox4x32.Fill(scratch.Words, in scratch.Schedule, 0, padded);
        }
        else
        {
            for (int i = 0; i < view.Length; i++)
            {
                scratch.Words[i] = Philox4x32.Word(in key, args.Elements[view.Packed + i]);
            }
        }

        if (args.Noise == SelectionNoise.Gumbel)
        {
            Noise.AddGumbel(scratch.X, scratch.Words, scratch.Keys, padded);
        }
        else
        {
            Noise.AddExponential(scratch.X, scratch.Words, scratch.Keys, padded);
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
