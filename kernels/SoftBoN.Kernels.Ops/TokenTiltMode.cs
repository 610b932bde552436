namespace SoftBoN.Kernels;

/// <summary>How a row's tokens are drawn.</summary>
public enum TokenTiltMode : byte
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
