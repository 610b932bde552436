using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>What rewards are mapped to.</summary>
internal enum RewardCalibrationKind : byte
{
    NotGiven,
    ZScore,
    MinMax,
    Quantile,
    Table,
    Clip,
}

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
internal static unsafe class RewardCalibrationOp
{
    /// <summary>Rows whose ranks, times two, are ints.</summary>
    public const int LongestRow = 1 << 29;

    /// <summary>The longest table.</summary>
    public const int LongestTable = 1 << 20;

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
                    RewardCalibrationKind.Quantile => Quantile(sorted, included, value),
                    RewardCalibrationKind.Table => LevelInTable(args.Table, args.TableLength, value),
                    _ => value < args.Low ? args.Low : value > args.High ? args.High : value,
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
        float scale = isFlat ? 1f : ScaleOf(Half(look.Max, look.Min));
        float* terms = scratch.Exps;
        for (int i = 0; i < length; i++)
        {
            bool counts = values[i] > float.NegativeInfinity && !isFlat;
            rewards[i] = counts
                ? Bits.ZeroBelow(Arith.Mul(Half(values[i], look.Max), scale), Bits.TinyProduct)
                : 0f;
            terms[i] = rewards[i];
        }

        float count = look.Included;
        float mean = Division.Div(add(terms, length, scratch), count);
        for (int i = 0; i < length; i++)
        {
            float deviation = rewards[i] - mean;
            bool counts = values[i] > float.NegativeInfinity;
            terms[i] = counts ? Bits.ZeroBelow(Arith.Mul(deviation, deviation), Bits.TinyProduct) : 0f;
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

    /// <summary>The power of two that brings a positive normal number to 1 or above, below 4.</summary>
    private static float ScaleOf(float range)
    {
        uint exponent = Bits.Of(range) >> SignificandBits;
        return Bits.ToFloat(Math.Max(LargestExponent - exponent, 1u) << SignificandBits);
    }

    private static float MinMax(float value, float min, float max) =>
        max == min ? 0.5f : Division.Div(Half(value, min), Half(max, min));

    /// <summary>The mid-rank of a value among all that are included.</summary>
    private static float Quantile(float* sorted, int count, float value)
    {
        int less = CountBelow(sorted, count, value, orEqual: false);
        int notMore = CountBelow(sorted, count, value, orEqual: true);
        return Division.Div(less + notMore, 2 * count);
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
            return Division.Div(less + notMore - 1, 2 * (length - 1));
        }

        if (less == 0 || less == length)
        {
            return less == 0 ? 0f : 1f;
        }

        float below = RewardSums.Value(table[less - 1]);
        float part = Division.Div(Half(value, below), Half(RewardSums.Value(table[less]), below));
        return Division.Div(less - 1 + part, length - 1);
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
