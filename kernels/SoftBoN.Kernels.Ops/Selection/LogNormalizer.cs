namespace SoftBoN.Kernels.Ops;

/// <summary>What turns x into a log-probability: the largest x in play, and the sum that x is taken against.</summary>
internal struct LogNormalizer
{
    public float MaxX;
    public float Sum;
}
