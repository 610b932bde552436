using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Orleans;

/// <summary>A weighted majority: its message, and what a silo does with it.</summary>
internal sealed unsafe class MajorityPart(WeightedMajorityArgs* args) : PartCall
{
    private const int OutputsPerRow = 5;

    public override PartOperation Operation => PartOperation.Majority;

    public override long Rows => args->Rows.Count;

    public override long RowBytes(long row)
    {
        long answers = RowLayouts.LengthOf(in args->Rows, row) * (long)sizeof(int);
        return RowLayouts.BytesOf(in args->Rows, row) + answers + (OutputsPerRow * sizeof(float));
    }

    public override void Write(ref PartWriter writer, long first, long end)
    {
        RowLayouts.Write(ref writer, in args->Rows, first, end);
        writer.Scalar(new Wanted
        {
            Answer = args->Answer != null,
            Index = args->Index != null,
            Share = args->Share != null,
            Lambda = args->LambdaUsed != null,
            Status = args->Status != null,
        });
        writer.Scalar(LambdaForm.Of(in args->Lambda));
        writer.Values(args->Lambda.Values.Values, first, end - first);
        (long start, long candidates) = RowLayouts.Packed(in args->Rows, first, end);
        writer.Values(args->Answers, start, candidates);
    }

    public override void Read(ref PartReader reader, long first, long end)
    {
        long rows = end - first;
        reader.CopyTo(args->Answer, first, rows);
        reader.CopyTo(args->Index, first, rows);
        reader.CopyTo(args->Share, first, rows);
        reader.CopyTo(args->LambdaUsed, first, rows);
        reader.CopyTo(args->Status, first, rows);
    }

    /// <summary>Does what a message asks for, and writes its results, of so many bytes at most.</summary>
    public static byte[] Run(SoftBonEngine engine, byte[] payload, int limit)
    {
        var reader = new PartReader(payload);
        Rows rows = RowLayouts.Read(ref reader, out ReadOnlySpan<float> rewards, out _);
        var wanted = reader.Scalar<Wanted>();
        Lambda lambda = reader.Scalar<LambdaForm>().Read(ref reader);
        ReadOnlySpan<int> answers = reader.Values<int>();
        var measure = default(PartWriter);
        wanted.Outputs(ref measure, rows.Count);
        PartWriter writer = measure.Allocate(limit);
        engine.Majority(rewards, rows, lambda, answers, wanted.Outputs(ref writer, rows.Count));
        return writer.Buffer;
    }

    /// <summary>Which results are wanted.</summary>
    private struct Wanted
    {
        public bool Answer;
        public bool Index;
        public bool Share;
        public bool Lambda;
        public bool Status;

        /// <summary>Places for the results.</summary>
        public readonly MajorityOutputs Outputs(ref PartWriter writer, long rows) => new()
        {
            Answer = writer.Place<int>(Answer, rows),
            Index = writer.Place<int>(Index, rows),
            Share = writer.Place<float>(Share, rows),
            Lambda = writer.Place<float>(Lambda, rows),
            Status = writer.Place<RowStatus>(Status, rows),
        };
    }
}
