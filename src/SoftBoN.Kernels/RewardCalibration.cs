using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

/// <summary>
/// What the rewards of a row are mapped to. Excluded rewards, -infinity, stay so and are not counted.
/// </summary>
public readonly ref struct RewardCalibration
{
    private RewardCalibration(RewardCalibrationKind kind) => Kind = kind;

    /// <summary>
    /// (reward - mean) / standard deviation, both of the row's population; 0 where all are equal.
    /// </summary>
    public static RewardCalibration ZScore => new(RewardCalibrationKind.ZScore);

    /// <summary>(reward - smallest) / (largest - smallest), 0 to 1; 0.5 where all are equal.</summary>
    public static RewardCalibration MinMax => new(RewardCalibrationKind.MinMax);

    /// <summary>
    /// The mid-rank in the row, (2 less + equal) / (2 n): how many are smaller, how many are equal, itself included.
    /// Rows of
    /// at most 2^29 candidates.
    /// </summary>
    public static RewardCalibration Quantile => new(RewardCalibrationKind.Quantile);

    internal RewardCalibrationKind Kind { get; }

    internal ReadOnlySpan<float> Table { get; private init; }

    internal float Low { get; private init; }

    internal float High { get; private init; }

    /// <summary>
    /// The level in a table of a reference's quantiles: 0 below the first, 1 above the last, on a line between two, the
    /// middle of equal ones.
    /// </summary>
    /// <param name="quantiles">
    /// 2 to 2^20 finite values, not decreasing, at the levels 0, 1 / (n - 1), ..., 1; read during the call only.
    /// </param>
    /// <returns>The calibration.</returns>
    /// <exception cref="ArgumentException"><paramref name="quantiles"/> is not like that.</exception>
    public static RewardCalibration FromTable(ReadOnlySpan<float> quantiles)
    {
        if (quantiles.Length is < 2 or > RewardCalibrationOp.LongestTable)
        {
            Throw.Argument(
                $"The table has {quantiles.Length} quantiles; pass 2 to {RewardCalibrationOp.LongestTable}.",
                nameof(quantiles));
        }

        RewardScoringCheck.IfNotFinite(quantiles, nameof(quantiles));
        for (int i = 1; i < quantiles.Length; i++)
        {
            if (quantiles[i] < quantiles[i - 1])
            {
                Throw.Argument(
                    $"Quantile {i} is {quantiles[i]} after {quantiles[i - 1]}; sort the table.", nameof(quantiles));
            }
        }

        return new(RewardCalibrationKind.Table) { Table = quantiles };
    }

    /// <summary>The nearest value of a range.</summary>
    /// <param name="low">In units of reward; -infinity for no bound.</param>
    /// <param name="high">At least <paramref name="low"/>; +infinity for no bound.</param>
    /// <returns>The calibration.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A bound is NaN or a range is empty.</exception>
    public static RewardCalibration Clip(float low, float high)
    {
        if (!(low < float.PositiveInfinity))
        {
            Throw.OutOfRange(nameof(low), low, "Must be a number or -infinity.");
        }

        if (!(high >= low) || high == float.NegativeInfinity)
        {
            Throw.OutOfRange(nameof(high), high, $"Must be at least {nameof(low)}, which is {low}, and not -infinity.");
        }

        return new(RewardCalibrationKind.Clip) { Low = low, High = high };
    }
}
