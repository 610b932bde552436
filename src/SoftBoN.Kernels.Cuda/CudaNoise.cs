namespace SoftBoN.Kernels.Cuda;

/// <summary>The noise added to reward / lambda + offset before the largest key is picked.</summary>
public enum CudaNoise
{
    /// <summary>Standard Gumbel noise: soft best-of-n.</summary>
    Gumbel = 0,

    /// <summary>Standard exponential noise: the uniform race.</summary>
    UniformRace = 1,

    /// <summary>No noise: best-of-n.</summary>
    None = 2,
}
