namespace SoftBoN.Kernels;

/// <summary>
/// <see cref="RewardPlanInputs"/> in device memory, for plans that a queue runs; what the plan needs has to be set and nothing
/// else.
/// </summary>
public readonly struct DeviceRewardPlanInputs
{
    /// <summary>[candidates, dimension], or [tokens, dimension] with a row map.</summary>
    public DeviceTokenMatrix Hidden { get; init; }

    /// <inheritdoc cref="DeviceRewardScoringOptions.RowMap"/>
    public DeviceSpan<int> RowMap { get; init; }

    /// <inheritdoc cref="RewardPlanInputs.Gating"/>
    public DeviceSpan<float> Gating { get; init; }

    /// <inheritdoc cref="RewardPlanInputs.Rewards"/>
    public DeviceSpan<float> Rewards { get; init; }

    /// <inheritdoc cref="RewardPlanInputs.TokenRows"/>
    public DeviceRows TokenRows { get; init; }

    /// <inheritdoc cref="RewardPlanInputs.LogProbability"/>
    public DeviceSpan<float> LogProbability { get; init; }

    /// <inheritdoc cref="RewardPlanInputs.ReferenceLogProbability"/>
    public DeviceSpan<float> ReferenceLogProbability { get; init; }

    /// <inheritdoc cref="RewardPlanInputs.Length"/>
    public DeviceSpan<int> Length { get; init; }
}
