namespace SoftBoN.Kernels;

/// <summary>
/// <see cref="RewardScoringOutputs"/> in device memory; an output left empty is not computed. Buffers may be longer than
/// needed.
/// </summary>
public readonly struct DeviceRewardScoringOutputs
{
    /// <inheritdoc cref="RewardScoringOutputs.Scores"/>
    public DeviceSpan<float> Scores { get; init; }

    /// <inheritdoc cref="RewardScoringOutputs.Reward"/>
    public DeviceSpan<float> Reward { get; init; }

    /// <inheritdoc cref="RewardScoringOutputs.Status"/>
    public DeviceSpan<RowStatus> Status { get; init; }
}
