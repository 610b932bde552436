using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>The arguments of pooling: flat, checked, null where an output is not wanted.</summary>
internal unsafe struct RewardPoolingArgs
{
    public RowSource Rows;
    public RewardPoolingKind Kind;

    /// <summary>What the variance is multiplied by.</summary>
    public float VarianceWeight;

    /// <summary>The discounts of the first rewards of a row; 0 from there on.</summary>
    public float* Powers;
    public int PowerCount;

    /// <summary>One per row.</summary>
    public float* Reward;
    public RowStatus* Status;
}

/// <summary>
/// One reward from each row of rewards: of tokens, of steps, of the members of an ensemble. RewardScoring.md has the
/// formulas.
/// Paths differ only in how they add up.
/// </summary>
internal static unsafe partial class RewardPoolingOp
{
    /// <summary>Pooling of rows first to end - 1.</summary>
    public static void RunReference(in RewardPoolingArgs args, long first, long end, RowScratch scratch) =>
        Run(in args, first, end, scratch, &RewardSums.Scalar);

    /// <inheritdoc cref="RunReference"/>
    public static void RunSimd(in RewardPoolingArgs args, long first, long end, RowScratch scratch) =>
        Run(in args, first, end, scratch, &RewardSums.Vectors);

    private static void Run(
        in RewardPoolingArgs args,
        long first,
        long end,
        RowScratch scratch,
        delegate*<float*, int, RowScratch, float> add)
    {
        for (long row = first; row < end; row++)
        {
            RowView view = args.Rows[row];
            var look = RowInspection.Of(view, isNegative: false);
            if (look.Included < view.Length && look.Status is RowStatus.Ok or RowStatus.AllExcluded)
            {
                Write(in args, row, float.NegativeInfinity, RowStatus.Ok);
            }
            else if (look.Status != RowStatus.Ok)
            {
                Write(in args, row, 0f, look.Status);
            }
            else
            {
                scratch.Reserve(view.Length);
                (float reward, RowStatus status) = Pool(in args, view, in look, scratch, add);
                Write(in args, row, reward, status);
            }
        }
    }

    private static (float Reward, RowStatus Status) Pool(
        in RewardPoolingArgs args,
        RowView view,
        in RowInspection look,
        RowScratch scratch,
        delegate*<float*, int, RowScratch, float> add)
    {
        switch (args.Kind)
        {
            case RewardPoolingKind.Last:
                return Finite(RewardSums.Value(view[view.Length - 1]));
            case RewardPoolingKind.Min:
                return Finite(RewardSums.Value(look.Min));
            case RewardPoolingKind.Max:
                return Finite(RewardSums.Value(look.Max));
            case RewardPoolingKind.Product:
                return Finite(ScaledFloat.Product(view, (ScaledFloat*)scratch.Pairs).ToFloat());
            case RewardPoolingKind.LogProduct when look.Min < 0f:
                return (0f, RowStatus.RewardNegative);
            case RewardPoolingKind.LogProduct:
                return (ScaledFloat.Product(view, (ScaledFloat*)scratch.Pairs).Log(), RowStatus.Ok);
            default:
                return Finite(PoolBySums(in args, view, RewardSums.Value(look.Max), scratch, add));
        }
    }

    private static float PoolBySums(
        in RewardPoolingArgs args,
        RowView view,
        float max,
        RowScratch scratch,
        delegate*<float*, int, RowScratch, float> add)
    {
        float* terms = scratch.Row;
        for (int i = 0; i < view.Length; i++)
        {
            float value = RewardSums.Value(view[i]);
            terms[i] = args.Kind == RewardPoolingKind.DiscountedSum ? Discounted(in args, i, value) : value;
        }

        float sum = add(terms, view.Length, scratch);
        if (args.Kind is RewardPoolingKind.Sum or RewardPoolingKind.DiscountedSum)
        {
            return sum;
        }

        float mean = Division.Div(sum, view.Length);
        return args.Kind == RewardPoolingKind.Mean
            ? mean
            : mean - Term(args.VarianceWeight, Variance(terms, view.Length, max, scratch, add));
    }

    private static float Discounted(in RewardPoolingArgs args, int at, float value) =>
        at < args.PowerCount ? Term(args.Powers[at], value) : 0f;

    /// <summary>
    /// The population's variance, from distances to the largest, which are small where all are alike.
    /// </summary>
    private static float Variance(
        float* values, int length, float max, RowScratch scratch, delegate*<float*, int, RowScratch, float> add)
    {
        for (int i = 0; i < length; i++)
        {
            values[i] -= max;
        }

        float mean = Bits.ZeroBelowKeepNaN(Division.Div(add(values, length, scratch), length), Bits.TinyProduct);
        for (int i = 0; i < length; i++)
        {
            float deviation = values[i] - mean;
            values[i] = Term(deviation, deviation);
        }

        return Division.Div(add(values, length, scratch), length);
    }

    /// <summary>A product as a term of a sum; what overflowed stays visible.</summary>
    public static float Term(float a, float b) => Bits.ZeroBelowKeepNaN(Arith.Mul(a, b), Bits.TinyProduct);

    private static (float Reward, RowStatus Status) Finite(float reward) =>
        (reward, float.IsFinite(reward) ? RowStatus.Ok : RowStatus.RewardOutOfRange);

    private static void Write(in RewardPoolingArgs args, long row, float reward, RowStatus status)
    {
        if (args.Reward != null)
        {
            args.Reward[row] = status == RowStatus.Ok ? reward : Bits.ToFloat(Bits.NoResult);
        }

        if (args.Status != null)
        {
            args.Status[row] = status;
        }
    }
}
