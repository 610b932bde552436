namespace SoftBoN.Kernels;

/// <summary>The noise added to reward / lambda + offset before the largest key is picked.</summary>
public enum SelectionNoise : byte
{
    /// <summary>
    /// Standard Gumbel noise: the pick follows softmax(reward / lambda + offset). This is soft best-of-n.
    /// </summary>
    Gumbel = 0,

    /// <summary>
    /// Standard exponential noise (the uniform race): over random candidates its output law is never further from the
    /// optimal tilt than soft best-of-n's, in any f-divergence. For a fixed set of candidates it is not the softmax.
    /// </summary>
    UniformRace = 1,

    /// <summary>No noise: the largest reward / lambda + offset, the lowest element among equals. This is best-of-n.</summary>
    None = 2,
}
