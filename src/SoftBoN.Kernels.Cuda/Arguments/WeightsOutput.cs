namespace SoftBoN.Kernels.Cuda.Arguments;

/// <summary>The outputs of soft weights as bits, as the kernels take them; tests compare the numbers.</summary>
internal static class WeightsOutput
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

    /// <summary>Outputs that the kernel of weights alone makes.</summary>
    public const int Plain = Weights | LambdaUsed | Status;

    /// <summary>Outputs that need the sum of exp(x) d.</summary>
    public const int NeedDeviations = LogMeanExp | Entropy | KlToUniform | ExpectedReward;

    /// <summary>Outputs that need the sum of exp(x)^2.</summary>
    public const int NeedSquares = EffectiveSampleSize | ChiSquare | KlFromTiltBound;

    /// <summary>The sums that are wanted.</summary>
    public const int WantSquares = 1;
    public const int WantDeviations = 2;

    public static int WantedBy(in CudaSoftWeights call)
    {
        int wanted = Flag(call.Weights, Weights)
            | Flag(call.LogWeights, LogWeights)
            | Flag(call.LogMeanExp, LogMeanExp)
            | Flag(call.EffectiveSampleSize, EffectiveSampleSize)
            | Flag(call.Entropy, Entropy)
            | Flag(call.KlToUniform, KlToUniform)
            | Flag(call.ExpectedReward, ExpectedReward)
            | Flag(call.ChiSquare, ChiSquare)
            | Flag(call.KlFromTiltBound, KlFromTiltBound)
            | Flag(call.KlFromModelBound, KlFromModelBound)
            | Flag(call.LambdaUsed, LambdaUsed)
            | Flag(call.Status, Status);
        wanted |= (wanted & NeedSquares) != 0 ? WantSquares : 0;
        return wanted | ((wanted & NeedDeviations) != 0 ? WantDeviations : 0);
    }

    private static int Flag(nuint address, int flag) => address != 0 ? flag : 0;
}
