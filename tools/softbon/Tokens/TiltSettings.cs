namespace SoftBoN.Tool.Tokens;

/// <summary>What is asked of every row of tokens.</summary>
internal sealed record TiltSettings
{
    /// <summary>The rewards' temperature; null without rewards.</summary>
    public float? Lambda { get; init; }

    public float Temperature { get; init; } = 1;

    /// <summary>Null only where nothing is drawn by chance.</summary>
    public ulong? Seed { get; init; }

    /// <summary>The position at which the first row draws; row i at this plus i.</summary>
    public ulong FirstPosition { get; init; }

    /// <summary>0 keeps all tokens.</summary>
    public int TopK { get; init; }

    /// <summary>1 keeps all tokens.</summary>
    public float TopP { get; init; } = 1;

    /// <summary>0 keeps all tokens.</summary>
    public float MinP { get; init; }

    /// <summary>Infinity keeps all tokens.</summary>
    public float TopNSigma { get; init; } = float.PositiveInfinity;

    public TokenTiltMode Mode { get; init; }

    public int Proposals { get; init; }

    public TokenNoise Noise { get; init; }

    public int Draws { get; init; } = 1;

    /// <summary>Whether outputs per draw are arrays.</summary>
    public bool Arrays { get; init; }

    public bool Rank { get; init; }

    /// <summary>How many of the likeliest tokens to name.</summary>
    public int Top { get; init; }
}
