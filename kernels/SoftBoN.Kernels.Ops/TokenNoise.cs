namespace SoftBoN.Kernels;

/// <summary>What has random noise of its own when tokens are drawn. Both give exactly the same law.</summary>
public enum TokenNoise : byte
{
    /// <summary>Segments of 1,024 tokens, and then the tokens of the segment that won: the least work.</summary>
    PerBlock = 0,

    /// <summary>Every token: masking some tokens leaves the noise of the others alone.</summary>
    PerToken = 1,
}
