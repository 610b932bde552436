namespace SoftBoN.Kernels.Ops;

/// <summary>The arguments of a step of the search for lambdas of rows that several teams share.</summary>
internal struct SplitBudgetArgs
{
    /// <summary>The step before the first sums: lambda is 0 to begin with.</summary>
    public const int Begin = -1;

    /// <summary>The number of steps after which every search is over.</summary>
    public const int Steps = 31;

    public BudgetKernelArgs Call;
    public SplitMemory Memory;

    /// <summary>Which step: <see cref="Begin"/>, 0 with the sums at lambda = 0, or the trial that was summed.</summary>
    public int Step;
}
