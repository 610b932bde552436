using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Orleans;

/// <summary>Soft weights: their message, and what a silo does with it.</summary>
internal sealed unsafe class SoftWeightsPart(SoftWeightsArgs* args) : PartCall
{
    private const int OutputsPerRow = 10;

    public override PartOperation Operation => PartOperation.SoftWeights;

    public override long Rows => args->Rows.Count;

    public override long RowBytes(long row)
    {
        long perCandidate = RowLayouts.LengthOf(in args->Rows, row) * (long)sizeof(float);
        long reply = (OutputsPerRow * sizeof(float))
            + (args->Weights == null ? 0 : perCandidate)
            + (args->LogWeights == null ? 0 : perCandidate);
        return Math.Max(reply, RowLayouts.BytesOf(in args->Rows, row) + sizeof(float));
    }

    public override void Write(ref PartWriter writer, long first, long end)
    {
        RowLayouts.Write(ref writer, in args->Rows, first, end);
        SoftWeightsForm.Write(ref writer, in *args);
        writer.Scalar(LambdaForm.Of(in args->Lambda));
        writer.Values(args->Lambda.Values.Values, first, end - first);
    }

    public override void Read(ref PartReader reader, long first, long end) =>
        SoftWeightsForm.CopyResults(ref reader, in *args, first, end);

    /// <summary>Does what a message asks for, and writes its results, of so many bytes at most.</summary>
    public static byte[] Run(SoftBonEngine engine, byte[] payload, int limit)
    {
        var reader = new PartReader(payload);
        Rows rows = RowLayouts.Read(ref reader, out ReadOnlySpan<float> rewards, out long candidates);
        var form = reader.Scalar<SoftWeightsForm>();
        Lambda lambda = reader.Scalar<LambdaForm>().Read(ref reader);
        var measure = default(PartWriter);
        form.Outputs(ref measure, rows.Count, candidates);
        PartWriter writer = measure.Allocate(limit);
        engine.SoftWeights(rewards, rows, lambda, form.Outputs(ref writer, rows.Count, candidates));
        return writer.Buffer;
    }
}
