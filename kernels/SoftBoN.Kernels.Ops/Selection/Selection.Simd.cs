using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// Selection with <see cref="System.Numerics.Vector{T}"/>. Picks under plain Gumbel noise are pruned: most candidates are
/// ruled out by a bound that their random word gives for nothing. All else computes every key.
/// </summary>
internal static unsafe partial class SelectionOp
{
    /// <summary>Selection in rows first to end - 1.</summary>
    public static void RunSimd(in SelectionArgs args, long first, long end, RowScratch scratch)
    {
        bool canPrune = args.Noise == SelectionNoise.Gumbel
            && args.Offsets == null
            && args.Elements == null
            && !args.Distinct;
        scratch.Survivors.Clear();
        if (canPrune
            && args.Draws == 1
            && PlainRows.Matches(in args.Rows, in args.Lambda, LongestPlainRow(in args), out RowLambda lambda))
        {
            RunPlain(in args, in lambda, first, end, scratch);
        }
        else
        {
            RunAny(in args, first, end, canPrune, scratch);
        }

        scratch.Survivors.Settle(in args);
    }

    /// <summary>The longest rows of <see cref="PlainRows"/>: a segment, where there are sums to be made.</summary>
    private static int LongestPlainRow(in SelectionArgs args) =>
        args.LogProbability == null ? PlainRows.MostCandidates : CanonicalSum.SegmentLength;

    private static void RunAny(in SelectionArgs args, long first, long end, bool canPrune, RowScratch scratch)
    {
        for (long row = first; row < end;)
        {
            ReadOnlySpan<RowScratch> places = scratch.Take(in args.Rows, args.Offsets, row, end);
            for (int i = 0; i < places.Length; i++)
            {
                SoftWeightsOp.LoadSimd(in args.Lambda, row + i, places[i]);
            }

            if (canPrune)
            {
                RunPruned(in args, row, places, scratch.Survivors);
            }
            else
            {
                for (int i = 0; i < places.Length; i++)
                {
                    RunFullRow(in args, row + i, places[i]);
                }
            }

            row += places.Length;
        }
    }

    /// <summary>Aims a place's vectors at its lambda, and makes the sum where log-probabilities are wanted.</summary>
    private static void Aim(RowScratch place, bool sum)
    {
        place.Tilted.AimAt(place.Lambda.Mode, MathF.Abs(place.Lambda.Effective));
        place.Sums.Describe();
        if (sum)
        {
            place.Sums.Exps = place.Exps;
            place.Sums.SumOnly = true;
            place.Sums.MakeExps();
            place.Sums.SumExps();
        }
    }
}
