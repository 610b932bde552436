using ILGPU;
using ILGPU.Runtime;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// The arguments of linear reward heads in device memory: the twin of <c>RewardScoringArgs</c>, an empty view where
/// something is absent or not wanted.
/// </summary>
internal struct RewardScoringDeviceArgs : IDeviceArgs
{
    /// <summary>The rows of the batch.</summary>
    public long Rows;
    public int Dimension;
    public DeviceTokens Hidden;
    public ArrayView<int> RowMap;

    /// <summary>One row per head.</summary>
    public DeviceTokens Weights;
    public int Heads;
    public ArrayView<float> Bias;

    /// <summary>Shares of heads for all rows, or a row of them for each row, side by side.</summary>
    public ArrayView<float> Mixture;
    public ArrayView<float> Gating;

    /// <summary>One per row and head.</summary>
    public ArrayView<float> Scores;

    /// <summary>One per row.</summary>
    public ArrayView<float> Reward;
    public ArrayView<byte> Status;

    public readonly bool HasShares => Mixture.Length > 0 || Gating.Length > 0;

    /// <summary>Whether the score of the only head is the reward.</summary>
    public readonly bool IsSingle => Heads == 1 && !HasShares;

    public readonly long WorkspaceBytes(DevicePrograms programs) => programs.WorkspaceBytes(in this);

    public readonly void Queue(DevicePrograms programs, AcceleratorStream stream, ArrayView<byte> workspace) =>
        programs.ScoreRewards(stream, in this, workspace);
}

/// <summary>Which outputs of reward heads are wanted, one bit each.</summary>
internal static class RewardOutputFlag
{
    public const int Scores = 1 << 0;
    public const int Reward = 1 << 1;
    public const int Status = 1 << 2;
}

/// <summary>The arguments of reward heads as their kernels take them: no view is absent, flags are words.</summary>
internal struct RewardKernelArgs
{
    /// <summary>Dot products that a team makes at a time.</summary>
    public const int Products = 4;

    public long Count;
    public int Dimension;
    public int Heads;
    public KernelTokens Hidden;
    public ArrayView<int> RowMap;
    public int HasRowMap;
    public KernelTokens Weights;
    public ArrayView<float> Bias;
    public int HasBias;

    /// <summary>Shares of heads; a row's distance to the next is 0 where all rows have the same.</summary>
    public KernelTokens Shares;
    public int HasShares;

    /// <summary>Whether shares are rows' own, and have to be looked at.</summary>
    public int IsGated;

    /// <summary>All heads' scores of a row, side by side.</summary>
    public KernelTokens Scores;
    public ArrayView<float> Reward;
    public ArrayView<byte> Status;
    public int Wanted;
    public GroupMemory Shared;

    /// <summary>What a float output of a row without a result holds.</summary>
    public float NoResult;

    public readonly bool Wants(int output) => (Wanted & output) != 0;
}
