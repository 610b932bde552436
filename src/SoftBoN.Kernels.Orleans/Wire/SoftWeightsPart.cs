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
        writer.Scalar(new Form
        {
            Lambda = LambdaForm.Of(in args->Lambda),
            WantsWeights = args->Weights != null,
            WantsLogWeights = args->LogWeights != null,
            WantsLogMeanExp = args->LogMeanExp != null,
            WantsEffectiveSampleSize = args->EffectiveSampleSize != null,
            WantsEntropy = args->Entropy != null,
            WantsKlToUniform = args->KlToUniform != null,
            WantsExpectedReward = args->ExpectedReward != null,
            WantsChiSquare = args->ChiSquare != null,
            WantsKlFromTiltBound = args->KlFromTiltBound != null,
            WantsKlFromModelBound = args->KlFromModelBound != null,
            WantsLambda = args->LambdaUsed != null,
            WantsStatus = args->Status != null,
        });
        RowLayouts.Write(ref writer, in args->Rows, first, end);
        writer.Values(args->Lambda.Values.Values, first, end - first);
    }

    public override void Read(ref PartReader reader, long first, long end)
    {
        long rows = end - first;
        (long start, long candidates) = RowLayouts.Packed(in args->Rows, first, end);
        reader.CopyTo(args->Weights, start, candidates);
        reader.CopyTo(args->LogWeights, start, candidates);
        reader.CopyTo(args->LogMeanExp, first, rows);
        reader.CopyTo(args->EffectiveSampleSize, first, rows);
        reader.CopyTo(args->Entropy, first, rows);
        reader.CopyTo(args->KlToUniform, first, rows);
        reader.CopyTo(args->ExpectedReward, first, rows);
        reader.CopyTo(args->ChiSquare, first, rows);
        reader.CopyTo(args->KlFromTiltBound, first, rows);
        reader.CopyTo(args->KlFromModelBound, first, rows);
        reader.CopyTo(args->LambdaUsed, first, rows);
        reader.CopyTo(args->Status, first, rows);
    }

    /// <summary>Does what a message asks for, and writes its results, of so many bytes at most.</summary>
    public static byte[] Run(SoftBonEngine engine, byte[] payload, int limit)
    {
        var reader = new PartReader(payload);
        Form form = reader.Scalar<Form>();
        Rows rows = RowLayouts.Read(ref reader, out ReadOnlySpan<float> rewards, out long candidates);
        Lambda lambda = form.Lambda.Read(ref reader);
        var measure = default(PartWriter);
        Outputs(ref measure, in form, rows.Count, candidates);
        PartWriter writer = measure.Allocate(limit);
        engine.SoftWeights(rewards, rows, lambda, Outputs(ref writer, in form, rows.Count, candidates));
        return writer.Buffer;
    }

    private static SoftWeightsOutputs Outputs(ref PartWriter writer, in Form form, long rows, long candidates) => new()
    {
        Weights = writer.Place<float>(form.WantsWeights, candidates),
        LogWeights = writer.Place<float>(form.WantsLogWeights, candidates),
        LogMeanExp = writer.Place<float>(form.WantsLogMeanExp, rows),
        EffectiveSampleSize = writer.Place<float>(form.WantsEffectiveSampleSize, rows),
        Entropy = writer.Place<float>(form.WantsEntropy, rows),
        KlToUniform = writer.Place<float>(form.WantsKlToUniform, rows),
        ExpectedReward = writer.Place<float>(form.WantsExpectedReward, rows),
        ChiSquare = writer.Place<float>(form.WantsChiSquare, rows),
        KlFromTiltBound = writer.Place<float>(form.WantsKlFromTiltBound, rows),
        KlFromModelBound = writer.Place<float>(form.WantsKlFromModelBound, rows),
        Lambda = writer.Place<float>(form.WantsLambda, rows),
        Status = writer.Place<RowStatus>(form.WantsStatus, rows),
    };

    private struct Form
    {
        public LambdaForm Lambda;
        public bool WantsWeights;
        public bool WantsLogWeights;
        public bool WantsLogMeanExp;
        public bool WantsEffectiveSampleSize;
        public bool WantsEntropy;
        public bool WantsKlToUniform;
        public bool WantsExpectedReward;
        public bool WantsChiSquare;
        public bool WantsKlFromTiltBound;
        public bool WantsKlFromModelBound;
        public bool WantsLambda;
        public bool WantsStatus;
    }
}
