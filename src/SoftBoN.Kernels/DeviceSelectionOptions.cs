namespace SoftBoN.Kernels;

/// <summary><see cref="SelectionOptions"/> with per-row and per-candidate values in device memory.</summary>
public readonly struct DeviceSelectionOptions
{
    /// <summary>Options with one draw of Gumbel noise; <see cref="Lambda"/> has to be set.</summary>
    public DeviceSelectionOptions()
    {
    }

    /// <summary>The temperature; has to be set.</summary>
    public DeviceLambda Lambda { get; init; }

    /// <inheritdoc cref="SelectionOptions.Seed"/>
    public DevicePerRow<ulong> Seed { get; init; }

    /// <inheritdoc cref="SelectionOptions.Position"/>
    public DevicePerRow<ulong> Position { get; init; }

    /// <inheritdoc cref="SelectionOptions.Noise"/>
    public SelectionNoise Noise { get; init; }

    /// <inheritdoc cref="SelectionOptions.Offsets"/>
    public DeviceSpan<float> Offsets { get; init; }

    /// <inheritdoc cref="SelectionOptions.Elements"/>
    public DeviceSpan<uint> Elements { get; init; }

    /// <inheritdoc cref="SelectionOptions.Draws"/>
    public int Draws { get; init; } = 1;

    /// <inheritdoc cref="SelectionOptions.Distinct"/>
    public bool Distinct { get; init; }
}
