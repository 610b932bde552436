using ILGPU;

namespace SoftBoN.Kernels.Ops;

/// <summary>The arguments of the search for lambdas.</summary>
internal struct BudgetKernelArgs
{
    public KernelRows Rows;
    public KernelLambda Budgets;
    public KernelOffsets Offsets;
    public GroupMemory Shared;

    /// <summary>One per row: the lambda, and what is to be said of it.</summary>
    public ArrayView<float> Found;
    public ArrayView<byte> Notes;
}
