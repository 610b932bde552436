using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>The arguments of soft weights: flat, checked, null where an output is not wanted.</summary>
internal unsafe struct SoftWeightsArgs
{
    public RowSource Rows;
    public LambdaArg Lambda;

    /// <summary>Packed, one per candidate.</summary>
    public float* Weights;
    public float* LogWeights;

    /// <summary>One per row.</summary>
    public float* LogMeanExp;
    public float* EffectiveSampleSize;
    public float* Entropy;
    public float* KlToUniform;
    public float* ExpectedReward;
    public float* ChiSquare;
    public float* KlFromTiltBound;
    public float* KlFromModelBound;
    public float* LambdaUsed;
    public RowStatus* Status;

    /// <summary>Whether weights are the only result, besides what every row has.</summary>
    public readonly bool WantsWeightsAlone =>
        Weights != null && LogWeights == null && ExpectedReward == null && !WantsIncluded;

    public readonly bool WantsLogMeanExpAlone => LogMeanExp != null
        && Weights == null && LogWeights == null && !WantsDeviations && !WantsSquares && KlFromModelBound == null;

    public readonly bool WantsDeviations => Entropy != null || KlToUniform != null || ExpectedReward != null;

    /// <summary>Whether the number of included candidates is needed: by all but the weights and their mean reward.</summary>
    public readonly bool WantsIncluded =>
        LogMeanExp != null || Entropy != null || KlToUniform != null || WantsSquares || KlFromModelBound != null;

    public readonly bool WantsSquares => EffectiveSampleSize != null || ChiSquare != null || KlFromTiltBound != null;
}

/// <summary>The canonical sums of one row, and what is needed to read them.</summary>
internal struct SoftWeightsSums
{
    /// <summary>Below this mean of 1 - exp(x), lambda log-mean-exp is the mean reward to full precision.</summary>
    private const float LinearBelow = 8.673617379884035e-19f;

    public TiltMode Mode;
    public bool IsNegative;
    public TiltScale Scale;

    /// <summary>|lambda|.</summary>
    public float Lambda;

    /// <summary>The largest reward, in the direction that lambda prefers.</summary>
    public float Max;

    /// <summary>The smallest included reward, in the direction that lambda prefers.</summary>
    public float Min;

    /// <summary>The number of included candidates.</summary>
    public int Included;

    /// <summary>Sum of exp(x).</summary>
    public float Sum;

    /// <summary>Sum of exp(x)^2.</summary>
    public float Squares;

    /// <summary>Sum of exp(x) d, d being x before the division by lambda; at most 0.</summary>
    public float Deviations;

    /// <summary>Sum of 1 - exp(x), made where the mean of exp(x) is above one half.</summary>
    public float Complements;

    /// <summary>The mean of exp(x) is above one half: its logarithm has to come from <see cref="Complements"/>.</summary>
    public readonly bool NeedsComplements => Mode == TiltMode.Tilted && Sum + Sum > Included;

    /// <summary>lambda log-mean-exp is the mean reward: lambda is so large that it is linear in the rewards.</summary>
    public readonly bool IsLinear => Mode == TiltMode.Flat
        || (NeedsComplements && Division.Div(Complements, Included) < LinearBelow);
}

/// <summary>
/// Soft weights p_i = exp(r_i / lambda) / sum_j exp(r_j / lambda) and their diagnostics. SoftWeights.md has the formulas.
/// What is here is the one expression of each result that every path shares.
/// </summary>
internal static unsafe partial class SoftWeightsOp
{
    /// <summary>A weight from exp(x) and the reciprocal of the sum; never subnormal.</summary>
    public static float Weight(float e, float reciprocal) => Arith.Mul(e, reciprocal);

    /// <summary>A term of the sum of exp(x) d; +0 where the weight is 0, whatever d is.</summary>
    public static float DeviationTerm(float e, float d) => Bits.ZeroBelow(Arith.Mul(e, d), Bits.TinyProduct);

    /// <summary>A term of the sum of exp(x)^2.</summary>
    public static float SquareTerm(float e) => Bits.ZeroBelow(Arith.Mul(e, e), Bits.TinyProduct);

    /// <summary>A term of the sum of 1 - exp(x).</summary>
    public static float ComplementTerm(float x) => Bits.ZeroBelow(-Exponential.Expm1(x), Bits.TinyProduct);

    /// <summary>Shannon entropy of the weights in nats: log(sum) - mean of x, within [0, log n].</summary>
    public static float Entropy(in SoftWeightsSums sums)
    {
        float mean = Division.Div(sums.Deviations, sums.Sum);
        float entropy = Arith.Fma(-mean, sums.Scale.Inverse, Logarithm.Log(sums.Sum));
        float largest = Logarithm.Log(sums.Included);
        return entropy > 0f ? (entropy < largest ? entropy : largest) : 0f;
    }

    /// <summary>KL(weights || uniform) in nats.</summary>
    public static float KlToUniform(in SoftWeightsSums sums)
    {
        float kl = Logarithm.Log(sums.Included) - Entropy(in sums);
        return kl > 0f ? kl : 0f;
    }

    /// <summary>Effective sample size, within [1, n].</summary>
    public static float EffectiveSampleSize(in SoftWeightsSums sums)
    {
        float ess = Division.Div(Arith.Mul(sums.Sum, sums.Sum), sums.Squares);
        float n = sums.Included;
        return ess < 1f ? 1f : ess < n ? ess : n;
    }

    /// <summary>The plug-in chi-square divergence of the optimal tilt from the model: n / ess - 1.</summary>
    public static float ChiSquare(in SoftWeightsSums sums)
    {
        float chiSquare = Division.Div(sums.Included, EffectiveSampleSize(in sums)) - 1f;
        return chiSquare > 0f ? chiSquare : 0f;
    }

    /// <summary>log(1 + chi-square / n), the plug-in of the bound on KL(tilt || soft best-of-n).</summary>
    public static float KlFromTiltBound(in SoftWeightsSums sums)
    {
        float bound = Logarithm.Log1p(Division.Div(ChiSquare(in sums), sums.Included));
        return bound > 0f ? bound : 0f;
    }

    /// <summary>
    /// min(log n - log(1 + (n - 1) exp(-range / lambda)), log n - (n - 1) / n), the bounds on KL(soft best-of-n || model).
    /// </summary>
    public static float KlFromModelBound(in SoftWeightsSums sums)
    {
        float n = sums.Included;
        float logN = Logarithm.Log(n);
        float smallest = Exponential.Exp(X(in sums, sums.Min));
        float byRange = logN - Logarithm.Log(Arith.Fma(n - 1f, smallest, 1f));
        float byCount = logN - Division.Div(n - 1f, n);
        float bound = byRange < byCount ? byRange : byCount;
        return bound > 0f ? bound : 0f;
    }

    /// <summary>Expected reward under the weights.</summary>
    public static float ExpectedReward(in SoftWeightsSums sums) => Undirected(MeanReward(in sums), sums.IsNegative);

    /// <summary>lambda * log(mean of exp(reward / lambda)).</summary>
    public static float LogMeanExp(in SoftWeightsSums sums) => Undirected(DirectedLogMeanExp(in sums), sums.IsNegative);

    /// <summary>x of an included candidate: its reward in nats below the row's best.</summary>
    public static float X(in SoftWeightsSums sums, float directedReward) =>
        Below(in sums, directedReward, sums.Scale.Inverse);

    /// <summary>exp(x) of an included candidate, as a power of two.</summary>
    public static float Exp(in SoftWeightsSums sums, float directedReward) =>
        Exponential.Exp2(Below(in sums, directedReward, sums.Scale.Inverse2));

    /// <summary>(reward - max) * unit; the difference itself may be infinite, this never is.</summary>
    public static float Deviation(in SoftWeightsSums sums, float reward) =>
        Arith.Fma(reward, sums.Scale.Unit, Arith.Mul(-sums.Scale.Unit, sums.Max));

    /// <summary>An included candidate's log-weight: never -infinity, so that it cannot be taken for an excluded one.</summary>
    public static float LogWeight(float x, float logSum) => (x > -float.MaxValue ? x : -float.MaxValue) - logSum;

    /// <summary>lambda as it acted, with its sign.</summary>
    public static float LambdaUsed(in SoftWeightsSums sums) => Undirected(sums.Lambda, sums.IsNegative);

    /// <summary>Writes all per-row outputs.</summary>
    public static void WriteRow(in SoftWeightsArgs args, long row, RowStatus status, in SoftWeightsSums sums)
    {
        Put(args.LogMeanExp, row, args.LogMeanExp != null ? LogMeanExp(in sums) : 0f);
        Put(args.EffectiveSampleSize, row, args.EffectiveSampleSize != null ? EffectiveSampleSize(in sums) : 0f);
        Put(args.Entropy, row, args.Entropy != null ? Entropy(in sums) : 0f);
        Put(args.KlToUniform, row, args.KlToUniform != null ? KlToUniform(in sums) : 0f);
        Put(args.ExpectedReward, row, args.ExpectedReward != null ? ExpectedReward(in sums) : 0f);
        Put(args.ChiSquare, row, args.ChiSquare != null ? ChiSquare(in sums) : 0f);
        Put(args.KlFromTiltBound, row, args.KlFromTiltBound != null ? KlFromTiltBound(in sums) : 0f);
        Put(args.KlFromModelBound, row, args.KlFromModelBound != null ? KlFromModelBound(in sums) : 0f);
        Put(args.LambdaUsed, row, LambdaUsed(in sums));
        PutStatus(args.Status, row, status);
    }

    /// <summary>Writes the outputs of a row without a result.</summary>
    public static void WriteNoResult(in SoftWeightsArgs args, long row, RowView view, RowStatus status)
    {
        float none = Bits.ToFloat(Bits.NoResult);
        Put(args.LogMeanExp, row, none);
        Put(args.EffectiveSampleSize, row, none);
        Put(args.Entropy, row, none);
        Put(args.KlToUniform, row, none);
        Put(args.ExpectedReward, row, none);
        Put(args.ChiSquare, row, none);
        Put(args.KlFromTiltBound, row, none);
        Put(args.KlFromModelBound, row, none);
        Put(args.LambdaUsed, row, none);
        PutStatus(args.Status, row, status);
        Fill(args.Weights, view, none);
        Fill(args.LogWeights, view, none);
    }

    /// <summary>How far a reward is below the row's best, in the unit that the inverse makes of a deviation.</summary>
    private static float Below(in SoftWeightsSums sums, float directedReward, float inverse)
    {
        float reward = Bits.ZeroBelowKeepNaN(directedReward, sums.Scale.ZeroBelow);
        float level = sums.Mode == TiltMode.Flat || reward == sums.Max ? 0f : float.NegativeInfinity;
        return sums.Mode == TiltMode.Tilted ? Arith.Mul(Deviation(in sums, reward), inverse) : level;
    }

    private static float MeanReward(in SoftWeightsSums sums)
    {
        float mean = Division.Div(sums.Deviations, sums.Sum);
        return Bits.ZeroBelowKeepNaN(Arith.Fma(mean, sums.Scale.InverseUnit, sums.Max), Bits.TinyResult);
    }

    private static float DirectedLogMeanExp(in SoftWeightsSums sums)
    {
        if (sums.IsLinear)
        {
            return MeanReward(in sums);
        }

        float logMean = sums.NeedsComplements
            ? Logarithm.Log1p(-Division.Div(sums.Complements, sums.Included))
            : Logarithm.Log(Division.Div(sums.Sum, sums.Included));
        return Bits.ZeroBelowKeepNaN(Arith.Fma(sums.Lambda, logMean, sums.Max), Bits.TinyResult);
    }

    private static float Undirected(float value, bool isNegative) => isNegative ? -value : value;

    private static void Put(float* destination, long row, float value)
    {
        if (destination != null)
        {
            destination[row] = value;
        }
    }

    private static void PutStatus(RowStatus* destination, long row, RowStatus status)
    {
        if (destination != null)
        {
            destination[row] = status;
        }
    }

    private static void Fill(float* destination, RowView view, float value)
    {
        if (destination != null)
        {
            new Span<float>(destination + view.Packed, view.Length).Fill(value);
        }
    }
}
