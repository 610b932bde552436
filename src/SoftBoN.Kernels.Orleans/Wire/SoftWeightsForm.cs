using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Orleans;

/// <summary>Which of the results of soft weights are wanted, and they on their way.</summary>
internal unsafe struct SoftWeightsForm
{
    private bool wantsWeights;
    private bool wantsLogWeights;
    private bool wantsLogMeanExp;
    private bool wantsEffectiveSampleSize;
    private bool wantsEntropy;
    private bool wantsKlToUniform;
    private bool wantsExpectedReward;
    private bool wantsChiSquare;
    private bool wantsKlFromTiltBound;
    private bool wantsKlFromModelBound;
    private bool wantsLambda;
    private bool wantsStatus;

    /// <summary>Writes what is wanted.</summary>
    public static void Write(ref PartWriter writer, in SoftWeightsArgs args) => writer.Scalar(new SoftWeightsForm
    {
        wantsWeights = args.Weights != null,
        wantsLogWeights = args.LogWeights != null,
        wantsLogMeanExp = args.LogMeanExp != null,
        wantsEffectiveSampleSize = args.EffectiveSampleSize != null,
        wantsEntropy = args.Entropy != null,
        wantsKlToUniform = args.KlToUniform != null,
        wantsExpectedReward = args.ExpectedReward != null,
        wantsChiSquare = args.ChiSquare != null,
        wantsKlFromTiltBound = args.KlFromTiltBound != null,
        wantsKlFromModelBound = args.KlFromModelBound != null,
        wantsLambda = args.LambdaUsed != null,
        wantsStatus = args.Status != null,
    });

    /// <summary>Places for the results.</summary>
    public readonly SoftWeightsOutputs Outputs(ref PartWriter writer, long rows, long candidates) => new()
    {
        Weights = writer.Place<float>(wantsWeights, candidates),
        LogWeights = writer.Place<float>(wantsLogWeights, candidates),
        LogMeanExp = writer.Place<float>(wantsLogMeanExp, rows),
        EffectiveSampleSize = writer.Place<float>(wantsEffectiveSampleSize, rows),
        Entropy = writer.Place<float>(wantsEntropy, rows),
        KlToUniform = writer.Place<float>(wantsKlToUniform, rows),
        ExpectedReward = writer.Place<float>(wantsExpectedReward, rows),
        ChiSquare = writer.Place<float>(wantsChiSquare, rows),
        KlFromTiltBound = writer.Place<float>(wantsKlFromTiltBound, rows),
        KlFromModelBound = writer.Place<float>(wantsKlFromModelBound, rows),
        Lambda = writer.Place<float>(wantsLambda, rows),
        Status = writer.Place<RowStatus>(wantsStatus, rows),
    };

    /// <summary>Copies the results to the caller's memory.</summary>
    public static void CopyResults(ref PartReader reader, in SoftWeightsArgs args, long first, long end)
    {
        long rows = end - first;
        (long start, long candidates) = RowLayouts.Packed(in args.Rows, first, end);
        reader.CopyTo(args.Weights, start, candidates);
        reader.CopyTo(args.LogWeights, start, candidates);
        reader.CopyTo(args.LogMeanExp, first, rows);
        reader.CopyTo(args.EffectiveSampleSize, first, rows);
        reader.CopyTo(args.Entropy, first, rows);
        reader.CopyTo(args.KlToUniform, first, rows);
        reader.CopyTo(args.ExpectedReward, first, rows);
        reader.CopyTo(args.ChiSquare, first, rows);
        reader.CopyTo(args.KlFromTiltBound, first, rows);
        reader.CopyTo(args.KlFromModelBound, first, rows);
        reader.CopyTo(args.LambdaUsed, first, rows);
        reader.CopyTo(args.Status, first, rows);
    }
}
