namespace SoftBoN.Kernels;

/// <summary><see cref="TokenTiltOptions"/> with everything of more than one value in device memory.</summary>
/// <remarks>Per-row values out of range give their row a status.</remarks>
public readonly struct DeviceTokenTiltOptions
{
    /// <summary>Options with one draw from the base law at temperature 1, everything kept.</summary>
    public DeviceTokenTiltOptions()
    {
    }

    /// <inheritdoc cref="TokenTiltOptions.Temperature"/>
    public DevicePerRow<float> Temperature { get; init; }

    /// <inheritdoc cref="TokenTiltOptions.Lambda"/>
    public DeviceLambda Lambda { get; init; }

    /// <inheritdoc cref="TokenTiltOptions.Rewards"/>
    public DeviceTokenMatrix Rewards { get; init; }

    /// <summary>
    /// Which row of <see cref="Rewards"/> each row of the batch reads; its own where absent. A row that names none of them
    /// counts as empty.
    /// </summary>
    public DeviceSpan<int> RewardMap { get; init; }

    /// <inheritdoc cref="TokenTiltOptions.SparseRewards"/>
    public DeviceSparseTokenRewards SparseRewards { get; init; }

    /// <inheritdoc cref="TokenTiltOptions.Mask"/>
    public DeviceTokenMask Mask { get; init; }

    /// <summary>
    /// Which row of logits, mask and sparse rewards each row of the batch reads; the batch has as many rows as this has
    /// elements. A row that names none of them counts as empty.
    /// </summary>
    public DeviceSpan<int> RowMap { get; init; }

    /// <inheritdoc cref="TokenTiltOptions.TopK"/>
    public DevicePerRow<int> TopK { get; init; }

    /// <inheritdoc cref="TokenTiltOptions.TopP"/>
    public DevicePerRow<float> TopP { get; init; }

    /// <inheritdoc cref="TokenTiltOptions.MinP"/>
    public DevicePerRow<float> MinP { get; init; }

    /// <inheritdoc cref="TokenTiltOptions.TopNSigma"/>
    public DevicePerRow<float> TopNSigma { get; init; }

    /// <inheritdoc cref="TokenTiltOptions.LeastLogit"/>
    public DevicePerRow<float> LeastLogit { get; init; }

    /// <inheritdoc cref="TokenTiltOptions.Mode"/>
    public DevicePerRow<TokenTiltMode> Mode { get; init; }

    /// <inheritdoc cref="TokenTiltOptions.Proposals"/>
    public int Proposals { get; init; }

    /// <inheritdoc cref="TokenTiltOptions.Noise"/>
    public TokenNoise Noise { get; init; }

    /// <inheritdoc cref="TokenTiltOptions.Seed"/>
    public DevicePerRow<ulong> Seed { get; init; }

    /// <inheritdoc cref="TokenTiltOptions.Position"/>
    public DevicePerRow<ulong> Position { get; init; }

    /// <inheritdoc cref="TokenTiltOptions.Draws"/>
    public int Draws { get; init; } = 1;

    /// <inheritdoc cref="TokenTiltOptions.Top"/>
    public int Top { get; init; }
}
