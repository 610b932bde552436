namespace SoftBoN.Kernels.Cuda;

/// <summary>How a row's tokens are drawn.</summary>
public enum CudaTokenMode : byte
{
    /// <summary>From the exact tilt: p(v) exp(reward_v / lambda) / Z, with p the base law.</summary>
    Tilt = 0,

    /// <summary>
    /// Symbolwise soft best-of-n: n proposals from the base law, then one of them with probability proportional to
    /// exp(reward / lambda).
    /// </summary>
    SoftBestOfN = 1,

    /// <summary>The likeliest token under the tilt, the lowest among equals; needs no seed.</summary>
    Greedy = 2,
}

/// <summary>What has random noise of its own when tokens are drawn. Both give exactly the same law.</summary>
public enum CudaTokenNoise
{
    /// <summary>Segments of 1,024 tokens, and then the tokens of the segment that won: the least work.</summary>
    PerBlock = 0,

    /// <summary>Every token: masking some tokens leaves the noise of the others alone.</summary>
    PerToken = 1,
}
