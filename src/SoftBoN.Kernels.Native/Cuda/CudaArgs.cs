using SoftBoN.Kernels.Cuda;

namespace SoftBoN.Kernels.Native.Cuda;

/// <summary>How to attach (softbon_cuda_options).</summary>
internal unsafe struct CudaArgs
{
    public uint Size;
    public uint Reserved;
    public nint Context;
    public nint Stream;
    public byte* Driver;
}

/// <summary>Arguments of the native interface whose data are device pointers, as calls in the host's context.</summary>
internal static unsafe class CudaCalls
{
    /// <param name="args">What the caller passed.</param>
    /// <param name="isPart">Whether it is a part of a plan, which has no rewards of its own.</param>
    public static CudaSelection SelectionOf(in SelectArgs args, bool isPart = false)
    {
        CudaRows rows = RowsOf(in args.Rows, in args.Rewards, isPart);
        long packed = PackedOf(in args.Rows);
        int draws = args.Draws == 0 ? 1 : args.Draws;
        long drawn = (long)rows.Rows * Math.Max(1, draws);
        return new CudaSelection
        {
            Rewards = (nuint)args.Rewards.Data,
            Rows = rows,
            Lambda = LambdaOf(in args.Lambda, rows.Rows),
            Seed = PerRowOf(in args.Seed, rows.Rows, "seed"),
            Position = PerRowOf(in args.Position, rows.Rows, "position"),
            Noise = (CudaNoise)args.Noise,
            Draws = draws,
            Distinct = args.Distinct != 0,
            Offsets = Of(in args.Offsets, packed, "offsets"),
            Elements = Of(in args.Elements, packed, "elements"),
            Index = Of(in args.Index, drawn, "index"),
            Reward = Of(in args.Reward, drawn, "reward"),
            LogProbability = Of(in args.LogProbability, drawn, "log_probability"),
            Margin = Of(in args.Margin, drawn, "margin"),
            LambdaUsed = Of(in args.LambdaUsed, rows.Rows, "lambda_used"),
            Status = Of(in args.Status, rows.Rows, "status"),
        };
    }

    /// <inheritdoc cref="SelectionOf"/>
    public static CudaSoftWeights WeightsOf(in WeightsArgs args, bool isPart = false)
    {
        CudaRows rows = RowsOf(in args.Rows, in args.Rewards, isPart);
        long packed = PackedOf(in args.Rows);
        return new CudaSoftWeights
        {
            Rewards = (nuint)args.Rewards.Data,
            Rows = rows,
            Lambda = LambdaOf(in args.Lambda, rows.Rows),
            Weights = Of(in args.Weights, packed, "weights"),
            LogWeights = Of(in args.LogWeights, packed, "log_weights"),
            LogMeanExp = Of(in args.LogMeanExp, rows.Rows, "log_mean_exp"),
            EffectiveSampleSize = Of(in args.EffectiveSampleSize, rows.Rows, "effective_sample_size"),
            Entropy = Of(in args.Entropy, rows.Rows, "entropy"),
            KlToUniform = Of(in args.KlToUniform, rows.Rows, "kl_to_uniform"),
            ExpectedReward = Of(in args.ExpectedReward, rows.Rows, "expected_reward"),
            ChiSquare = Of(in args.ChiSquare, rows.Rows, "chi_square"),
            KlFromTiltBound = Of(in args.KlFromTiltBound, rows.Rows, "kl_from_tilt_bound"),
            KlFromModelBound = Of(in args.KlFromModelBound, rows.Rows, "kl_from_model_bound"),
            LambdaUsed = Of(in args.LambdaUsed, rows.Rows, "lambda_used"),
            Status = Of(in args.Status, rows.Rows, "status"),
        };
    }

    public static CudaMajority MajorityOf(in MajorityArgs args)
    {
        CudaRows rows = RowsOf(in args.Rows, in args.Rewards, isPart: false);
        long packed = PackedOf(in args.Rows);
        return new CudaMajority
        {
            Rewards = (nuint)args.Rewards.Data,
            Rows = rows,
            Lambda = LambdaOf(in args.Lambda, rows.Rows),
            Answers = Of(in args.Answers, packed, "answers"),
            Answer = Of(in args.Answer, rows.Rows, "answer"),
            Index = Of(in args.Index, rows.Rows, "index"),
            Share = Of(in args.Share, rows.Rows, "share"),
            LambdaUsed = Of(in args.LambdaUsed, rows.Rows, "lambda_used"),
            Status = Of(in args.Status, rows.Rows, "status"),
        };
    }

    /// <summary>Where rows lie among so many rewards.</summary>
    public static CudaRows RowsOf(in NativeRows rows, long rewards, string name)
    {
        switch (rows.Layout)
        {
            case NativeRows.Dense:
                return CudaRows.Dense(rows.Count, rows.Columns);
            case NativeRows.Strided:
                return new CudaRows(rows.Count, rows.Columns, rows.RowStride, rows.ColumnStride);
            case NativeRows.Ragged:
                nuint offsets = Of(in rows.Starts, rows.Count + 1L, name, ".starts");
                return CudaRows.Ragged(rows.Count, offsets, rows.Columns, rows.RowStride, rewards);
            case NativeRows.Mapped:
                nuint starts = Of(in rows.Starts, 2L * rows.Count, name, ".starts");
                nuint lengths = Of(in rows.Lengths, rows.Count, name, ".lengths");
                nuint packed = starts + (nuint)(rows.Count * (long)sizeof(long));
                return CudaRows.Mapped(rows.Count, starts, lengths, packed, rows.Columns, rows.RowStride, rewards);
            default:
                NativeFault.Argument($"{name}.layout is {rows.Layout}; pass 0 to {NativeRows.Mapped}, a softbon_layout.");
                return default;
        }
    }

    /// <summary>Where rows lie among rewards, which those with strides do not exceed.</summary>
    public static CudaRows RowsOf(in NativeRows rows, in NativeArray<float> rewards, string name)
    {
        CudaRows laidOut = RowsOf(in rows, rewards.Count, name);
        if (!IsListed(in rows) && rows.Count > 0 && rows.Columns > 0)
        {
            Int128 last = ((Int128)(rows.Count - 1) * laidOut.RowStride)
                + ((Int128)(rows.Columns - 1) * laidOut.ColumnStride);
            if (last >= rewards.Count)
            {
                NativeFault.Argument(
                    $"The {name} reach element {last} and rewards.count is {rewards.Count}; pass more memory.");
            }
        }

        return laidOut;
    }

    /// <summary>The length of packed arrays.</summary>
    public static long PackedOf(in NativeRows rows) =>
        IsListed(in rows) ? rows.RowStride : (long)rows.Count * rows.Columns;

    public static CudaMatrix MatrixOf(in NativeMatrix matrix, string name)
    {
        if (!matrix.IsGiven)
        {
            return default;
        }

        matrix.Check(name);
        bool isEmpty = matrix.Rows <= 0 || matrix.Columns <= 0;
        Int128 needed = isEmpty ? 0 : ((Int128)(matrix.Rows - 1) * matrix.RowStride) + matrix.Columns;
        if (needed > matrix.Count)
        {
            NativeFault.Argument(
                $"{name} has {matrix.Rows} rows of {matrix.Columns} values, {matrix.RowStride} apart, which are {needed}, and "
                + $"{name}.count is {matrix.Count}; pass more memory or fewer rows.");
        }

        return new CudaMatrix(
            (nuint)matrix.Data, matrix.Rows, matrix.Columns, matrix.RowStride, (CudaFormat)matrix.Format);
    }

    private static CudaRows RowsOf(in NativeRows rows, in NativeArray<float> rewards, bool isPart)
    {
        if (!isPart)
        {
            rewards.Check("rewards");
        }

        return RowsOf(in rows, in rewards, "rows");
    }

    private static bool IsListed(in NativeRows rows) => rows.Layout is NativeRows.Ragged or NativeRows.Mapped;

    public static CudaLambda LambdaOf(in NativeLambda lambda, long rows)
    {
        var given = new NativeParameter<float> { IsGiven = 1, Value = lambda.Value, PerRow = lambda.PerRow };
        CudaPerRow<float> values = PerRowOf(in given, rows, "lambda");
        switch (lambda.Kind)
        {
            case 0:
                return default;
            case 1:
                return values;
            case 2:
                return CudaLambda.AllowNegative(values);
            case 3:
                return CudaLambda.TargetKl(values);
            case 4:
                return CudaLambda.TargetEss(values);
            default:
                NativeFault.Argument($"lambda.kind is {lambda.Kind}; pass 0 to 4, a softbon_lambda_kind.");
                return default;
        }
    }

    public static CudaPerRow<T> PerRowOf<T>(in NativeParameter<T> parameter, long rows, string name)
        where T : unmanaged
    {
        nuint address = Of(in parameter.PerRow, rows, name, ".per_row");
        return address != 0 ? CudaPerRow.At<T>(address)
            : parameter.IsGiven != 0 ? parameter.Value
            : default(CudaPerRow<T>);
    }

    /// <summary>A device pointer to as many values as are needed, or 0.</summary>
    public static nuint Of<T>(in NativeArray<T> array, long needed, string name, string part = "")
        where T : unmanaged
    {
        array.Check(name, part);
        if (array.Data != null && array.Count < needed)
        {
            NativeFault.Argument($"{name}{part}.count is {array.Count} and {needed} are needed; pass more memory or none.");
        }

        return (nuint)array.Data;
    }
}
