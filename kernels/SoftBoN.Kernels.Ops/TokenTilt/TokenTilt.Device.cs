using ILGPU;
using ILGPU.Runtime;

namespace SoftBoN.Kernels.Ops;

/// <summary>Rows of values of tokens in device memory: the twin of <c>TokenSource</c>; both views empty where absent.</summary>
internal struct DeviceTokens
{
    /// <summary>The values where they are float32.</summary>
    public ArrayView<float> Wide;

    /// <summary>The bits of the values where they have 16.</summary>
    public ArrayView<ushort> Narrow;

    public TokenElement Element;

    /// <summary>Elements from a row's start to the next row's.</summary>
    public long RowStride;

    /// <summary>How many rows there are.</summary>
    public int Rows;

    public readonly bool IsGiven => Wide.Length > 0 || Narrow.Length > 0;
}

/// <summary>
/// The arguments of the token tilt in device memory: the twin of <c>TokenTiltArgs</c>, an empty view where something
/// is absent or not wanted.
/// </summary>
internal struct TokenTiltDeviceArgs : IDeviceArgs
{
    /// <summary>The rows of the batch.</summary>
    public long Rows;

    /// <summary>The number of row 0 in the caller's batch.</summary>
    public long FirstRow;
    public int Columns;
    public DeviceTokens Logits;
    public ArrayView<int> RowMap;
    public ArrayView<uint> Mask;
    public long MaskStride;
    public DeviceTokens Rewards;
    public ArrayView<int> RewardMap;
    public ArrayView<long> SparseStarts;
    public ArrayView<int> SparseTokens;
    public ArrayView<float> SparseValues;
    public LambdaKind LambdaKind;
    public DeviceArg<float> Lambda;
    public DeviceArg<float> Temperature;
    public DeviceArg<byte> Mode;
    public DeviceArg<int> TopK;
    public DeviceArg<float> TopP;
    public DeviceArg<float> MinP;
    public DeviceArg<float> TopNSigma;
    public DeviceArg<float> LeastLogit;
    public DeviceArg<ulong> Seed;
    public DeviceArg<ulong> Position;
    public bool PositionIsRow;
    public TokenNoise Noise;
    public int Draws;
    public int Proposals;
    public int Top;

    /// <summary>One per draw.</summary>
    public ArrayView<int> Token;
    public ArrayView<int> Rank;
    public ArrayView<float> LogProbability;
    public ArrayView<float> BaseLogProbability;
    public ArrayView<float> ModelLogProbability;

    /// <summary>Top per row.</summary>
    public ArrayView<int> TopToken;
    public ArrayView<float> TopLogProbability;

    /// <summary>Of every token.</summary>
    public DeviceTokens TiltedLogits;
    public DeviceTokens Probabilities;

    /// <summary>One per row.</summary>
    public ArrayView<float> LeastKept;
    public ArrayView<float> LogSumExp;
    public ArrayView<float> BaseLogSumExp;
    public ArrayView<float> Kl;
    public ArrayView<float> EffectiveSampleSize;
    public ArrayView<byte> Status;

    public readonly bool HasRewards => Rewards.IsGiven || SparseStarts.Length > 0;

    public readonly bool WantsDraws => Token.Length > 0 || Rank.Length > 0 || LogProbability.Length > 0
        || BaseLogProbability.Length > 0 || ModelLogProbability.Length > 0;

    public readonly bool WantsTop => TopToken.Length > 0 || TopLogProbability.Length > 0;

    public readonly bool WantsTokens => TiltedLogits.IsGiven || Probabilities.IsGiven;

    /// <summary>Whether the threshold of a truncation may have to be found.</summary>
    public readonly bool MayTruncate => TopK.Values.Length > 0 || TopK.Scalar > 0
        || TopP.Values.Length > 0 || TopP.Scalar < 1f
        || MinP.Values.Length > 0 || MinP.Scalar > 0f
        || TopNSigma.Values.Length > 0 || TopNSigma.Scalar <= float.MaxValue;

    /// <summary>Whether a row may be drawn from by proposals.</summary>
    public readonly bool MayPropose =>
        Mode.Values.Length > 0 ? Proposals > 0 : Mode.Scalar == (byte)TokenTiltMode.SoftBestOfN;

    /// <summary>Whether a row may be drawn from with noise of every token.</summary>
    public readonly bool MayRace => WantsDraws && Noise == TokenNoise.PerToken
        && (Mode.Values.Length > 0 || Mode.Scalar == (byte)TokenTiltMode.Tilt);

    /// <summary>Whether anything is made of sums: all but tokens drawn greedily or with noise of their own.</summary>
    public readonly bool NeedsSums => LogProbability.Length > 0 || BaseLogProbability.Length > 0
        || LogSumExp.Length > 0 || BaseLogSumExp.Length > 0 || Kl.Length > 0 || EffectiveSampleSize.Length > 0
        || TopLogProbability.Length > 0 || WantsTokens
        || (WantsDraws && (Noise == TokenNoise.PerBlock || MayPropose));

    public readonly long WorkspaceBytes(DevicePrograms programs) => programs.WorkspaceBytes(in this);

    public readonly void Queue(DevicePrograms programs, AcceleratorStream stream, ArrayView<byte> workspace) =>
        programs.TiltTokens(stream, in this, workspace);
}
