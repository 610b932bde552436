namespace SoftBoN.Kernels;

/// <summary>
/// What a candidate's reward is reduced by: Beta (log-probability - reference's) + Gamma length. Spans are read during
/// the call only.
/// </summary>
public readonly ref struct RewardPenalty
{
    /// <summary>The price of a nat above the reference, in units of reward; finite, 0 unless set.</summary>
    public float Beta { get; init; }

    /// <summary>
    /// One per candidate: the log-probability under the policy, in nats, finite. Has to be set where Beta is.
    /// </summary>
    public ReadOnlySpan<float> LogProbability { get; init; }

    /// <summary>One per candidate: the log-probability under the reference. Has to be set where Beta is.</summary>
    public ReadOnlySpan<float> ReferenceLogProbability { get; init; }

    /// <summary>The price of a unit of length, in units of reward; finite, 0 unless set.</summary>
    public float Gamma { get; init; }

    /// <summary>One per candidate: its length, at least 0. Has to be set where Gamma is.</summary>
    public ReadOnlySpan<int> Length { get; init; }
}
