using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Orleans;

/// <summary>What a selection is told besides its rewards, and what it returns, on their way.</summary>
internal unsafe struct SelectionForm
{
    private ulong seed;
    private ulong position;
    private LambdaForm lambda;
    private int draws;
    private SelectionNoise noise;
    private bool isDistinct;
    private bool wantsIndex;
    private bool wantsReward;
    private bool wantsLogProbability;
    private bool wantsMargin;
    private bool wantsLambda;
    private bool wantsStatus;

    /// <summary>Writes the options of some rows.</summary>
    public static void Write(ref PartWriter writer, in SelectionArgs args, long first, long end)
    {
        long rows = end - first;
        (long start, long candidates) = RowLayouts.Packed(in args.Rows, first, end);
        writer.Scalar(new SelectionForm
        {
            lambda = LambdaForm.Of(in args.Lambda),
            seed = args.Seed.Scalar,
            position = args.Position.Scalar,
            draws = args.Draws,
            noise = args.Noise,
            isDistinct = args.Distinct,
            wantsIndex = args.Index != null,
            wantsReward = args.Reward != null,
            wantsLogProbability = args.LogProbability != null,
            wantsMargin = args.Margin != null,
            wantsLambda = args.LambdaUsed != null,
            wantsStatus = args.Status != null,
        });
        writer.Values(args.Lambda.Values.Values, first, rows);
        writer.Values(args.Seed.Values, first, rows);
        PartCall.WritePositions(ref writer, args.Position.Values, args.PositionIsRow, first, end);
        writer.Values(args.Offsets, start, candidates);
        writer.Values(args.Elements, start, candidates);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static SelectionOptions Read(ref PartReader reader, out SelectionForm form)
    {
        form = reader.Scalar<SelectionForm>();
        return new SelectionOptions
        {
            Lambda = form.lambda.Read(ref reader),
            Seed = reader.PerRow(form.seed),
            Position = reader.PerRow(form.position),
            Noise = form.noise,
            Offsets = reader.Values<float>(),
            Elements = reader.Values<uint>(),
            Draws = form.draws,
            Distinct = form.isDistinct,
        };
    }

    /// <summary>Places for the results.</summary>
    public readonly SelectionOutputs Outputs(ref PartWriter writer, long rows) => new()
    {
        Index = writer.Place<int>(wantsIndex, rows * draws),
        Reward = writer.Place<float>(wantsReward, rows * draws),
        LogProbability = writer.Place<float>(wantsLogProbability, rows * draws),
        Margin = writer.Place<float>(wantsMargin, rows * draws),
        Lambda = writer.Place<float>(wantsLambda, rows),
        Status = writer.Place<RowStatus>(wantsStatus, rows),
    };

    /// <summary>Copies the results to the caller's memory.</summary>
    public static void CopyResults(ref PartReader reader, in SelectionArgs args, long first, long end)
    {
        long rows = end - first;
        long draws = args.Draws;
        reader.CopyTo(args.Index, first * draws, rows * draws);
        reader.CopyTo(args.Reward, first * draws, rows * draws);
        reader.CopyTo(args.LogProbability, first * draws, rows * draws);
        reader.CopyTo(args.Margin, first * draws, rows * draws);
        reader.CopyTo(args.LambdaUsed, first, rows);
        reader.CopyTo(args.Status, first, rows);
    }
}
