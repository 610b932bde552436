using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Cuda;

/// <summary>What a step of a plan does to a candidate's rewards.</summary>
public enum CudaStepKind
{
    /// <summary>Brings the rewards of each prompt's candidates to a scale.</summary>
    Calibrate = 0,

    /// <summary>Makes one reward of a candidate's several.</summary>
    Ensemble = 1,

    /// <summary>Takes beta (log-probability - reference's) + gamma length off each reward.</summary>
    Penalize = 2,
}

/// <summary>What rewards are mapped to.</summary>
public enum CudaCalibrationKind
{
    /// <summary>No calibration.</summary>
    NotGiven = 0,

    /// <summary>(reward - mean) / standard deviation.</summary>
    ZScore = 1,

    /// <summary>(reward - smallest) / (largest - smallest).</summary>
    MinMax = 2,

    /// <summary>The mid-rank in the row.</summary>
    Quantile = 3,

    /// <summary>The level in a table of a reference's quantiles.</summary>
    Table = 4,

    /// <summary>The nearest value of a range.</summary>
    Clip = 5,
}

/// <summary>A step between a score and a pick; <see cref="SoftBonCuda.Prepare(int, ReadOnlySpan{CudaRewardStep})"/> takes some.</summary>
/// <remarks>What each does is what the managed library says of the method of <c>RewardPlan</c> of that name.</remarks>
public readonly struct CudaRewardStep : IProgramStep
{
    private readonly int which;
    private readonly float[]? values;

    private CudaRewardStep(CudaStepKind kind, int which, float first, float second = 0f, float[]? values = null) =>
        (Kind, this.which, First, Second, this.values) = (kind, which, first, second, values);

    /// <summary>What it does.</summary>
    public CudaStepKind Kind { get; }

    internal float First { get; }

    internal float Second { get; }

    internal CudaCalibrationKind Calibration =>
        Kind == CudaStepKind.Calibrate ? (CudaCalibrationKind)which : CudaCalibrationKind.NotGiven;

    ProgramStep IProgramStep.Words =>
        new() { Kind = Kind, Which = which, A = First, B = Second, Values = values };

    /// <summary>A scale of the row's own.</summary>
    /// <param name="kind">ZScore, MinMax or Quantile.</param>
    /// <returns>The step.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="kind"/> is another.</exception>
    public static CudaRewardStep Calibrate(CudaCalibrationKind kind)
    {
        if (kind is < CudaCalibrationKind.ZScore or > CudaCalibrationKind.Quantile)
        {
            Throw.OutOfRange(nameof(kind), kind, "Must be ZScore, MinMax or Quantile; Table and Clip have methods of their own.");
        }

        return new(CudaStepKind.Calibrate, (int)kind, 0f);
    }

    /// <summary>The scale of a reference.</summary>
    /// <param name="quantiles">2 to 2^20 finite values, not decreasing; copied.</param>
    /// <returns>The step.</returns>
    /// <exception cref="ArgumentException"><paramref name="quantiles"/> is not like that.</exception>
    public static CudaRewardStep Calibrate(ReadOnlySpan<float> quantiles)
    {
        if (quantiles.Length is < 2 or > RewardCalibrationOp.LongestTable)
        {
            Throw.Argument(
                $"The table has {quantiles.Length} quantiles; pass 2 to {RewardCalibrationOp.LongestTable}.", nameof(quantiles));
        }

        for (int i = 0; i < quantiles.Length; i++)
        {
            if (!float.IsFinite(quantiles[i]) || (i > 0 && quantiles[i] < quantiles[i - 1]))
            {
                Throw.Argument(
                    $"Quantile {i} is {quantiles[i]}; pass finite values, each at least the one before.", nameof(quantiles));
            }
        }

        return new(CudaStepKind.Calibrate, (int)CudaCalibrationKind.Table, 0f, values: quantiles.ToArray());
    }

    /// <summary>The nearest value of a range.</summary>
    /// <param name="low">In units of reward; -infinity for no bound.</param>
    /// <param name="high">At least <paramref name="low"/>; +infinity for no bound.</param>
    /// <returns>The step.</returns>
    /// <exception cref="ArgumentException">A bound is NaN or a range is empty.</exception>
    public static CudaRewardStep Clip(float low, float high)
    {
        if (!(low < float.PositiveInfinity) || !(high >= low) || high == float.NegativeInfinity)
        {
            Throw.Argument($"There is nothing from {low} to {high}; pass numbers, the lower one first.", nameof(high));
        }

        return new(CudaStepKind.Calibrate, (int)CudaCalibrationKind.Clip, low, high);
    }

    /// <summary>Makes one reward of a candidate's several.</summary>
    /// <param name="pooling">How.</param>
    /// <returns>The step.</returns>
    public static CudaRewardStep Ensemble(CudaPooling pooling) =>
        new(CudaStepKind.Ensemble, (int)pooling.Kind, pooling.Parameter);

    /// <summary>Takes beta (log-probability - reference's) + gamma length off each reward.</summary>
    /// <param name="beta">The price of a nat above the reference, in units of reward; finite.</param>
    /// <param name="gamma">The price of a unit of length, in units of reward; finite.</param>
    /// <returns>The step.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A price is not finite.</exception>
    public static CudaRewardStep Penalize(float beta, float gamma = 0f)
    {
        Throw.IfNotFinite(beta, nameof(beta));
        Throw.IfNotFinite(gamma, nameof(gamma));
        return new(CudaStepKind.Penalize, RewardProgram.PaidOf(beta, gamma), beta, gamma);
    }

    /// <summary>The step where candidates have so many rewards.</summary>
    internal CudaRewardStep Of(int members) => Kind == CudaStepKind.Ensemble
        ? new(Kind, which, First, values: RewardDiscounts.Of((CudaPoolingKind)which, First, members))
        : this;
}
