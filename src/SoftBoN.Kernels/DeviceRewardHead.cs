namespace SoftBoN.Kernels;

/// <summary>
/// <see cref="RewardHead"/> in device memory. Nobody looks at its numbers before they are used: rows of a weight that is not
/// finite get <see cref="RowStatus.RewardOutOfRange"/>.
/// </summary>
public readonly struct DeviceRewardHead
{
    /// <summary>[heads, dimension], one head or more, of any format. Weights below 2^-40 (9e-13) count as 0.</summary>
    public DeviceTokenMatrix Weights { get; init; }

    /// <summary>[heads], or more memory; 0 where empty. A bias that is NaN counts as 0.</summary>
    public DeviceSpan<float> Bias { get; init; }
}
