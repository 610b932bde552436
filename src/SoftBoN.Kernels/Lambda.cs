using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

/// <summary>
/// The temperature lambda of soft best-of-n, in the units of the rewards: given, or found per row from a budget.
/// </summary>
/// <remarks>
/// lambda -> 0 is best-of-n, lambda -> infinity leaves the candidates as the model drew them. Magnitudes below 2^-125 count
/// as 0 and above 2^125 as infinity. A scalar out of range throws; a per-row value out of range gives its row a status.
/// </remarks>
public readonly ref struct Lambda
{
    private Lambda(LambdaKind kind, PerRow<float> values)
    {
        Kind = kind;
        Values = values;
    }

    internal LambdaKind Kind { get; }

    internal PerRow<float> Values { get; }

    /// <summary>Lambda given for all rows, 0 to +infinity.</summary>
    /// <param name="lambda">The temperature.</param>
    public static implicit operator Lambda(float lambda) => new(LambdaKind.Given, lambda);

    /// <summary>Lambda given, 0 to +infinity.</summary>
    /// <param name="lambda">The temperature of all rows, or of each.</param>
    public static implicit operator Lambda(PerRow<float> lambda) => new(LambdaKind.Given, lambda);

    /// <summary>Lambda given per row, 0 to +infinity.</summary>
    /// <param name="lambda">As many temperatures as the batch has rows.</param>
    public static implicit operator Lambda(ReadOnlySpan<float> lambda) => new(LambdaKind.Given, lambda);

    /// <summary>Lambda given per row, 0 to +infinity.</summary>
    /// <param name="lambda">As many temperatures as the batch has rows.</param>
    public static implicit operator Lambda(Span<float> lambda) => new(LambdaKind.Given, lambda);

    /// <summary>Lambda given per row, 0 to +infinity.</summary>
    /// <param name="lambda">As many temperatures as the batch has rows.</param>
    public static implicit operator Lambda(float[] lambda) => new(LambdaKind.Given, lambda);

    /// <summary>
    /// Lambda given, of either sign: a negative lambda prefers low rewards (soft worst-of-n).
    /// </summary>
    /// <param name="lambda">The temperature of all rows, or of each; anything but NaN.</param>
    /// <returns>A lambda that may be negative.</returns>
    public static Lambda AllowNegative(PerRow<float> lambda) => new(LambdaKind.GivenSigned, lambda);

    /// <summary>
    /// The smallest lambda at which the weights' Kullback-Leibler divergence from uniform is within a budget.
    /// </summary>
    /// <param name="nats">The budget in nats, at least 0; 0 means lambda = infinity.</param>
    /// <returns>A lambda that is found per row by bisection.</returns>
    public static Lambda TargetKl(PerRow<float> nats) => new(LambdaKind.TargetKl, nats);

    /// <summary>The smallest lambda at which the weights' effective sample size is at least a target.</summary>
    /// <param name="effectiveSampleSize">The target in candidates, at least 1.</param>
    /// <returns>A lambda that is found per row by bisection.</returns>
    public static Lambda TargetEss(PerRow<float> effectiveSampleSize) => new(LambdaKind.TargetEss, effectiveSampleSize);
}
