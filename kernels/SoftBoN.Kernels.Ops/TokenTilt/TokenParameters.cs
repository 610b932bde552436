namespace SoftBoN.Kernels.Ops;

/// <summary>What one row asks for; the rules of ranges are here and nowhere else.</summary>
internal struct TokenParameters
{
    /// <summary>Ok, or what is wrong.</summary>
    public RowStatus Status;

    /// <summary>How logits count.</summary>
    public TokenScale Base;

    /// <summary>How rewards count.</summary>
    public TokenScale Tilt;

    public bool HasRewards;

    /// <summary>Whether low rewards are preferred.</summary>
    public bool IsNegative;

    public TokenTiltMode Mode;

    /// <summary>0 where all tokens are kept.</summary>
    public int TopK;

    /// <summary>1 where all tokens are kept.</summary>
    public float TopP;

    /// <summary>0 where all tokens are kept.</summary>
    public float MinP;

    /// <summary>Infinite where all tokens are kept.</summary>
    public float TopNSigma;

    /// <summary>-infinity where all tokens are kept.</summary>
    public float LeastLogit;

    public readonly bool Truncates =>
        FindsLeast || LeastLogit > float.NegativeInfinity;

    /// <summary>Whether a threshold has to be found.</summary>
    public readonly bool FindsLeast => TopK > 0 || TopP < 1f || MinP > 0f || TopNSigma <= float.MaxValue;

    public static TokenParameters Of(in TokenTiltArgs args, long row) => Of(in args, row, args.HasRewards);

    public static TokenParameters Of(in TokenTiltArgs args, long row, bool hasRewards)
    {
        RowLambda lambda = hasRewards ? args.Lambda[row] : default;
        float temperature = args.Temperature[row];
        var parameters = new TokenParameters
        {
            HasRewards = hasRewards,
            IsNegative = lambda.IsNegative,
            Mode = args.Mode[row],
            TopK = args.TopK[row],
            TopP = args.TopP[row],
            MinP = args.MinP[row],
            TopNSigma = args.TopNSigma[row],
            LeastLogit = args.LeastLogit[row],
        };
        parameters.Complete(args.IsFound(row) ? args.Columns : 0, in lambda, temperature);
        return parameters;
    }

    /// <summary>Sets the status and, where it is Ok, the scales; everything else is set.</summary>
    /// <param name="columns">The number of tokens that can be read.</param>
    /// <param name="lambda">The temperature of the rewards, Ok where there are none.</param>
    /// <param name="temperature">That of the logits.</param>
    public void Complete(int columns, in RowLambda lambda, float temperature)
    {
        Status = columns == 0 ? RowStatus.Empty
            : lambda.Status != RowStatus.Ok ? lambda.Status
            : !IsTemperature(temperature) ? RowStatus.TemperatureInvalid
            : !AreTruncationsValid() ? RowStatus.TruncationInvalid
            : Mode > TokenTiltMode.Greedy ? RowStatus.ModeInvalid
            : RowStatus.Ok;
        if (Status == RowStatus.Ok)
        {
            Base = TokenScale.For(temperature);
            Tilt = TokenScale.For(HasRewards ? lambda.Magnitude : 1f);
        }
    }

    /// <remarks>Here and below NaN is asked for by name, as a device wants it.</remarks>
    public static bool IsTemperature(float temperature) => !float.IsNaN(temperature) && temperature >= 0f;

    public static bool IsTopK(int count) => count >= 0;

    public static bool IsTopP(float probability) => !float.IsNaN(probability) && probability > 0f && probability <= 1f;

    public static bool IsMinP(float ratio) => !float.IsNaN(ratio) && ratio >= 0f && ratio <= 1f;

    public static bool IsTopNSigma(float deviations) => !float.IsNaN(deviations) && deviations >= 0f;

    public static bool IsLeastLogit(float logit) => !float.IsNaN(logit);

    private readonly bool AreTruncationsValid() =>
        IsTopK(TopK) && IsTopP(TopP) && IsMinP(MinP) && IsTopNSigma(TopNSigma)
        && IsLeastLogit(LeastLogit);
}
