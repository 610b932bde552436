using ILGPU;

namespace SoftBoN.Kernels.Ops;

/// <summary>The arguments of selection as the kernel takes them: no view is absent, flags are words.</summary>
internal partial struct SelectionKernelArgs
{
    public KernelRows Rows;
    public KernelLambda Lambdas;
    public KernelOffsets Offsets;

    public GroupMemory Shared;

    /// <summary>Two words for each candidate of the batch: places for its elements, to find duplicates.</summary>
    public ArrayView<int> Places;

    public ArrayView<ulong> Seeds;
    public ArrayView<ulong> Positions;
    public ulong Seed;

    /// <summary>The position of all rows, or that of row 0 where a row's position is its number.</summary>
    public ulong Position;
    public int AreSeedsPerRow;
    public int ArePositionsPerRow;
    public int IsPositionRow;
    public int Noise;
    public int Draws;
    public int IsDistinct;
    public ArrayView<uint> Elements;
    public int HasElements;

    public int Wanted;
    public ArrayView<int> Index;
    public ArrayView<float> Reward;
    public ArrayView<float> LogProbability;
    public ArrayView<float> Margin;
    public ArrayView<float> LambdaUsed;
    public ArrayView<byte> Status;

    public readonly bool Wants(int output) => (Wanted & output) != 0;
}

/// <summary>The arguments of selection from rows that several teams share.</summary>
internal partial struct SplitSelectionArgs
{
    /// <summary>The words of a team's best candidate.</summary>
    public const int CandidateWords = 4;

    public SelectionKernelArgs Call;
    public SplitMemory Memory;

    /// <summary>For each row, draw and team its best candidate.</summary>
    public ArrayView<uint> Candidates;
}
