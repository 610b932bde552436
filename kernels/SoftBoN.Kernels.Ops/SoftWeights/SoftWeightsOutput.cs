namespace SoftBoN.Kernels.Ops;

/// <summary>The outputs of soft weights as bits; the two lowest are the sums they need, as <see cref="SumTerms"/> has them.</summary>
internal static class SoftWeightsOutput
{
    public const int Weights = 1 << 2;
    public const int LogWeights = 1 << 3;
    public const int LogMeanExp = 1 << 4;
    public const int EffectiveSampleSize = 1 << 5;
    public const int Entropy = 1 << 6;
    public const int KlToUniform = 1 << 7;
    public const int ExpectedReward = 1 << 8;
    public const int ChiSquare = 1 << 9;
    public const int KlFromTiltBound = 1 << 10;
    public const int KlFromModelBound = 1 << 11;
    public const int LambdaUsed = 1 << 12;
    public const int Status = 1 << 13;

    public const int PerCandidate = Weights | LogWeights;

    /// <summary>Outputs that the kernel of weights alone makes.</summary>
    public const int Plain = Weights | LambdaUsed | Status;

    /// <summary>Outputs that need the sum of exp(x) d; log-mean-exp does where it is the mean reward.</summary>
    public const int NeedDeviations = LogMeanExp | Entropy | KlToUniform | ExpectedReward;

    /// <summary>Outputs that need the sum of exp(x)^2.</summary>
    public const int NeedSquares = EffectiveSampleSize | ChiSquare | KlFromTiltBound;
}
