namespace SoftBoN.Kernels.Ops;

/// <summary>The arguments of what operations on shared rows have in common.</summary>
internal struct SplitArgs
{
    public KernelRows Rows;
    public KernelLambda Lambdas;
    public KernelOffsets Offsets;
    public SplitMemory Memory;

    /// <summary>Which sums are wanted besides that of exp(x).</summary>
    public int Wanted;
}
