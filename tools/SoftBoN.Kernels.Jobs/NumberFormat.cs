namespace SoftBoN.Kernels.Jobs;

/// <summary>How logits and hidden values lie in memory.</summary>
internal enum NumberFormat
{
    Float32,
    BFloat16,
    Half,
}
