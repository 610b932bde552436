namespace SoftBoN.Kernels;

/// <summary><see cref="RewardPlanInputs"/> in device memory, for plans that a queue runs.</summary>
public readonly struct DeviceRewardPlanInputs
{
    /// <summary>[candidates, dimension], or [tokens, dimension] with a row map.</summary>
    public DeviceTokenMatrix Hidden { get; init; }

    /// <inheritdoc cref="DeviceRewardScoringOptions.RowMap"/>
    public DeviceSpan<int> RowMap { get; init; }

    /// <inheritdoc cref="RewardPlanInputs.Gating"/>
    public DeviceSpan<float> Gating { get; init; }
}
