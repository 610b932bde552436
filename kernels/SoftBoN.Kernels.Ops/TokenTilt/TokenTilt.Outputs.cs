using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>What is written of a row, and where.</summary>
internal static unsafe partial class TokenTiltOp
{
    /// <summary>A token's probability under the tilt.</summary>
    /// <param name="x">Its score as a power of two relative to the row's best; -infinity where it is not in play.</param>
    /// <param name="inverseSum">1 / the sum of all powers of two.</param>
    public static float Probability(float x, float inverseSum) =>
        Bits.ZeroBelow(Arith.Mul(Exponential.Exp2(x), inverseSum), Bits.TinyResult);

    /// <summary>The logit of a token in play after the tilt, kept within the finite floats.</summary>
    /// <param name="x">Its score as a power of two relative to the row's best.</param>
    /// <param name="best">The best token's logit after the tilt.</param>
    public static float TiltedLogit(float x, float best) =>
        TokenRowSums.Finite(Arith.Fma(x, TokenScale.Ln2, best));

    private static void WriteRow(
        in TokenTiltArgs args, long row, in TokenParameters parameters, in TokenRowSums sums, float leastKept)
    {
        Put(args.LeastKept, row, leastKept);
        Put(args.LogSumExp, row, args.LogSumExp != null ? sums.LogSumExp(in parameters) : 0f);
        Put(args.BaseLogSumExp, row, args.BaseLogSumExp != null ? sums.BaseLogSumExp(in parameters) : 0f);
        Put(args.Kl, row, args.Kl != null ? sums.Kl(in parameters) : 0f);
        Put(args.EffectiveSampleSize, row, args.EffectiveSampleSize != null ? sums.EffectiveSampleSize() : 0f);
        PutStatus(args.Status, row, RowStatus.Ok);
    }

    private static void WriteNoResult(in TokenTiltArgs args, long row, RowStatus status)
    {
        float none = Bits.ToFloat(Bits.NoResult);
        Put(args.LeastKept, row, none);
        Put(args.LogSumExp, row, none);
        Put(args.BaseLogSumExp, row, none);
        Put(args.Kl, row, none);
        Put(args.EffectiveSampleSize, row, none);
        PutStatus(args.Status, row, status);
        for (int draw = 0; draw < args.Draws; draw++)
        {
            WriteNoDraw(in args, (row * args.Draws) + draw);
        }

        for (int place = 0; place < args.Top; place++)
        {
            PutTop(in args, row, place, -1, none);
        }

        Fill(args.TiltedLogits, row, args.Columns, none);
        Fill(args.Probabilities, row, args.Columns, none);
    }

    /// <summary>One value for all tokens of a row.</summary>
    private static void Fill(in TokenSource destination, long row, int columns, float value)
    {
        if (destination.Values != null)
        {
            TokenStore.Fill(destination[row], 0, columns, value);
        }
    }

    private static void WriteNoDraw(in TokenTiltArgs args, long at)
    {
        float none = Bits.ToFloat(Bits.NoResult);
        Put(args.Token, at, -1);
        Put(args.Rank, at, -1);
        Put(args.LogProbability, at, none);
        Put(args.BaseLogProbability, at, none);
        Put(args.ModelLogProbability, at, none);
    }

    private static void PutTop(in TokenTiltArgs args, long row, int place, int token, float logProbability)
    {
        long at = (row * args.Top) + place;
        Put(args.TopToken, at, token);
        Put(args.TopLogProbability, at, logProbability);
    }

    private static void Put(float* destination, long at, float value)
    {
        if (destination != null)
        {
            destination[at] = value;
        }
    }

    private static void Put(int* destination, long at, int value)
    {
        if (destination != null)
        {
            destination[at] = value;
        }
    }

    private static void PutStatus(RowStatus* destination, long row, RowStatus status)
    {
        if (destination != null)
        {
            destination[row] = status;
        }
    }
}
