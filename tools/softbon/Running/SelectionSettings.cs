namespace SoftBoN.Tool.Running;

/// <summary>What one run of <c>softbon select</c> does to every row.</summary>
internal sealed record SelectionSettings
{
    public LambdaSetting Lambda { get; init; }

    public SelectionNoise Noise { get; init; }

    public int Draws { get; init; } = 1;

    /// <summary>Whether outputs per draw are arrays.</summary>
    public bool Arrays { get; init; }

    public bool Distinct { get; init; }

    public bool Majority { get; init; }

    public bool Weights { get; init; }

    /// <summary>Whether log-probabilities, margins and diagnostics are left out, which take most of the time.</summary>
    public bool PicksOnly { get; init; }
}
