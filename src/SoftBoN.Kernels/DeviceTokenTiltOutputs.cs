namespace SoftBoN.Kernels;

/// <summary>
/// <see cref="TokenTiltOutputs"/> in device memory; an output left empty is not computed. Buffers may be longer than needed.
/// </summary>
public readonly struct DeviceTokenTiltOutputs
{
    /// <inheritdoc cref="TokenTiltOutputs.Token"/>
    public DeviceSpan<int> Token { get; init; }

    /// <inheritdoc cref="TokenTiltOutputs.Rank"/>
    public DeviceSpan<int> Rank { get; init; }

    /// <inheritdoc cref="TokenTiltOutputs.LogProbability"/>
    public DeviceSpan<float> LogProbability { get; init; }

    /// <inheritdoc cref="TokenTiltOutputs.BaseLogProbability"/>
    public DeviceSpan<float> BaseLogProbability { get; init; }

    /// <inheritdoc cref="TokenTiltOutputs.ModelLogProbability"/>
    public DeviceSpan<float> ModelLogProbability { get; init; }

    /// <inheritdoc cref="TokenTiltOutputs.TopToken"/>
    public DeviceSpan<int> TopToken { get; init; }

    /// <inheritdoc cref="TokenTiltOutputs.TopLogProbability"/>
    public DeviceSpan<float> TopLogProbability { get; init; }

    /// <inheritdoc cref="TokenTiltOutputs.TiltedLogits"/>
    public DeviceTokenMatrix TiltedLogits { get; init; }

    /// <inheritdoc cref="TokenTiltOutputs.Probabilities"/>
    public DeviceTokenMatrix Probabilities { get; init; }

    /// <inheritdoc cref="TokenTiltOutputs.LeastKept"/>
    public DeviceSpan<float> LeastKept { get; init; }

    /// <inheritdoc cref="TokenTiltOutputs.LogSumExp"/>
    public DeviceSpan<float> LogSumExp { get; init; }

    /// <inheritdoc cref="TokenTiltOutputs.BaseLogSumExp"/>
    public DeviceSpan<float> BaseLogSumExp { get; init; }

    /// <inheritdoc cref="TokenTiltOutputs.Kl"/>
    public DeviceSpan<float> Kl { get; init; }

    /// <inheritdoc cref="TokenTiltOutputs.EffectiveSampleSize"/>
    public DeviceSpan<float> EffectiveSampleSize { get; init; }

    /// <inheritdoc cref="TokenTiltOutputs.Status"/>
    public DeviceSpan<RowStatus> Status { get; init; }
}
