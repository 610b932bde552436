using ILGPU;

namespace SoftBoN.Kernels.Ops;

/// <summary>Which outputs of a token tilt are wanted, one bit each.</summary>
internal static class TokenOutputFlag
{
    public const int Token = 1 << 0;
    public const int Rank = 1 << 1;
    public const int LogProbability = 1 << 2;
    public const int BaseLogProbability = 1 << 3;
    public const int ModelLogProbability = 1 << 4;
    public const int TopToken = 1 << 5;
    public const int TopLogProbability = 1 << 6;
    public const int TiltedLogits = 1 << 7;
    public const int Probabilities = 1 << 8;
    public const int LeastKept = 1 << 9;
    public const int LogSumExp = 1 << 10;
    public const int BaseLogSumExp = 1 << 11;
    public const int Kl = 1 << 12;
    public const int EffectiveSampleSize = 1 << 13;
    public const int Status = 1 << 14;
}

/// <summary>A parameter as kernels take it: one value for all rows, or one per row.</summary>
internal partial struct KernelArg<T>
    where T : unmanaged
{
    public ArrayView<T> Values;
    public T Scalar;
    public int IsPerRow;
}

/// <summary>What is known of a segment: the twin of <c>TokenSegments</c>, all of a segment side by side.</summary>
internal struct TokenSegmentState
{
    public float Logit;
    public float Reward;
    public float Score;
    public float Sum;
    public float BaseSum;
    public float Deviation;
    public float Squares;
    public float ModelLogit;
    public float ModelSum;
    public float Offset;
    public float BaseOffset;

    /// <summary>How many tokens are in play: at most 1024, so exact.</summary>
    public float Count;

    /// <summary>What is wrong, as bits: <c>KernelTokenRow</c> has them.</summary>
    public int Faults;
}

/// <summary>What is known of a row once its segments were merged.</summary>
internal struct TokenRowState
{
    public float MaxLogit;
    public float MaxReward;
    public float MaxScore;
    public float Sum;
    public float BaseSum;
    public float ModelMax;

    /// <summary>The sum of the model's powers of two; NaN where a logit is NaN or +infinity.</summary>
    public float ModelSum;
    public int Status;
}

/// <summary>The arguments of the token tilt as its kernels take them: no view is absent, flags are words.</summary>
internal partial struct TokenKernelArgs
{
    public long Count;
    public long FirstRow;
    public int Columns;
    public int Segments;
    public KernelTokens Logits;
    public KernelTokens Rewards;
    public ArrayView<uint> Mask;
    public long MaskStride;
    public int HasMask;
    public ArrayView<int> RowMap;
    public int HasRowMap;
    public ArrayView<int> RewardMap;
    public int HasRewardMap;
    public ArrayView<long> SparseStarts;
    public ArrayView<int> SparseTokens;
    public ArrayView<float> SparseValues;
    public long SparseCount;
    public int HasSparse;
    public int HasDense;
    public int LambdaKind;
    public KernelArg<float> Lambda;
    public KernelArg<float> Temperature;
    public KernelArg<byte> Mode;
    public KernelArg<int> TopK;
    public KernelArg<float> TopP;
    public KernelArg<float> MinP;
    public KernelArg<float> TopNSigma;
    public KernelArg<float> LeastLogit;
    public KernelArg<ulong> Seed;
    public KernelArg<ulong> Position;
    public int IsPositionRow;
    public int IsPerToken;

    /// <summary>Whether any row may draw by symbolwise soft best-of-n.</summary>
    public int MayPropose;
    public int Draws;
    public int Proposals;
    public int Top;

    /// <summary>The most turns of a draw: proposals are made twice where their rewards have to be compared.</summary>
    public int Turns;

    /// <summary>The draws that this launch is for.</summary>
    public int FirstDraw;
    public int DrawCount;

    /// <summary>What a launch over segments is to make.</summary>
    public int MakesStates;
    public int MakesSums;
    public int MakesRaces;

    /// <summary>Not 0: least kept logits were found, and are in <see cref="Least"/>.</summary>
    public int HasLeast;

    public ArrayView<TokenSegmentState> States;
    public ArrayView<TokenRowState> RowStates;
    public ArrayView<float> Least;

    /// <summary>For each row, draw of the launch and segment: the largest key and its token.</summary>
    public ArrayView<float> RaceKeys;
    public ArrayView<int> RaceTokens;
    public GroupMemory Shared;

    public int Wanted;
    public ArrayView<int> Token;
    public ArrayView<int> Rank;
    public ArrayView<float> LogProbability;
    public ArrayView<float> BaseLogProbability;
    public ArrayView<float> ModelLogProbability;
    public ArrayView<int> TopToken;
    public ArrayView<float> TopLogProbability;
    public KernelTokens TiltedLogits;
    public KernelTokens Probabilities;
    public ArrayView<float> LeastKept;
    public ArrayView<float> LogSumExp;
    public ArrayView<float> BaseLogSumExp;
    public ArrayView<float> Kl;
    public ArrayView<float> EffectiveSampleSize;
    public ArrayView<byte> Status;

    /// <summary>What a float output of a row without a result holds.</summary>
    public float NoResult;

    public readonly bool HasRewards => (HasDense | HasSparse) != 0;

    /// <summary>
    /// Whether a segment is whole, no token is left out of it, and nothing is made of it but its state.
    /// </summary>
    public readonly bool MayBePlain(int segment) =>
        (HasMask | HasSparse | MakesRaces) == 0
        && MakesStates != 0
        && segment < Columns / Numerics.CanonicalSum.SegmentLength;

    /// <summary>Whether the base law's own sums are used: without rewards they are the tilt's.</summary>
    public readonly bool WantsBase => HasRewards && (MayPropose != 0 || Wants(
        TokenOutputFlag.BaseLogProbability | TokenOutputFlag.BaseLogSumExp | TokenOutputFlag.Kl));

    /// <summary>Whether the mean of rewards is used.</summary>
    public readonly bool WantsDeviations => HasRewards && Wants(TokenOutputFlag.Kl);

    /// <summary>Whether any of some outputs is wanted.</summary>
    public readonly bool Wants(int outputs) => (Wanted & outputs) != 0;
}
