using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Orleans;

/// <summary>A selection: its message, and what a silo does with it.</summary>
internal sealed unsafe class SelectionPart(SelectionArgs* args) : PartCall
{
    public override PartOperation Operation => PartOperation.Select;

    public override long Rows => args->Rows.Count;

    public override long RowBytes(long row)
    {
        const int OutputsPerDraw = 4;
        long candidates = RowLayouts.LengthOf(in args->Rows, row);
        long perRow = sizeof(float) + (2 * sizeof(ulong));
        long message = RowLayouts.BytesOf(in args->Rows, row) + perRow
            + (args->Offsets == null ? 0 : candidates * sizeof(float))
            + (args->Elements == null ? 0 : candidates * sizeof(uint));
        return Math.Max(message, perRow + ((long)args->Draws * OutputsPerDraw * sizeof(float)));
    }

    public override void Write(ref PartWriter writer, long first, long end)
    {
        long rows = end - first;
        (long start, long candidates) = RowLayouts.Packed(in args->Rows, first, end);
        writer.Scalar(new Form
        {
            Lambda = LambdaForm.Of(in args->Lambda),
            Seed = args->Seed.Scalar,
            Position = args->Position.Scalar,
            Draws = args->Draws,
            Noise = args->Noise,
            IsDistinct = args->Distinct,
            WantsIndex = args->Index != null,
            WantsReward = args->Reward != null,
            WantsLogProbability = args->LogProbability != null,
            WantsMargin = args->Margin != null,
            WantsLambda = args->LambdaUsed != null,
            WantsStatus = args->Status != null,
        });
        RowLayouts.Write(ref writer, in args->Rows, first, end);
        writer.Values(args->Lambda.Values.Values, first, rows);
        writer.Values(args->Seed.Values, first, rows);
        WritePositions(ref writer, args->Position.Values, args->PositionIsRow, first, end);
        writer.Values(args->Offsets, start, candidates);
        writer.Values(args->Elements, start, candidates);
    }

    public override void Read(ref PartReader reader, long first, long end)
    {
        long rows = end - first;
        long draws = args->Draws;
        reader.CopyTo(args->Index, first * draws, rows * draws);
        reader.CopyTo(args->Reward, first * draws, rows * draws);
        reader.CopyTo(args->LogProbability, first * draws, rows * draws);
        reader.CopyTo(args->Margin, first * draws, rows * draws);
        reader.CopyTo(args->LambdaUsed, first, rows);
        reader.CopyTo(args->Status, first, rows);
    }

    /// <summary>Does what a message asks for, and writes its results, of so many bytes at most.</summary>
    public static byte[] Run(SoftBonEngine engine, byte[] payload, int limit)
    {
        var reader = new PartReader(payload);
        Form form = reader.Scalar<Form>();
        Rows rows = RowLayouts.Read(ref reader, out ReadOnlySpan<float> rewards, out _);
        var options = new SelectionOptions
        {
            Lambda = form.Lambda.Read(ref reader),
            Seed = reader.PerRow(form.Seed),
            Position = reader.PerRow(form.Position),
            Noise = form.Noise,
            Offsets = reader.Values<float>(),
            Elements = reader.Values<uint>(),
            Draws = form.Draws,
            Distinct = form.IsDistinct,
        };
        var measure = default(PartWriter);
        Outputs(ref measure, in form, rows.Count);
        PartWriter writer = measure.Allocate(limit);
        engine.Select(rewards, rows, options, Outputs(ref writer, in form, rows.Count));
        return writer.Buffer;
    }

    private static SelectionOutputs Outputs(ref PartWriter writer, in Form form, long rows) => new()
    {
        Index = writer.Place<int>(form.WantsIndex, rows * form.Draws),
        Reward = writer.Place<float>(form.WantsReward, rows * form.Draws),
        LogProbability = writer.Place<float>(form.WantsLogProbability, rows * form.Draws),
        Margin = writer.Place<float>(form.WantsMargin, rows * form.Draws),
        Lambda = writer.Place<float>(form.WantsLambda, rows),
        Status = writer.Place<RowStatus>(form.WantsStatus, rows),
    };

    private struct Form
    {
        public ulong Seed;
        public ulong Position;
        public LambdaForm Lambda;
        public int Draws;
        public SelectionNoise Noise;
        public bool IsDistinct;
        public bool WantsIndex;
        public bool WantsReward;
        public bool WantsLogProbability;
        public bool WantsMargin;
        public bool WantsLambda;
        public bool WantsStatus;
    }
}
