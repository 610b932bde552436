namespace SoftBoN.Kernels;

/// <summary>The caller's memory for soft weights and their diagnostics; an output left empty is not computed.</summary>
/// <remarks>
/// <see cref="Weights"/> and <see cref="LogWeights"/> are packed, one per candidate; all others are one per row. In the
/// formulas, n is the number of included candidates, x_i = (reward_i - largest reward) / lambda and p_i the weights.
/// </remarks>
public readonly ref struct SoftWeightsOutputs
{
    /// <summary>Per candidate: p_i = exp(x_i) / sum_j exp(x_j); exactly 0 for an excluded candidate.</summary>
    public Span<float> Weights { get; init; }

    /// <summary>Per candidate, in nats: log p_i; -infinity for an excluded candidate.</summary>
    public Span<float> LogWeights { get; init; }

    /// <summary>In reward units: lambda * log(mean of exp(reward / lambda)).</summary>
    public Span<float> LogMeanExp { get; init; }

    /// <summary>In candidates, 1 to n: 1 / sum of p_i^2.</summary>
    public Span<float> EffectiveSampleSize { get; init; }

    /// <summary>In nats, 0 to log n: -sum of p_i log p_i.</summary>
    public Span<float> Entropy { get; init; }

    /// <summary>In nats: KL(p || uniform) = log n - entropy.</summary>
    public Span<float> KlToUniform { get; init; }

    /// <summary>In reward units: sum of p_i reward_i.</summary>
    public Span<float> ExpectedReward { get; init; }

    /// <summary>The plug-in chi-square divergence of the optimal tilt from the model: n / ess - 1.</summary>
    public Span<float> ChiSquare { get; init; }

    /// <summary>
    /// In nats: the plug-in of KL(optimal tilt || soft best-of-n) &lt;= log(1 + chi-square / n).
    /// </summary>
    public Span<float> KlFromTiltBound { get; init; }

    /// <summary>
    /// In nats: KL(soft best-of-n || model) &lt;= the smaller of log(n / (1 + (n - 1) exp(-range / lambda))), with the
    /// row's range of rewards, and log n - (n - 1) / n.
    /// </summary>
    public Span<float> KlFromModelBound { get; init; }

    /// <summary>The lambda that was used, given or found.</summary>
    public Span<float> Lambda { get; init; }

    /// <summary>What became of the row.</summary>
    public Span<RowStatus> Status { get; init; }
}
