using ILGPU;

namespace SoftBoN.Kernels.Ops;

/// <summary>How a row of rewards becomes one, as kernels take it.</summary>
internal partial struct KernelPooling
{
    public int Kind;
    public float VarianceWeight;

    /// <summary>Discounts from <see cref="FirstPower"/> on.</summary>
    public ArrayView<float> Powers;
    public int FirstPower;
    public int PowerCount;
}

/// <summary>The arguments of pooling as its kernel takes them: no view is absent, flags are words.</summary>
internal struct RewardPoolKernelArgs
{
    public KernelRows Rows;
    public GroupMemory Shared;
    public KernelPooling Pooling;

    /// <summary>One per row.</summary>
    public ArrayView<float> Reward;
    public ArrayView<byte> Status;

    /// <summary>Bits of <see cref="RewardOutputFlag"/>.</summary>
    public int Wanted;

    /// <summary>Whether a row that had no rewards before keeps its status.</summary>
    public int KeepsStatus;

    public readonly bool Wants(int output) => (Wanted & output) != 0;
}

/// <summary>What candidates are penalized for, in device memory.</summary>
internal partial struct KernelPenalty
{
    public ArrayView<float> LogProbability;
    public ArrayView<float> ReferenceLogProbability;
    public ArrayView<int> Length;
}

/// <summary>The arguments of the steps of a plan as their kernel takes them: no view is absent, flags are words.</summary>
internal struct RewardStepsKernelArgs
{
    /// <summary>The prompts; their values are the rewards before the first step.</summary>
    public KernelRows Rows;
    public GroupMemory Shared;

    /// <summary>How far apart a candidate's rewards are before the first step.</summary>
    public long MemberStride;

    /// <summary>What the place of a listed row is multiplied by, and how far apart its candidates are.</summary>
    public long SourceScale;
    public long SourceStep;

    /// <summary>Rewards per candidate before the first step.</summary>
    public int Members;

    public ArrayView<uint> Program;
    public int FirstStep;
    public int EndStep;
    public KernelPenalty Penalty;

    /// <summary>Rewards between steps: a plane per member, and one for ranks.</summary>
    public ArrayView<float> Planes;
    public long PlaneStride;
    public int ArePlanesAligned;
    public ArrayView<float> Sorted;

    /// <summary>Whether candidates are where their row starts in the values, not in packed arrays.</summary>
    public int PlaceIsStart;

    /// <summary>Whether rewards are in the planes already.</summary>
    public int IsInPlace;

    /// <summary>Not less than the longest row.</summary>
    public int LongestRow;

    /// <summary>One per candidate.</summary>
    public ArrayView<float> Reward;

    /// <summary>One per candidate, or per row.</summary>
    public ArrayView<byte> Status;

    /// <summary>Bits of <see cref="RewardOutputFlag"/>; no reward where planes are rewards.</summary>
    public int Wanted;
    public int IsStatusOfRow;

    /// <summary>Whether a candidate that had no reward before keeps its status.</summary>
    public int KeepsStatus;

    public readonly bool Wants(int output) => (Wanted & output) != 0;
}

/// <summary>The prices of a penalty, and which of them are paid at all.</summary>
internal struct KernelPrice
{
    public const int ForLogs = 1;
    public const int ForLength = 2;

    public int Paid;
    public float Beta;
    public float Gamma;
}

/// <summary>The arguments of penalties as their kernel takes them.</summary>
internal struct RewardPenaltyKernelArgs
{
    public long Count;
    public ArrayView<float> Rewards;
    public KernelPenalty Penalty;
    public KernelPrice Price;
    public ArrayView<float> Reward;
    public ArrayView<byte> Status;

    /// <summary>Bits of <see cref="RewardOutputFlag"/>.</summary>
    public int Wanted;
    public float NoResult;
}
