namespace SoftBoN.Kernels;

/// <summary>
/// <see cref="SoftWeightsOutputs"/> in device memory; an output left empty is not computed. Buffers may be longer than
/// needed.
/// </summary>
public readonly struct DeviceSoftWeightsOutputs
{
    /// <inheritdoc cref="SoftWeightsOutputs.Weights"/>
    public DeviceSpan<float> Weights { get; init; }

    /// <inheritdoc cref="SoftWeightsOutputs.LogWeights"/>
    public DeviceSpan<float> LogWeights { get; init; }

    /// <inheritdoc cref="SoftWeightsOutputs.LogMeanExp"/>
    public DeviceSpan<float> LogMeanExp { get; init; }

    /// <inheritdoc cref="SoftWeightsOutputs.EffectiveSampleSize"/>
    public DeviceSpan<float> EffectiveSampleSize { get; init; }

    /// <inheritdoc cref="SoftWeightsOutputs.Entropy"/>
    public DeviceSpan<float> Entropy { get; init; }

    /// <inheritdoc cref="SoftWeightsOutputs.KlToUniform"/>
    public DeviceSpan<float> KlToUniform { get; init; }

    /// <inheritdoc cref="SoftWeightsOutputs.ExpectedReward"/>
    public DeviceSpan<float> ExpectedReward { get; init; }

    /// <inheritdoc cref="SoftWeightsOutputs.ChiSquare"/>
    public DeviceSpan<float> ChiSquare { get; init; }

    /// <inheritdoc cref="SoftWeightsOutputs.KlFromTiltBound"/>
    public DeviceSpan<float> KlFromTiltBound { get; init; }

    /// <inheritdoc cref="SoftWeightsOutputs.KlFromModelBound"/>
    public DeviceSpan<float> KlFromModelBound { get; init; }

    /// <inheritdoc cref="SoftWeightsOutputs.Lambda"/>
    public DeviceSpan<float> Lambda { get; init; }

    /// <inheritdoc cref="SoftWeightsOutputs.Status"/>
    public DeviceSpan<RowStatus> Status { get; init; }
}
