namespace SoftBoN.Kernels;

/// <summary><see cref="RewardPlanOutputs"/> in device memory; an output left empty is not computed.</summary>
public readonly struct DeviceRewardPlanOutputs
{
    /// <inheritdoc cref="RewardPlanOutputs.Scores"/>
    public DeviceSpan<float> Scores { get; init; }

    /// <summary>One per candidate; where empty, rewards are in memory of the queue's own.</summary>
    public DeviceSpan<float> Reward { get; init; }

    /// <summary>One per candidate: why it has no reward.</summary>
    public DeviceSpan<RowStatus> Status { get; init; }

    /// <inheritdoc cref="RewardPlanOutputs.Weights"/>
    public DeviceSoftWeightsOutputs Weights { get; init; }

    /// <inheritdoc cref="RewardPlanOutputs.Selection"/>
    public DeviceSelectionOutputs Selection { get; init; }
}
