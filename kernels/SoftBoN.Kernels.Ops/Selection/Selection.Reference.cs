using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>The oracle: what these loops return is what every other path returns, to the bit.</summary>
internal static unsafe partial class SelectionOp
{
    /// <summary>Selection in rows first to end - 1.</summary>
    public static void RunReference(in SelectionArgs args, long first, long end, RowScratch scratch)
    {
        for (long row = first; row < end; row++)
        {
            RowView view = args.View(row);
            scratch.Reserve(view.Length);
            RowStatus status = SoftWeightsOp.Prepare(in args.Lambda, view, row, out SoftWeightsSums sums);
            RowStatus check = Check(in args, view, status, scratch);
            if (check >= RowStatus.Empty)
            {
                WriteNoResult(in args, row, check);
                continue;
            }

            WriteRow(in args, row, in sums, FinalStatus(in args, in sums, status));
            DrawAll(in args, row, view, in sums, scratch);
        }
    }

    /// <summary>All draws of a row. A candidate is in play unless it is excluded, drawn, or below the hard level.</summary>
    private static void DrawAll(
        in SelectionArgs args, long row, RowView view, in SoftWeightsSums sums, RowScratch scratch)
    {
        var drawn = new Span<uint>(scratch.Words, view.Length);
        drawn.Clear();
        for (int draw = 0; draw < args.Draws; draw++)
        {
            MarkInPlay(view, in sums, drawn, scratch);
            int best = PickBest(in args, row, draw, view, scratch, out float margin);
            long at = (row * args.Draws) + draw;
            if (best < 0)
            {
                WriteNoDraw(in args, at);
                continue;
            }

            float logProbability = args.LogProbability == null ? 0f : LogProbabilityOf(best, view.Length, scratch);
            WriteDraw(in args, at, best, view[best], logProbability, margin);
            drawn[best] = args.Distinct ? 1u : 0u;
        }
    }

    /// <summary>
    /// Fills in x of every candidate, and x in powers of two; -infinity where it is not in play. The best reward that is
    /// left has x = 0: after an outlier was drawn, the others are told apart as well as if it had not been there.
    /// </summary>
    private static void MarkInPlay(RowView view, in SoftWeightsSums sums, Span<uint> drawn, RowScratch scratch)
    {
        SoftWeightsSums left = sums;
        left.Max = float.NegativeInfinity;
        for (int i = 0; i < view.Length; i++)
        {
            float reward = Level(view[i], in sums);
            left.Max = drawn[i] == 0 && reward > left.Max ? reward : left.Max;
        }

        for (int i = 0; i < view.Length; i++)
        {
            float reward = RowInspection.Directed(view[i], sums.IsNegative);
            bool inPlay = drawn[i] == 0
                && reward != float.NegativeInfinity
                && (sums.Mode != TiltMode.Hard || Level(view[i], in sums) == left.Max);
            float offset = view.Offsets == null ? 0f : view.Offsets[i];
            scratch.X[i] = inPlay ? X(in left, reward, offset) : float.NegativeInfinity;
            scratch.Exponents[i] = inPlay ? Exponent(in left, reward, offset) : float.NegativeInfinity;
        }
    }

    /// <summary>A reward as hard selection compares it.</summary>
    private static float Level(float reward, in SoftWeightsSums sums) =>
        Bits.ZeroBelowKeepNaN(RowInspection.Directed(reward, sums.IsNegative), sums.Scale.ZeroBelow);

    private static int PickBest(
        in SelectionArgs args, long row, int draw, RowView view, RowScratch scratch, out float margin)
    {
        NoiseKey noiseKey = args.KeyOf(row, draw);
        int best = -1;
        float bestKey = float.NegativeInfinity;
        float secondKey = float.NegativeInfinity;
        uint bestElement = 0;
        for (int i = 0; i < view.Length; i++)
        {
            if (scratch.X[i] == float.NegativeInfinity)
            {
                continue;
            }

            uint element = args.Elements == null ? (uint)i : args.Elements[view.Packed + i];
            float key = scratch.X[i] + NoiseOf(args.Noise, in noiseKey, element);
            if (best < 0 || Beats(key, element, bestKey, bestElement))
            {
                secondKey = bestKey;
                (best, bestKey, bestElement) = (i, key, element);
            }
            else if (key > secondKey)
            {
                secondKey = key;
            }
        }

        margin = best < 0 ? 0f : Margin(bestKey, secondKey);
        return best;
    }

    private static float LogProbabilityOf(int candidate, int length, RowScratch scratch)
    {
        float maxX = float.NegativeInfinity;
        float maxExponent = float.NegativeInfinity;
        for (int i = 0; i < length; i++)
        {
            maxX = scratch.X[i] > maxX ? scratch.X[i] : maxX;
            maxExponent = scratch.Exponents[i] > maxExponent ? scratch.Exponents[i] : maxExponent;
        }

        CanonicalSum sum = default;
        for (int i = 0; i < length; i++)
        {
            sum.Add(Exponential.Exp2(scratch.Exponents[i] - maxExponent));
        }

        return LogProbability(scratch.X[candidate], maxX, sum.Total());
    }
}
