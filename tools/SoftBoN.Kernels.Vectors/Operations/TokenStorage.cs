namespace SoftBoN.Kernels.Vectors.Operations;

/// <summary>How values of tokens are stored.</summary>
internal enum TokenStorage
{
    Float32,
    Half,
    BFloat16,
}
