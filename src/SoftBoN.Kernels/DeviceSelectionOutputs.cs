namespace SoftBoN.Kernels;

/// <summary>
/// <see cref="SelectionOutputs"/> in device memory; an output left empty is not computed. Buffers may be longer than
/// needed.
/// </summary>
public readonly struct DeviceSelectionOutputs
{
    /// <inheritdoc cref="SelectionOutputs.Index"/>
    public DeviceSpan<int> Index { get; init; }

    /// <inheritdoc cref="SelectionOutputs.Reward"/>
    public DeviceSpan<float> Reward { get; init; }

    /// <inheritdoc cref="SelectionOutputs.LogProbability"/>
    public DeviceSpan<float> LogProbability { get; init; }

    /// <inheritdoc cref="SelectionOutputs.Margin"/>
    public DeviceSpan<float> Margin { get; init; }

    /// <inheritdoc cref="SelectionOutputs.Lambda"/>
    public DeviceSpan<float> Lambda { get; init; }

    /// <inheritdoc cref="SelectionOutputs.Status"/>
    public DeviceSpan<RowStatus> Status { get; init; }
}
