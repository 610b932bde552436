using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>The arguments of calibration: flat, checked, null where an output is not wanted.</summary>
internal unsafe struct RewardCalibrationArgs
{
    public RowSource Rows;
    public RewardCalibrationKind Kind;

    /// <summary>Ascending, finite.</summary>
    public float* Table;
    public int TableLength;
    public float Low;
    public float High;

    /// <summary>Packed, one per candidate.</summary>
    public float* Reward;

    /// <summary>One per row.</summary>
    public RowStatus* Status;
}

/// <summary>
/// Rewards of a row on a scale of their own. RewardScoring.md has the formulas. Paths differ only in how they add up.
/// </summary>
internal static unsafe partial class RewardCalibrationOp
{
    private const uint LargestExponent = 254;
    private const int SignificandBits = 23;

    /// <summary>Calibration of rows first to end - 1.</summary>
    public static void RunReference(in RewardCalibrationArgs args, long first, long end, RowScratch scratch) =>
        Run(in args, first, end, scratch, &RewardSums.Scalar);

    /// <inheritdoc cref="RunReference"/>
    public static void RunSimd(in RewardCalibrationArgs args, long first, long end, RowScratch scratch) =>
        Run(in args, first, end, scratch, &RewardSums.Vectors);

    private static void Run(
        in RewardCalibrationArgs args,
        long first,
        long end,
        RowScratch scratch,
        delegate*<float*, int, RowScratch, float> add)
    {
        for (long row = first; row < end; row++)
        {
            RowView view = args.Rows[row];
            var look = RowInspection.Of(view, isNegative: false);
            if (args.Status != null)
            {
                args.Status[row] = look.Status;
            }

            if (args.Reward == null)
            {
                continue;
            }

            float* rewards = args.Reward + view.Packed;
            if (look.Status != RowStatus.Ok)
            {
                new Span<float>(rewards, view.Length).Fill(Bits.ToFloat(Bits.NoResult));
                continue;
            }

            scratch.Reserve(view.Length);
            for (int i = 0; i < view.Length; i++)
            {
                scratch.Row[i] = RewardSums.Value(view[i]);
            }

            look.Max = RewardSums.Value(look.Max);
            look.Min = RewardSums.Value(look.Min);
            Map(in args, scratch.Row, view.Length, in look, rewards, scratch, add);
        }
    }

    private static void Map(
        in RewardCalibrationArgs args,
        float* values,
        int length,
        in RowInspection look,
        float* rewards,
        RowScratch scratch,
        delegate*<float*, int, RowScratch, float> add)
    {
        float* sorted = scratch.X;
        int included = args.Kind == RewardCalibrationKind.Quantile ? Sort(values, length, sorted) : look.Included;
        if (args.Kind == RewardCalibrationKind.ZScore)
        {
            ZScores(values, length, in look, rewards, scratch, add);
            return;
        }

        for (int i = 0; i < length; i++)
        {
            float value = values[i];
            rewards[i] = value == float.NegativeInfinity
                ? value
                : args.Kind switch
                {
                    RewardCalibrationKind.MinMax => MinMax(value, look.Min, look.Max),
                    RewardCalibrationKind.Quantile => MidRank(
                        CountBelow(sorted, included, value, orEqual: false),
                        CountBelow(sorted, included, value, orEqual: true),
                        included),
                    RewardCalibrationKind.Table => LevelInTable(args.Table, args.TableLength, value),
                    _ => Clip(value, args.Low, args.High),
                };
        }
    }

    /// <summary>
    /// Distances to the largest reward, brought near 1 by a power of two: they are exact where rewards are alike, and
    /// neither their squares nor a sum can overflow.
    /// </summary>
    private static void ZScores(
        float* values,
        int length,
        in RowInspection look,
        float* rewards,
        RowScratch scratch,
        delegate*<float*, int, RowScratch, float> add)
    {
        bool isFlat = look.Max == look.Min;
        float scale = isFlat ? 1f : ScaleOf(look.Min, look.Max);
        float* terms = scratch.Exps;
        for (int i = 0; i < length; i++)
        {
            bool counts = values[i] > float.NegativeInfinity && !isFlat;
            rewards[i] = counts ? Distance(values[i], look.Max, scale) : 0f;
            terms[i] = rewards[i];
        }

        float count = look.Included;
        float mean = Division.Div(add(terms, length, scratch), count);
        for (int i = 0; i < length; i++)
        {
            bool counts = values[i] > float.NegativeInfinity;
            terms[i] = counts ? Square(rewards[i] - mean) : 0f;
        }

        float deviationOfAll = Division.Sqrt(Division.Div(add(terms, length, scratch), count));
        for (int i = 0; i < length; i++)
        {
            rewards[i] = values[i] == float.NegativeInfinity ? values[i]
                : isFlat ? 0f
                : Division.Div(rewards[i] - mean, deviationOfAll);
        }
    }

    /// <summary>Half of a - b, which cannot overflow.</summary>
    private static float Half(float a, float b) => Arith.Fma(a, 0.5f, -Arith.Mul(b, 0.5f));

    /// <summary>The power of two that brings half of a row's range to 1 or above, below 4.</summary>
    public static float ScaleOf(float min, float max)
    {
        uint exponent = Bits.Of(Half(max, min)) >> SignificandBits;
        return Bits.ToFloat(Math.Max(LargestExponent - exponent, 1u) << SignificandBits);
    }

    /// <summary>A reward's scaled distance to the largest.</summary>
    public static float Distance(float value, float max, float scale) =>
        Bits.ZeroBelow(Arith.Mul(Half(value, max), scale), Bits.TinyProduct);

    /// <summary>What a deviation adds to the variance.</summary>
    public static float Square(float deviation) =>
        Bits.ZeroBelow(Arith.Mul(deviation, deviation), Bits.TinyProduct);

    public static float MinMax(float value, float min, float max) =>
        max == min ? 0.5f : Division.Div(Half(value, min), Half(max, min));

    public static float Clip(float value, float low, float high) => value < low ? low : value > high ? high : value;

    /// <summary>The mid-rank of a value among so many.</summary>
    /// <param name="less">How many are below it.</param>
    /// <param name="notMore">How many are below it or equal.</param>
    /// <param name="count">All of them.</param>
    public static float MidRank(int less, int notMore, int count) => Division.Div(less + notMore, 2 * count);

    /// <summary>The level of a value that is in a table.</summary>
    public static float LevelOfEqual(int less, int notMore, int length) =>
        Division.Div(less + notMore - 1, 2 * (length - 1));

    /// <summary>The level of a value between two entries of a table, the upper of which is entry number less.</summary>
    public static float LevelBetween(float value, float below, float above, int less, int length)
    {
        float part = Division.Div(Half(value, below), Half(above, below));
        return Division.Div(less - 1 + part, length - 1);
    }

    /// <summary>
    /// The level of a value where the table's entries have the levels 0, 1 / (n - 1), ..., 1: the middle of equal
    /// entries, on the line between two others.
    /// </summary>
    private static float LevelInTable(float* table, int length, float value)
    {
        int less = CountBelow(table, length, value, orEqual: false);
        int notMore = CountBelow(table, length, value, orEqual: true);
        if (less < notMore)
        {
            return LevelOfEqual(less, notMore, length);
        }

        return less == 0 ? 0f
            : less == length ? 1f
            : LevelBetween(
                value, RewardSums.Value(table[less - 1]), RewardSums.Value(table[less]), less, length);
    }

    /// <summary>How many of an ascending list are below a value, or equal to it.</summary>
    private static int CountBelow(float* ascending, int length, float value, bool orEqual)
    {
        int low = 0;
        for (int high = length; low < high;)
        {
            int middle = low + ((high - low) / 2);
            float entry = RewardSums.Value(ascending[middle]);
            bool isBelow = orEqual ? entry <= value : entry < value;
            (low, high) = isBelow ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static int Sort(float* values, int length, float* sorted)
    {
        int count = 0;
        for (int i = 0; i < length; i++)
        {
            if (values[i] > float.NegativeInfinity)
            {
                sorted[count++] = values[i];
            }
        }

        new Span<float>(sorted, count).Sort();
        return count;
    }
}
