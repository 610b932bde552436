namespace SoftBoN.Kernels.Ops;

/// <summary>How values of tokens are stored.</summary>
internal enum TokenElement : byte
{
    Float32,
    Half,
    BFloat16,
}
