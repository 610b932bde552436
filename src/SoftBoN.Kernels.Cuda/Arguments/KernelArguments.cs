namespace SoftBoN.Kernels.Cuda.Arguments;

// The twins of the kernels' own structures, field for field: what is a view of ILGPU's there is a KernelView here. Tests
// compare them by names, types and places, and with the parameters that the PTX reads.

/// <summary>The twin of the kernels' rows.</summary>
internal struct KernelRows
{
    public KernelView Values;
    public KernelView Starts;
    public KernelView Lengths;
    public KernelView PackedStarts;
    public KernelView Order;
    public KernelView BinStarts;
    public long Count;
    public long RowStride;
    public long ColumnStride;
    public int Columns;
    public int Layout;
    public int IsOrdered;
    public int FirstBin;
    public int EndBin;
    public float NoResult;
    public int IsAligned;
}

/// <summary>The twin of the kernels' lambdas.</summary>
internal struct KernelLambda
{
    public KernelView Values;
    public float Scalar;
    public int Kind;
    public int IsPerRow;
    public KernelView Notes;
    public int HasNotes;
}

/// <summary>The twin of the kernels' offsets.</summary>
internal struct KernelOffsets
{
    public KernelView Values;
    public int IsGiven;
    public int IsAligned;
}

/// <summary>The twin of the memory of groups.</summary>
internal struct GroupMemory
{
    public KernelView Partials;
    public KernelView Marks;
    public int PartialStride;
    public int HasMarks;
}

/// <summary>The twin of the arguments of the search for lambdas.</summary>
internal struct BudgetKernelArgs
{
    public KernelRows Rows;
    public KernelLambda Budgets;
    public KernelOffsets Offsets;
    public GroupMemory Shared;
    public KernelView Found;
    public KernelView Notes;
}

/// <summary>The twin of the arguments of soft weights.</summary>
internal struct SoftWeightsKernelArgs
{
    public KernelRows Rows;
    public KernelLambda Lambdas;
    public GroupMemory Shared;
    public int Wanted;
    public int AreWeightsAligned;
    public KernelView Weights;
    public KernelView LogWeights;
    public KernelView LogMeanExp;
    public KernelView EffectiveSampleSize;
    public KernelView Entropy;
    public KernelView KlToUniform;
    public KernelView ExpectedReward;
    public KernelView ChiSquare;
    public KernelView KlFromTiltBound;
    public KernelView KlFromModelBound;
    public KernelView LambdaUsed;
    public KernelView Status;
}

/// <summary>The twin of the arguments of selection.</summary>
internal struct SelectionKernelArgs
{
    public KernelRows Rows;
    public KernelLambda Lambdas;
    public KernelOffsets Offsets;
    public GroupMemory Shared;
    public KernelView Places;
    public KernelView Seeds;
    public KernelView Positions;
    public ulong Seed;
    public ulong Position;
    public int AreSeedsPerRow;
    public int ArePositionsPerRow;
    public int IsPositionRow;
    public int Noise;
    public int Draws;
    public int IsDistinct;
    public KernelView Elements;
    public int HasElements;
    public int Wanted;
    public KernelView Index;
    public KernelView Reward;
    public KernelView LogProbability;
    public KernelView Margin;
    public KernelView LambdaUsed;
    public KernelView Status;
}
