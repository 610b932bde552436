namespace SoftBoN.Kernels.Ops;

/// <content>How long rows may be.</content>
internal static partial class RewardPoolingOp
{
    /// <summary>Rows whose product's exponent certainly is an int.</summary>
    public const int LongestRow = 1 << 24;
}

/// <content>How long rows and tables may be.</content>
internal static partial class RewardCalibrationOp
{
    /// <summary>Rows whose ranks, times two, are ints.</summary>
    public const int LongestRow = 1 << 29;

    /// <summary>The longest table.</summary>
    public const int LongestTable = 1 << 20;
}

/// <content>How many members there may be.</content>
internal static partial class MemberRow
{
    /// <summary>The most members: what the registers of a thread hold (<c>MemberFold</c>).</summary>
    public const int MostMembers = 32;
}
