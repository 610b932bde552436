namespace SoftBoN.Kernels;

/// <summary><see cref="RewardScoringOptions"/> in device memory; spans may be longer than needed, but for the row map.</summary>
public readonly struct DeviceRewardScoringOptions
{
    /// <summary>
    /// Which row of the hidden values each row of the batch reads; the batch has as many rows as this has elements. A row that
    /// names none of them counts as empty (<see cref="RowStatus.Empty"/>). Where empty, row i reads row i.
    /// </summary>
    public DeviceSpan<int> RowMap { get; init; }

    /// <summary>[heads]: the reward is the sum of share times score. One that is not finite gives no reward.</summary>
    public DeviceSpan<float> Mixture { get; init; }

    /// <inheritdoc cref="RewardScoringOptions.Gating"/>
    public DeviceSpan<float> Gating { get; init; }
}
