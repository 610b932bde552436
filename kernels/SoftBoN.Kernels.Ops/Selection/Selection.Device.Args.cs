using ILGPU;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>The arguments of selection as the kernel takes them: no view is absent, flags are words.</summary>
internal struct SelectionKernelArgs
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

    /// <summary>The key of a draw's noise. Distinct draws all use draw 0's.</summary>
    public readonly NoiseKey KeyOf(in KernelRow row, int draw)
    {
        ulong seed = AreSeedsPerRow != 0 && row.Exists ? Seeds[row.Number] : Seed;
        ulong position = ArePositionsPerRow != 0 && row.Exists ? Positions[row.Number] : Position;
        position = IsPositionRow != 0 ? Position + (ulong)row.Number : position;
        return NoiseKey.ForCandidate(seed, position, IsDistinct != 0 ? 0 : draw);
    }
}
