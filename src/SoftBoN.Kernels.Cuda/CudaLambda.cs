namespace SoftBoN.Kernels.Cuda;

/// <summary>The temperature, in the units of the rewards: given, or found per row from a budget. Has to be set.</summary>
/// <remarks>A scalar out of range throws; a per-row value out of range gives its row a status.</remarks>
public readonly record struct CudaLambda
{
    internal const int Given = 1;
    internal const int GivenSigned = 2;
    internal const int KlBudget = 3;
    internal const int EssBudget = 4;

    private CudaLambda(int kind, CudaPerRow<float> values) => (Kind, Values) = (kind, values);

    internal int Kind { get; }

    internal CudaPerRow<float> Values { get; }

    internal bool IsBudget => Kind is KlBudget or EssBudget;

    /// <summary>Lambda given for all rows, 0 to +infinity.</summary>
    /// <param name="lambda">The temperature.</param>
    public static implicit operator CudaLambda(float lambda) => new(Given, lambda);

    /// <summary>Lambda given, 0 to +infinity.</summary>
    /// <param name="lambda">The temperature of all rows, or of each.</param>
    public static implicit operator CudaLambda(CudaPerRow<float> lambda) => new(Given, lambda);

    /// <summary>Lambda given, of either sign: a negative one prefers low rewards.</summary>
    /// <param name="lambda">The temperature of all rows, or of each; anything but NaN.</param>
    /// <returns>The lambda.</returns>
    public static CudaLambda AllowNegative(CudaPerRow<float> lambda) => new(GivenSigned, lambda);

    /// <summary>The smallest lambda at which KL(weights || uniform) is within a budget.</summary>
    /// <param name="nats">The budget, at least 0.</param>
    /// <returns>The lambda.</returns>
    public static CudaLambda TargetKl(CudaPerRow<float> nats) => new(KlBudget, nats);

    /// <summary>The smallest lambda at which the effective sample size is at least a target.</summary>
    /// <param name="candidates">The target, at least 1.</param>
    /// <returns>The lambda.</returns>
    public static CudaLambda TargetEss(CudaPerRow<float> candidates) => new(EssBudget, candidates);

    internal void Check()
    {
        if (Kind == 0 || !Values.IsGiven)
        {
            Throw.Argument("Lambda is not set; pass a temperature such as 0.5f.", "Lambda");
        }

        float value = Values.Scalar;
        bool isValid = Values.Address != 0 || Kind switch
        {
            GivenSigned => !float.IsNaN(value),
            EssBudget => value >= 1f,
            _ => value >= 0f,
        };
        if (!isValid)
        {
            string limit = Kind switch
            {
                GivenSigned => "Must be a number.",
                KlBudget => "Must be at least 0 nats.",
                EssBudget => "Must be at least 1 candidate.",
                _ => "Must be 0 to +infinity; for a negative temperature pass CudaLambda.AllowNegative(value).",
            };
            Throw.OutOfRange("Lambda", value, limit);
        }
    }
}
