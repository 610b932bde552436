using System.Numerics;
using System.Runtime.CompilerServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>Soft weights with <see cref="Vector{T}"/>.</summary>
internal static unsafe partial class SoftWeightsOp
{
    /// <summary>Soft weights of rows first to end - 1.</summary>
    public static void RunSimd(in SoftWeightsArgs args, long first, long end, RowScratch scratch)
    {
        if ((args.WantsWeightsAlone || args.WantsLogMeanExpAlone)
            && PlainRows.Matches(in args.Rows, in args.Lambda, CanonicalSum.SegmentLength, out RowLambda lambda))
        {
            RunPlain(in args, in lambda, first, end, scratch);
        }
        else
        {
            RunAny(in args, first, end, scratch);
        }
    }

    private static void RunAny(in SoftWeightsArgs args, long first, long end, RowScratch scratch)
    {
        for (long row = first; row < end;)
        {
            ReadOnlySpan<RowScratch> places = scratch.Take(in args.Rows, null, row, end);
            for (int i = 0; i < places.Length; i++)
            {
                LoadSimd(in args.Lambda, row + i, places[i]);
            }

            foreach (RowScratch place in places)
            {
                TiltSimd(in args, place);
            }

            foreach (RowScratch place in places)
            {
                SumSimd(in args, place);
            }

            for (int i = 0; i < places.Length; i++)
            {
                WriteSimd(in args, row + i, places[i]);
            }

            row += places.Length;
        }
    }

    /// <summary>Soft weights of the one row of a batch.</summary>
    public static void RunSimdOnce(in SoftWeightsArgs args, RowScratch scratch)
    {
        scratch.View = args.Rows[0];
        LoadSimd(in args.Lambda, 0, scratch);
        TiltSimd(in args, scratch);
        SumSimd(in args, scratch);
        WriteSimd(in args, 0, scratch);
    }

    /// <summary>Brings a place's row into vector form and finds its lambda where that is to be found.</summary>
    /// <param name="lambdas">The batch's lambda.</param>
    /// <param name="row">The row's number.</param>
    /// <param name="place">Has the row's view, and gets the rest.</param>
    public static void LoadSimd(in LambdaArg lambdas, long row, RowScratch place)
    {
        place.Lambda = lambdas[row];
        if (place.View.Length == 0)
        {
            place.Status = RowStatus.Empty;
            return;
        }

        place.Status = place.Lambda.Status;
        if (place.Status != RowStatus.Ok)
        {
            return;
        }

        place.Status = place.Vectors.Load(in place.View, place.Lambda.IsNegative);
        if (place.Status == RowStatus.Ok && place.Lambda.IsBudget)
        {
            place.Vectors.CountIncluded();
            place.Sums.SumOnly = false;
            place.Sums.Exps = place.Exps;
            float found = SolveBudget(place.Sums, lambdas.Kind, place.Lambda.Magnitude, out place.Status);
            place.Lambda = place.Lambda.Found(found);
        }
    }

    private static void TiltSimd(in SoftWeightsArgs args, RowScratch place)
    {
        if (place.Status >= RowStatus.Empty)
        {
            return;
        }

        if (args.WantsIncluded)
        {
            place.Vectors.CountIncluded();
        }

        if (args.KlFromModelBound != null)
        {
            place.Vectors.FindMin();
        }

        place.Tilted.AimAt(place.Lambda.Mode, MathF.Abs(place.Lambda.Effective));
        place.Sums.Exps = ExpsOf(in args, place);
        place.Sums.MakeExps();
    }

    /// <summary>Exponentials are made where the weights go, unless whole folds of them would not fit.</summary>
    private static float* ExpsOf(in SoftWeightsArgs args, RowScratch place) =>
        args.Weights != null && place.Vectors.Padded == place.View.Length
            ? args.Weights + place.View.Packed
            : place.Exps;

    private static void SumSimd(in SoftWeightsArgs args, RowScratch place)
    {
        if (place.Status >= RowStatus.Empty)
        {
            return;
        }

        place.Sums.SumOnly = !args.WantsDeviations && !args.WantsSquares;
        place.Sums.SumExps();
        if (args.LogMeanExp != null)
        {
            place.Sums.CompleteForLogMeanExp();
        }
    }

    private static void WriteSimd(in SoftWeightsArgs args, long row, RowScratch place)
    {
        if (place.Status >= RowStatus.Empty)
        {
            WriteNoResult(in args, row, place.View, place.Status);
            return;
        }

        WriteRow(in args, row, place.Status, in place.Sums.Sums);
        if (args.Weights != null)
        {
            WriteWeights(in args, place, Division.Rcp(place.Sums.Sums.Sum));
        }

        if (args.LogWeights != null)
        {
            place.Sums.WriteLogWeights(args.LogWeights + place.View.Packed);
        }
    }

    [MethodImpl(HotLoop)]
    private static void WriteWeights(in SoftWeightsArgs args, RowScratch place, float reciprocal) =>
        WriteWeights(place.Sums.Exps, args.Weights + place.View.Packed, place.View.Length, reciprocal);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteWeights(float* exps, float* weights, int length, float reciprocal)
    {
        Vector<float> scale = Vector.Create(reciprocal);
        int width = Vector<float>.Count;
        int i = 0;
        for (; i <= length - (4 * width); i += 4 * width)
        {
            (Vector.Load(exps + i) * scale).Store(weights + i);
            (Vector.Load(exps + i + width) * scale).Store(weights + i + width);
            (Vector.Load(exps + i + (2 * width)) * scale).Store(weights + i + (2 * width));
            (Vector.Load(exps + i + (3 * width)) * scale).Store(weights + i + (3 * width));
        }

        for (; i <= length - width; i += width)
        {
            (Vector.Load(exps + i) * scale).Store(weights + i);
        }

        for (; i < length; i++)
        {
            weights[i] = Weight(exps[i], reciprocal);
        }
    }
}
