namespace SoftBoN.Kernels.Ops;

/// <summary>How the starts and lengths of rows are given.</summary>
internal enum RowLayout : byte
{
    Strided,
    Ragged,
    Mapped,
}
