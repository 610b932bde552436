namespace SoftBoN.Kernels;

/// <summary>
/// <see cref="MajorityOutputs"/> in device memory; an output left empty is not computed. Buffers may be longer than
/// needed.
/// </summary>
public readonly struct DeviceMajorityOutputs
{
    /// <inheritdoc cref="MajorityOutputs.Answer"/>
    public DeviceSpan<int> Answer { get; init; }

    /// <inheritdoc cref="MajorityOutputs.Index"/>
    public DeviceSpan<int> Index { get; init; }

    /// <inheritdoc cref="MajorityOutputs.Share"/>
    public DeviceSpan<float> Share { get; init; }

    /// <inheritdoc cref="MajorityOutputs.Lambda"/>
    public DeviceSpan<float> Lambda { get; init; }

    /// <inheritdoc cref="MajorityOutputs.Status"/>
    public DeviceSpan<RowStatus> Status { get; init; }
}
